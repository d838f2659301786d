import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";

import fc from "fast-check";

import { AwsChunkedDecoder, type AwsChunkedOptions } from "./aws-chunked.ts";
import { type RequestSignature } from "./read-signature.ts";
import { readSignature } from "./read-signature.ts";
import { authorization, exampleKeys, printedRequest } from "./requests.fixture.ts";
import { verifySignature } from "./verify-signature.ts";

// S3 API Reference, "Signature Calculations for the Authorization Header: Transferring Payload in Multiple Chunks",
// without and with a trailer.
const examples = {
  plain: {
    payloadHash: "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
    headers: { "content-length": "66824" },
    signed:
      "content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class",
    seed: "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
    chunks: [
      "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
      "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
      "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
    ],
    trailer: "",
  },
  trailer: {
    payloadHash: "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
    headers: { "x-amz-trailer": "x-amz-checksum-crc32c" },
    signed:
      "content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer",
    seed: "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e",
    chunks: [
      "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
      "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
      "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992",
    ],
    trailer:
      "x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n",
  },
} as const;

type Example = (typeof examples)[keyof typeof examples];

function signatureOf({ headers, payloadHash, signed, seed }: Example): RequestSignature {
  const request = printedRequest("PUT", "/examplebucket/chunkObject.txt", {
    host: "s3.amazonaws.com",
    "content-encoding": "aws-chunked",
    "x-amz-content-sha256": payloadHash,
    "x-amz-date": "20130524T000000Z",
    "x-amz-decoded-content-length": "66560",
    "x-amz-storage-class": "REDUCED_REDUNDANCY",
    ...headers,
    authorization: authorization(`${exampleKeys.accessKeyId}/20130524/us-east-1/s3/aws4_request`, signed, seed),
  });
  const signature = readSignature(request, []);
  assert.ok(signature.kind === "header");
  const options = { secret: exampleKeys.secretAccessKey, payloadHash, now: signature.signedAt };
  assert.equal(verifySignature(request, signature, options).kind, "valid");
  return signature;
}

function bodyOf({ chunks, trailer }: Example): string {
  const [first, second, last] = chunks;
  return `10000;chunk-signature=${first}\r\n${"a".repeat(65_536)}\r\n400;chunk-signature=${second}\r\n${"a".repeat(1024)}\r\n0;chunk-signature=${last}\r\n${trailer}\r\n`;
}

function optionsOf(example: Example): AwsChunkedOptions {
  return {
    decodedBytes: 66_560,
    signing: { secret: exampleKeys.secretAccessKey, signature: signatureOf(example) },
    trailerNames: example === examples.trailer ? ["x-amz-checksum-crc32c"] : [],
  };
}

async function decode(
  text: string,
  options: AwsChunkedOptions,
  pieces = [1 << 20],
): Promise<[string, Record<string, string>]> {
  const bytes = Buffer.from(text, "latin1");
  const parts: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = pieces[turn % pieces.length] ?? 1;
    parts.push(bytes.subarray(at, at + size));
    at += size;
  }
  const decoder = Readable.from(parts).pipe(new AwsChunkedDecoder(options));
  return [(await buffer(decoder)).toString("latin1"), Object.fromEntries(decoder.trailers)];
}

for (const [name, example] of Object.entries(examples)) {
  test(`the published chunks (${name}) are verified and taken apart`, async () => {
    const [text, trailers] = await decode(bodyOf(example), optionsOf(example));
    assert.equal(text, "a".repeat(66_560));
    assert.deepEqual(trailers, name === "trailer" ? { "x-amz-checksum-crc32c": "sOO8/Q==" } : {});
  });

  for (const [what, changed] of [
    ["a changed byte", (body: string) => body.replace("aaa\r\n", "aab\r\n")],
    [
      "a changed signature",
      (body: string) =>
        body.replace("chunk-signature=0", "chunk-signature=1").replace("chunk-signature=1c", "chunk-signature=2c"),
    ],
    ["a chunk without a signature", (body: string) => body.replace(/^10000;chunk-signature=\w+/, "10000")],
    ["a missing chunk", (body: string) => body.replace(/400;chunk-signature=\w+\r\na+\r\n/, "")],
    ["a body that ends early", (body: string) => body.slice(0, -200)],
  ] as const)
    test(`${what} (${name}) ends the stream with an error`, async () => {
      assert.notEqual(changed(bodyOf(example)), bodyOf(example));
      await assert.rejects(decode(changed(bodyOf(example)), optionsOf(example)), (error) => {
        const { code } = error as { code?: string };
        return code === "SignatureDoesNotMatch" || code === "IncompleteBody";
      });
    });
}

test("a changed trailer, or one without its signature, is refused", async () => {
  const example = examples.trailer;
  const other = bodyOf(example).replace("sOO8/Q==", "sOO8/Q=1");
  await assert.rejects(decode(other, optionsOf(example)), { code: "SignatureDoesNotMatch" });
  const unsigned = bodyOf(example).replace(/x-amz-trailer-signature:\w+\r\n/, "");
  await assert.rejects(decode(unsigned, optionsOf(example)), { code: "MalformedTrailerError" });
});

const unsigned: AwsChunkedOptions = { decodedBytes: 5, signing: undefined, trailerNames: ["x-amz-checksum-crc32"] };
const whole = "3\r\nhel\r\n2\r\nlo\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n";

test("unsigned chunks are taken apart wherever the socket cuts them", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }), async (pieces) => {
      assert.deepEqual(await decode(whole, unsigned, pieces), ["hello", { "x-amz-checksum-crc32": "NhCmhg==" }]);
    }),
    { numRuns: 100, seed: 1 },
  );
});

for (const [what, text, code] of [
  ["more bytes than announced", whole.replace("2\r\nlo", "3\r\nlo!"), "IncompleteBody"],
  ["fewer bytes than announced", whole.replace("2\r\nlo\r\n", ""), "IncompleteBody"],
  ["a size that is no number", whole.replace("3\r\n", "three\r\n"), "InvalidRequest"],
  ["a size beyond all objects", whole.replace("3\r\n", "ffffffffff\r\n"), "IncompleteBody"],
  ["data that goes on after its chunk", whole.replace("hel", "help"), "IncompleteBody"],
  [
    "a trailer that was not announced",
    whole.replace("x-amz-checksum-crc32:", "x-amz-checksum-sha1:"),
    "MalformedTrailerError",
  ],
  ["an announced trailer that does not come", whole.replace(/x-amz.*\r\n\r\n/, "\r\n"), "MalformedTrailerError"],
  ["a line without an end", "3".repeat(9000), "InvalidRequest"],
  ["bytes after the end", `${whole}more`, "InvalidRequest"],
] as const)
  test(`${what} ends the stream with an error`, async () => {
    assert.notEqual(text, whole);
    await assert.rejects(decode(text, unsigned), { code });
  });
