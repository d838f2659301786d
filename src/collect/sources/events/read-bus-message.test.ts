import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { makeRecord, makeRecordText } from "../../../../test/fixtures/made-record.ts";
import { readBusMessage } from "./read-bus-message.ts";

const record = makeRecord(1);

function envelope(detail: string, type = "AWS API Call via CloudTrail"): string {
  const head = { version: "0", id: "e", "detail-type": type, source: "aws.s3", account: "111122223333", resources: [] };
  return `${JSON.stringify(head).slice(0, -1)},"detail":${detail}}`;
}

const notification = (message: string) =>
  JSON.stringify({ Type: "Notification", TopicArn: "arn:aws:sns:eu-central-1:111122223333:t", Message: message });

const types = [
  "AWS API Call via CloudTrail",
  "AWS Console Sign In via CloudTrail",
  "AWS Console Signin via CloudTrail",
  "AWS Console Action via CloudTrail",
  "AWS Service Event via CloudTrail",
  "AWS Insight via CloudTrail",
  "AWS Network Activity Event via CloudTrail",
];

for (const type of types) {
  test(`the record of an ${type} is taken as it stands`, () => {
    // As no serializer would write it: spaces, an escape, a number that no double holds.
    const text = makeRecordText(1, { requestParameters: '{ "n" : 12345678901234567890, "t":"\\u0041" }' });
    for (const body of [envelope(text, type), notification(envelope(text, type)), text]) {
      const read = readBusMessage(body);
      assert.ok(read.kind === "records");
      assert.deepEqual(
        read.records.map(({ bytes, accountId }) => [bytes.toString(), accountId]),
        [[text, "111122223333"]],
      );
    }
  });
}

test("an event of the bus that is none of CloudTrail's is told apart from what is no event at all", () => {
  assert.equal(readBusMessage(envelope('{"state":"running"}', "EC2 Instance State-change Notification")).kind, "other");
  const strange = ["", "x", "[]", "7", "null", '{"a":1}', '{"Type":"Notification","Message":"hello"}', '{"detail":{}}'];
  for (const body of strange) assert.equal(readBusMessage(body).kind, "unknown", body);
});

test("a record that says no time is not taken", () => {
  const read = readBusMessage(envelope(JSON.stringify({ ...record, eventTime: undefined })));
  assert.equal(read.kind, "unknown");
});

test("no text at all makes it throw, however deep or large", () => {
  const deep = `${'{"detail":'.repeat(20_000)}1${"}".repeat(20_000)}`;
  for (const body of [deep, envelope(deep), "[".repeat(100_000), `"${"x".repeat(2 * 1024 * 1024)}"`]) {
    assert.notEqual(readBusMessage(body).kind, "records");
  }
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc.jsonValue().map((value) => envelope(JSON.stringify(value))),
  );
  fc.assert(
    fc.property(text, (body) => {
      readBusMessage(body);
      readBusMessage(notification(body));
    }),
    { seed: 20_261_123, numRuns: 500 },
  );
});
