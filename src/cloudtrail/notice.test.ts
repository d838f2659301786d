import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { readNotice, type Notice } from "./notice.ts";

const key = "AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/21/111122223333_CloudTrail_us-east-1_x.json.gz";
const cloudTrail = JSON.stringify({ s3Bucket: "logs", s3ObjectKey: [key, `${key}2`], extra: 1 });
const inEnvelope = (message: string) =>
  JSON.stringify({
    Type: "Notification",
    MessageId: "1",
    TopicArn: "arn:aws:sns:us-east-1:111122223333:t",
    Message: message,
  });
const ofS3 = (eventName: string, objectKey: string, eventVersion = "2.6") => ({
  eventVersion,
  eventSource: "aws:s3",
  eventName,
  s3: { bucket: { name: "logs" }, object: { key: objectKey, size: 5 } },
});

const cases: readonly (readonly [title: string, body: string, notice: Notice])[] = [
  ["CloudTrail's own message", cloudTrail, objects(key, `${key}2`)],
  ["the same in SNS's envelope", inEnvelope(cloudTrail), objects(key, `${key}2`)],
  ["the same in two envelopes", inEnvelope(inEnvelope(cloudTrail)), objects(key, `${key}2`)],
  ["CloudTrail's validation message", "CloudTrail validation message.", { kind: "test" }],
  ["the same in SNS's envelope", inEnvelope("CloudTrail validation message."), { kind: "test" }],
  ["S3's test message", '{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"logs"}', { kind: "test" }],
  ["S3's notification", records(ofS3("ObjectCreated:Put", "a+b%2Bc%C3%BC")), objects("a b+cü")],
  ["a newer minor version", records(ofS3("ObjectCreated:CompleteMultipartUpload", "k", "2.99")), objects("k")],
  [
    "a removal beside an arrival",
    records(ofS3("ObjectRemoved:Delete", "gone"), ofS3("ObjectCreated:Copy", "came")),
    objects("came"),
  ],
  ["a removal", records(ofS3("ObjectRemoved:Delete", "gone")), { kind: "nothing", reason: "No object has come" }],
  [
    "EventBridge's event, whose key is plain",
    '{"detail-type":"Object Created","source":"aws.s3","detail":{"bucket":{"name":"logs"},"object":{"key":"a+b"}}}',
    objects("a+b"),
  ],
];

function objects(...keys: readonly string[]): Notice {
  return { kind: "objects", objects: keys.map((name) => ({ bucket: "logs", key: name })) };
}

function records(...entries: readonly object[]): string {
  return JSON.stringify({ Records: entries });
}

for (const [title, body, notice] of cases) {
  test(`${title} is read`, () => assert.deepEqual(readNotice(body), notice));
}

test("what is no message of AWS's is told as unknown, with a reason", () => {
  let nested = cloudTrail;
  for (let i = 0; i < 10; i++) nested = inEnvelope(nested);
  for (const body of [
    "",
    "{",
    "[]",
    "17",
    "{}",
    '{"s3Bucket":"b"}',
    '{"s3Bucket":"b","s3ObjectKey":["k",7]}',
    '{"s3Bucket":"","s3ObjectKey":["k"]}',
    '{"Records":[{}]}',
    '{"Records":[null]}',
    records(ofS3("ObjectCreated:Put", "k", "3.0")),
    records(ofS3("ObjectCreated:Put", "%zz")),
    nested,
    "x".repeat(2 << 20),
  ]) {
    assert.equal(readNotice(body).kind, "unknown", body.slice(0, 80));
  }
});

const samples = new URL("../../../shared/data/notifications/", import.meta.url);

test("collected messages are all understood", { skip: existsSync(samples) ? false : "shared/data is not here" }, () => {
  for (const name of readdirSync(samples).filter((file) => file.endsWith(".json"))) {
    const { kind } = readNotice(readFileSync(new URL(name, samples), "utf8"));
    const expected = name.includes("test-event") ? "test" : name.includes("unsupported") ? "unknown" : "objects";
    assert.equal(kind, expected, name);
  }
});
