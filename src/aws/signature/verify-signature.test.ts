import assert from "node:assert/strict";
import { test } from "node:test";

import { SignatureV4 } from "@smithy/signature-v4";
import fc from "fast-check";

import { type WireRequest } from "../message.ts";
import { type ServiceName } from "../models.ts";
import { readParameters } from "../operations/query-parameters.ts";
import { sdkTraffic, testKeys } from "../wire/sdk-traffic.fixture.ts";
import { sha256Hex } from "./canonical-request.ts";
import { NodeSha256 } from "./node-sha256.fixture.ts";
import { readSignature, type SignatureRead } from "./read-signature.ts";
import { authorization, emptyHash, exampleKeys, printedRequest } from "./requests.fixture.ts";
import { type SignatureVerdict, verifySignature } from "./verify-signature.ts";

function verify(
  request: WireRequest,
  options: { readonly secret?: string; readonly payloadHash: string; readonly now: number },
): SignatureVerdict | Exclude<SignatureRead, { readonly kind: "header" | "query" }> {
  const signature = readSignature(request, readParameters(request.query));
  if (signature.kind === "none" || signature.kind === "broken") return signature;
  return verifySignature(request, signature, { secret: exampleKeys.secretAccessKey, ...options });
}

const s3Scope = `${exampleKeys.accessKeyId}/20130524/us-east-1/s3/aws4_request`;
const s3Host = { host: "examplebucket.s3.amazonaws.com" };
const s3Signed = (names: string, signature: string, hash = emptyHash, headers: Record<string, string> = {}) => ({
  ...s3Host,
  ...headers,
  "x-amz-content-sha256": hash,
  "x-amz-date": "20130524T000000Z",
  authorization: authorization(s3Scope, names, signature),
});
const in2013 = Date.parse("2013-05-24T00:00:00Z");

// S3 API Reference, "Authenticating Requests: Using the Authorization Header", its four examples.
const published: readonly (readonly [string, WireRequest, string])[] = [
  [
    "GET of part of an object",
    printedRequest(
      "GET",
      "/test.txt",
      s3Signed(
        "host;range;x-amz-content-sha256;x-amz-date",
        "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        emptyHash,
        { range: "bytes=0-9" },
      ),
    ),
    emptyHash,
  ],
  [
    "PUT of an object",
    printedRequest(
      "PUT",
      "/test%24file.text",
      s3Signed(
        "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
        "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
        "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
        { date: "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY" },
      ),
    ),
    "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
  ],
  [
    "GET of a sub-resource",
    printedRequest(
      "GET",
      "/?lifecycle",
      s3Signed(
        "host;x-amz-content-sha256;x-amz-date",
        "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
      ),
    ),
    emptyHash,
  ],
  [
    "list of a bucket",
    printedRequest(
      "GET",
      "/?max-keys=2&prefix=J",
      s3Signed(
        "host;x-amz-content-sha256;x-amz-date",
        "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
      ),
    ),
    emptyHash,
  ],
];

for (const [title, request, payloadHash] of published)
  test(`the published signature of a ${title} is right, and wrong for anything else`, () => {
    assert.equal(verify(request, { payloadHash, now: in2013 }).kind, "valid");
    assert.equal(verify(request, { payloadHash, now: in2013, secret: "another" }).kind, "mismatch");
    assert.equal(verify({ ...request, path: `${request.path}x` }, { payloadHash, now: in2013 }).kind, "mismatch");
    assert.equal(verify({ ...request, query: "acl" }, { payloadHash, now: in2013 }).kind, "mismatch");
    assert.equal(verify({ ...request, method: "POST" }, { payloadHash, now: in2013 }).kind, "mismatch");
    assert.equal(verify(request, { payloadHash: sha256Hex("x"), now: in2013 }).kind, "mismatch");
  });

test("the published presigned request holds for a day", () => {
  // S3 API Reference, "Authenticating Requests: Using Query Parameters".
  const request = printedRequest(
    "GET",
    `/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent(s3Scope)}&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404`,
    s3Host,
  );
  const payloadHash = "UNSIGNED-PAYLOAD";
  const day = 86_400_000;
  assert.equal(verify(request, { payloadHash, now: in2013 + day }).kind, "valid");
  assert.equal(verify(request, { payloadHash, now: in2013 + day + 1 }).kind, "expired");
  assert.equal(verify(request, { payloadHash, now: in2013 - 1_000_000 }).kind, "skewed");
  const longer = { ...request, query: request.query.replace("86400", "86401") };
  assert.equal(verify(longer, { payloadHash, now: in2013 }).kind, "mismatch");
});

