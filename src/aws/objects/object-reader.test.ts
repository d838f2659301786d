import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { type Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { test, type TestContext } from "node:test";
import { gzipSync } from "node:zlib";

import { type Clock } from "../../base/clock.ts";
import { AwsCallError } from "../clients/client-error.ts";
import { type ObjectReader, objectReader, type ObjectReaderOptions } from "./object-reader.ts";

type Respond = (response: ServerResponse, request: IncomingMessage, turn: number) => void;

interface Place {
  readonly reader: ObjectReader;
  readonly seen: IncomingMessage[];
  /** How long it waited between attempts. */
  readonly waits: number[];
}

/** A server that answers in turn, and a reader whose waiting is only written down. */
async function place(t: TestContext, respond: Respond, more: Partial<ObjectReaderOptions> = {}): Promise<Place> {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    respond(response, request, seen.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const waits: number[] = [];
  const clock: Clock = {
    now: () => now,
    waitUntil(at) {
      waits.push(at - now);
      return Promise.resolve();
    },
  };
  const reader = objectReader({
    region: "eu-central-1",
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "made-up" },
    userAgent: "trailwarden/test",
    clock,
    random: () => 0.5,
    ...more,
  });
  t.after(async () => {
    await reader[Symbol.asyncDispose]();
    server.closeAllConnections();
    server.close();
  });
  return { reader, seen, waits };
}

const now = Date.parse("2026-11-21T07:30:00Z");
const object = { bucket: "logs", key: "AWSLogs/1.json.gz" };
const held = { heldBytesMax: 1024 };

function xml(code: string, message: string, more = ""): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message>${more}<RequestId>R1</RequestId></Error>`;
}

function refusing(status: number, body: string, headers: Record<string, string> = {}): Respond {
  return (response) => response.writeHead(status, { "x-amz-request-id": "R1", ...headers }).end(body);
}

const giving = (body: string | Buffer, headers: Record<string, string> = {}): Respond => {
  const length = String(Buffer.byteLength(body));
  return (response) => response.writeHead(200, { "content-length": length, ...headers }).end(body);
};

async function refusal(reader: ObjectReader): Promise<AwsCallError> {
  const error: unknown = await reader.get(object, held).catch((thrown: unknown) => thrown);
  assert.ok(error instanceof AwsCallError, String(error));
  return error;
}

test("a small object comes whole, with what S3 says of it", async (t) => {
  const answer = giving("hello", {
    etag: '"5d41402abc4b2a76b9719d911017c592"',
    "x-amz-version-id": "v1",
    "last-modified": "Sat, 21 Nov 2026 07:00:00 GMT",
    "x-amz-meta-Signature": "0a1b",
    "x-amz-meta-signature-algorithm": "SHA256withRSA",
  });
  const { reader, seen } = await place(t, answer);
  const got = await reader.get(object, held);
  assert.deepEqual(got, {
    body: Buffer.from("hello"),
    sizeBytes: 5,
    etag: "5d41402abc4b2a76b9719d911017c592",
    versionId: "v1",
    contentEncoding: undefined,
    lastModifiedAt: Date.parse("2026-11-21T07:00:00Z"),
    metadata: { signature: "0a1b", "signature-algorithm": "SHA256withRSA" },
  });
  assert.equal(seen[0]?.headers["user-agent"], "trailwarden/test");
  assert.match(seen[0]?.headers.authorization ?? "", /eu-central-1\/s3\/aws4_request/);
});

test("metadata is taken up to its limits, whatever is said, and a name of JavaScript's is one like others", async (t) => {
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, number) => [`x-amz-meta-${number}`, "x"]));
  const few = { "x-amz-meta-__proto__": "odd", "x-amz-meta-large": "y".repeat(9_000) };
  const answers = [giving("", many), giving("", few)];
  const { reader } = await place(t, (response, request, turn) => answers[turn - 1]?.(response, request, turn));
  const first = await reader.get(object, held);
  assert.equal(Object.keys(first.metadata).length, 64);
  const second = await reader.get(object, held);
  assert.deepEqual(Object.entries(second.metadata), [["__proto__", "odd"]]);
});

test("what is stored compressed comes compressed", async (t) => {
  const bytes = gzipSync('{"Records":[]}');
  const { reader } = await place(t, giving(bytes, { "content-encoding": "gzip" }));
  const got = await reader.get(object, held);
  assert.deepEqual(got.body, bytes);
  assert.equal(got.contentEncoding, "gzip");
});

test("a larger object comes as a stream", async (t) => {
  const bytes = Buffer.alloc(300_000, 7);
  const { reader } = await place(t, giving(bytes));
  const { body, sizeBytes } = await reader.get(object, held);
  assert.ok(!Buffer.isBuffer(body));
  assert.equal(sizeBytes, 300_000);
  assert.deepEqual(await buffer(body), bytes);
});

test("an object of no told size comes as a stream", async (t) => {
  const { reader } = await place(t, (response) => response.writeHead(200).end("hello"));
  const { body, sizeBytes } = await reader.get(object, held);
  assert.equal(sizeBytes, undefined);
  assert.equal(String(await buffer(body as Readable)), "hello");
});

for (const [what, status, body, headers, code, region] of [
  [
    "of a key that is not there",
    404,
    xml("NoSuchKey", "The specified key does not exist."),
    {},
    "NoSuchKey",
    undefined,
  ],
  ["of a right that is missing", 403, xml("AccessDenied", "Access Denied"), {}, "AccessDenied", undefined],
  [
    "of another region, in a header",
    301,
    xml("PermanentRedirect", "…", "<Bucket>logs</Bucket><Endpoint>s3-eu-west-1.amazonaws.com</Endpoint>"),
    { "x-amz-bucket-region": "eu-west-1" },
    "PermanentRedirect",
    "eu-west-1",
  ],
  [
    "of another region, in its text",
    400,
    xml("AuthorizationHeaderMalformed", "…", "<Region>eu-west-1</Region>"),
    {},
    "AuthorizationHeaderMalformed",
    "eu-west-1",
  ],
  [
    "of a region that is none",
    301,
    xml("PermanentRedirect", "…"),
    { "x-amz-bucket-region": "evil.example/" },
    "PermanentRedirect",
    undefined,
  ],
  ["of somebody between us and S3", 403, "<html>Blocked</html>", {}, "AccessDenied", undefined],
  ["without a word", 404, "", {}, "NoSuchKey", undefined],
  ["that is no text", 418, "\u0000\u0001", {}, "Http418", undefined],
] as const)
  test(`a refusal ${what} comes as its code`, async (t) => {
    const { reader, seen } = await place(t, refusing(status, body, headers));
    const error = await refusal(reader);
    assert.deepEqual(
      [error.code, error.status, error.service, error.operation, error.requestId, error.members["Region"]],
      [code, status, "s3", "GetObject", "R1", region],
    );
    assert.equal(seen.length, 1);
  });

test("an error's text that has no end is not read to its end", async (t) => {
  const { reader } = await place(t, (response) => {
    response.writeHead(400);
    const more = () => {
      while (response.write("x".repeat(65_536)));
    };
    response.on("drain", more);
    more();
  });
  await assert.rejects(reader.get(object, held), /More than 65536 bytes came/);
});

test("who is busy is asked again, later each time, and not for ever", async (t) => {
  const { reader, seen, waits } = await place(t, refusing(503, xml("SlowDown", "Please reduce your request rate.")));
  assert.equal((await refusal(reader)).code, "SlowDown");
  assert.equal(seen.length, 4);
  assert.deepEqual(waits, [500, 1000, 2000]);
});

test("what S3 cannot do for a moment is asked for again", async (t) => {
  const { reader, waits } = await place(t, (response, request, turn) =>
    (turn < 3 ? refusing(500, xml("InternalError", "…")) : giving("hello"))(response, request, turn),
  );
  assert.equal(String((await reader.get(object, held)).body), "hello");
  assert.equal(waits.length, 2);
});

test("a small object that is cut off is fetched again, never taken shorter", async (t) => {
  const { reader, seen } = await place(t, (response, request, turn) => {
    if (turn > 1) return giving("hello")(response, request, turn);
    response.writeHead(200, { "content-length": "5" }).write("hel", () => response.destroy());
  });
  assert.equal(String((await reader.get(object, held)).body), "hello");
  assert.equal(seen.length, 2);
});

test("a stream that is cut off ends with an error", async (t) => {
  const { reader } = await place(t, (response) => {
    response.writeHead(200, { "content-length": "300000" }).write("x".repeat(1000), () => response.destroy());
  });
  const { body } = await reader.get(object, held);
  await assert.rejects(buffer(body as Readable), { code: "ECONNRESET" });
});

test("a connection that S3 closed meanwhile costs no waiting", async (t) => {
  const { reader, seen, waits } = await place(t, (response, request, turn) => {
    if (turn === 2) request.socket.destroy();
    else giving("hello")(response, request, turn);
  });
  await reader.get(object, held);
  await reader.get(object, held);
  assert.equal(seen.length, 3);
  assert.deepEqual(waits, []);
});

test("who says nothing is given up", async (t) => {
  const { reader, seen } = await place(t, () => undefined, { idleMs: 20, attemptsMax: 2 });
  await assert.rejects(reader.get(object, held), { code: "ETIMEDOUT" });
  assert.equal(seen.length, 2);
});

test("nobody there is an error of the network", async (t) => {
  const { reader } = await place(t, giving(""), { endpoint: "http://127.0.0.1:1" });
  await assert.rejects(reader.get(object, held), { code: "ECONNREFUSED" });
});

test("who is stopped stops at once", async (t) => {
  const stop = new AbortController();
  const { reader, seen } = await place(t, () => stop.abort(new Error("enough")));
  await assert.rejects(reader.get(object, { ...held, signal: stop.signal }), /enough/);
  assert.equal(seen.length, 1);
  await assert.rejects(reader.get(object, { ...held, signal: stop.signal }), /enough/);
  assert.equal(seen.length, 1);
});

test("where the clocks differ too much, S3's counts from then on", async (t) => {
  const { reader, seen } = await place(t, (response, request, turn) => {
    const date = new Date(now + 3_600_000).toUTCString();
    if (turn === 1) return refusing(403, xml("RequestTimeTooSkewed", "…"), { date })(response, request, turn);
    giving("hello")(response, request, turn);
  });
  await reader.get(object, held);
  await reader.get(object, held);
  const signedAt = seen.map(({ headers }) => headers["x-amz-date"]);
  assert.deepEqual(signedAt, ["20261121T073000Z", "20261121T083000Z", "20261121T083000Z"]);
});

test("a bucket in another region is asked there, signed for there", async (t) => {
  const { reader, seen } = await place(t, giving("hello"));
  await reader.get(object, { ...held, region: "eu-west-1" });
  assert.match(seen[0]?.headers.authorization ?? "", /eu-west-1\/s3\/aws4_request/);
});

test("credentials are asked for at each call, so that renewed ones are used", async (t) => {
  let turn = 0;
  const credentials = () =>
    Promise.resolve({ accessKeyId: `AKIA${(turn += 1)}`, secretAccessKey: "s", sessionToken: "token" });
  const { reader, seen } = await place(t, giving("hello"), { credentials });
  await reader.get(object, held);
  await reader.get(object, held);
  const keys = seen.map(({ headers }) => /Credential=(\w+)/.exec(headers.authorization ?? "")?.[1]);
  assert.deepEqual(keys, ["AKIA1", "AKIA2"]);
  assert.equal(seen[0]?.headers["x-amz-security-token"], "token");
});