test("the published signature of a call of IAM is right", () => {
  // AWS General Reference, "Signature Version 4 signing process", the example of ListUsers.
  const request = printedRequest("GET", "/?Action=ListUsers&Version=2010-05-08", {
    host: "iam.amazonaws.com",
    "content-type": "application/x-www-form-urlencoded; charset=utf-8",
    "x-amz-date": "20150830T123600Z",
    authorization: authorization(
      "AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request",
      "content-type;host;x-amz-date",
      "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
    ),
  });
  const options = { secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", payloadHash: emptyHash };
  assert.equal(verify(request, { ...options, now: Date.parse("2015-08-30T12:36:00Z") }).kind, "valid");
  // S3 "Error responses", RequestTimeTooSkewed: fifteen minutes.
  assert.equal(verify(request, { ...options, now: Date.parse("2015-08-30T12:51:00Z") }).kind, "valid");
  assert.equal(verify(request, { ...options, now: Date.parse("2015-08-30T12:51:01Z") }).kind, "skewed");
  assert.equal(verify(request, { ...options, now: Date.parse("2015-08-30T12:20:59Z") }).kind, "skewed");
});

for (const [service, operation, input] of [
  ["s3", "GetObject", { Bucket: "bucket", Key: "a b/ü+~(1)'*!//..//x%2F" }],
  ["s3", "PutObject", { Bucket: "bucket", Key: "k", Body: "hello", Metadata: { a: "b" } }],
  ["s3", "ListObjectsV2", { Bucket: "bucket", Prefix: "a b+c/%", StartAfter: "ü" }],
  ["iam", "CreateUser", { UserName: "bob", Tags: [{ Key: "a", Value: "+&=" }] }],
  ["guardduty", "ListTagsForResource", { ResourceArn: "arn:aws:guardduty:eu-west-1:1:detector/x y" }],
  ["sqs", "SendMessage", { QueueUrl: "http://127.0.0.1:4566/1/q", MessageBody: "hello" }],
  ["ec2", "DescribeRegions", {}],
  ["kms", "ListKeys", {}],
] as const satisfies readonly (readonly [ServiceName, string, object])[])
  test(`what the SDK signs for ${service} ${operation} is verified`, async () => {
    const sent = await (await sdkTraffic(service)).requestOf(operation, input);
    const payloadHash = service === "s3" ? (sent.headers["x-amz-content-sha256"] ?? "") : sha256Hex(sent.body);
    const verdict = verify(sent, { secret: testKeys.secretAccessKey, payloadHash, now: Date.now() });
    assert.equal(verdict.kind, "valid");
  });

test("whatever the query and headers, a request that the SDK's own signer signs is verified, presigned too", async () => {
  const signer = new SignatureV4({
    service: "sts",
    region: "eu-west-1",
    credentials: { accessKeyId: "AKIATEST", secretAccessKey: "secret", sessionToken: "a/b+c==" },
    sha256: NodeSha256,
  });
  const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 });
  const header = fc.stringMatching(/^[ -~]{0,12}$/);
  await fc.assert(
    fc.asyncProperty(fc.dictionary(text, text), header, fc.boolean(), async (query, value, isPresigned) => {
      const plain = {
        method: "GET",
        protocol: "http:",
        hostname: "h",
        path: "/",
        query,
        headers: { host: "h", "x-amz-x": value },
      };
      const signed = isPresigned ? await signer.presign(plain, { expiresIn: 60 }) : await signer.sign(plain);
      const pairs = Object.entries(signed.query ?? {}).map(
        ([name, one]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(one))}`,
      );
      const request = { method: "GET", path: "/", query: pairs.join("&"), headers: signed.headers };
      const read = readSignature(request, readParameters(request.query));
      assert.ok(read.kind === (isPresigned ? "query" : "header"));
      assert.equal(read.sessionToken, "a/b+c==");
      const verdict = verifySignature(request, read, { secret: "secret", payloadHash: emptyHash, now: Date.now() });
      assert.equal(verdict.kind, "valid");
    }),
    { numRuns: 100, seed: 1 },
  );
});

test("a request without a signature, or with another scheme's, is said to be so", () => {
  const read = (headers: Record<string, string>, query = "") =>
    readSignature(printedRequest("GET", `/?${query}`, headers), readParameters(query));
  assert.equal(read({}).kind, "none");
  const other = read({ authorization: "AWS AKIA:abc" });
  assert.ok(other.kind === "broken" && other.isOtherScheme);
  assert.equal(read({ authorization: "AWS4-HMAC-SHA256 Credential=x" }).kind, "broken");
  assert.equal(read({ authorization: "AWS4-ECDSA-P256-SHA256 Credential=x" }).kind, "broken");
  assert.equal(read({}, "AWSAccessKeyId=a&Signature=b&Expires=1").kind, "broken");
  const signed = (amzDate: string, names = "host") => ({
    "x-amz-date": amzDate,
    authorization: authorization("AKIA/20130524/us-east-1/s3/aws4_request", names, "0".repeat(64)),
  });
  assert.equal(read(signed("20130524T000000Z")).kind, "header");
  assert.equal(read(signed("20130525T000000Z")).kind, "broken", "the scope's date is another");
  assert.equal(read(signed("yesterday")).kind, "broken");
  assert.equal(read(signed("20130524T000000Z", "x-amz-date")).kind, "broken", "the host is not signed");
  assert.equal(read(signed("20130524T000000Z", "host;" + "x;".repeat(5000))).kind, "broken");
});
