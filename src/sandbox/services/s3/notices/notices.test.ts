import assert from "node:assert/strict";
import { test } from "node:test";
import { refusedWith, testS3 } from "../s3.fixture.ts";

const Bucket = "company-logs";
const QueueArn = "arn:aws:sqs:us-east-1:111122223333:new-files";
const TopicArn = "arn:aws:sns:us-east-1:111122223333:new-files";

test("a queue is told of new objects that its filter fits, with the key as forms encode it", async (t) => {
  const { call, sent, world } = await testS3(t);
  await call("CreateBucket", { Bucket });
  const FilterRules = [
    { Name: "prefix" as const, Value: "AWSLogs/" },
    { Name: "suffix" as const, Value: ".gz" },
  ];
  const QueueConfigurations = [
    { Id: "files", QueueArn, Events: ["s3:ObjectCreated:*" as const], Filter: { Key: { FilterRules } } },
  ];
  await call("PutBucketNotificationConfiguration", { Bucket, NotificationConfiguration: { QueueConfigurations } });
  assert.equal(sent.length, 1);
  const testEvent = JSON.parse(sent[0]?.message ?? "") as Record<string, unknown>;
  assert.deepEqual(
    [testEvent["Service"], testEvent["Event"], testEvent["Bucket"]],
    ["Amazon S3", "s3:TestEvent", Bucket],
  );
  assert.equal("Records" in testEvent, false);
  assert.deepEqual(sent[0]?.from, {
    service: "s3.amazonaws.com",
    region: "us-east-1",
    sourceArn: `arn:aws:s3:::${Bucket}`,
    sourceAccount: "111122223333",
  });
  const read = await call("GetBucketNotificationConfiguration", { Bucket });
  assert.deepEqual(read, { QueueConfigurations });

  await call("PutObject", { Bucket, Key: "AWSLogs/a b+ü.gz" }, { body: "one" });
  world.clock.advance(1);
  await call("PutObject", { Bucket, Key: "AWSLogs/a b+ü.gz" }, { body: "two" });
  await call("PutObject", { Bucket, Key: "elsewhere.gz" });
  await call("DeleteObject", { Bucket, Key: "AWSLogs/a b+ü.gz" });
  const records = sent.slice(1).map(({ message }) => (JSON.parse(message) as { Records: [S3Record] }).Records[0]);
  assert.equal(records.length, 2);
  const [first, second] = records;
  assert.equal(first?.eventName, "ObjectCreated:Put");
  assert.equal(first?.s3.configurationId, "files");
  assert.equal(first?.s3.object.key, "AWSLogs/a+b%2B%C3%BC.gz");
  assert.deepEqual([first?.s3.object.size, first?.s3.object.eTag], [3, "f97c5d29941bfb1b2fdab0874906ab82"]);
  assert.ok((first?.s3.object.sequencer ?? "") < (second?.s3.object.sequencer ?? ""));
});

interface S3Record {
  readonly eventName: string;
  readonly s3: {
    readonly configurationId: string;
    readonly object: { readonly key: string; readonly size: number; readonly eTag: string; readonly sequencer: string };
  };
}

test("topic and event bus are told too; a target that fails later does not fail who writes", async (t) => {
  const { call, sent, around } = await testS3(t);
  await call("CreateBucket", { Bucket });
  await call("PutBucketNotificationConfiguration", {
    Bucket,
    NotificationConfiguration: {
      TopicConfigurations: [{ TopicArn, Events: ["s3:ObjectRemoved:*"] }],
      EventBridgeConfiguration: {},
    },
  });
  sent.length = 0;
  await call("PutObject", { Bucket, Key: "a b" });
  await call("DeleteObject", { Bucket, Key: "a b" });
  assert.deepEqual(
    sent.map(({ to }) => to),
    ["bus/Object Created", TopicArn, "bus/Object Deleted"],
  );
  const detail = JSON.parse(sent[0]?.message ?? "") as { bucket: { name: string }; object: { key: string } };
  assert.deepEqual([detail.bucket.name, detail.object.key], [Bucket, "a b"]);
  around.refusesNotices = true;
  await call("PutObject", { Bucket, Key: "k" });
});

test("targets that do not take S3's test, and settings that S3 refuses, are refused", async (t) => {
  const { call, around } = await testS3(t);
  await call("CreateBucket", { Bucket });
  around.refusesNotices = true;
  const one = { QueueArn, Events: ["s3:ObjectCreated:*"] };
  const put = (QueueConfigurations: readonly object[]) =>
    call("PutBucketNotificationConfiguration", {
      Bucket,
      NotificationConfiguration: { QueueConfigurations },
    } as never);
  await assert.rejects(put([one]), /Unable to validate the following destination configurations/);
  around.refusesNotices = false;
  const table: readonly (readonly [readonly object[], string])[] = [
    [[{ ...one, Events: ["s3:NoSuchEvent"] }], "InvalidArgument"],
    [[{ ...one, Events: ["s3:ObjectRestore:*"] }], "NotImplemented"],
    [[{ ...one, QueueArn: "arn:aws:sqs:us-east-1:111122223333:x.fifo" }], "InvalidArgument"],
    [[{ ...one, QueueArn: "not an arn" }], "InvalidArgument"],
    [[{ ...one, QueueArn: "arn:aws:sqs:eu-west-1:111122223333:x" }], "InvalidArgument"],
    [[one, { ...one, Events: ["s3:ObjectCreated:Put"] }], "InvalidArgument"],
    [[{ ...one, Filter: { Key: { FilterRules: [{ Name: "infix", Value: "x" }] } } }], "InvalidArgument"],
  ];
  for (const [given, code] of table) await assert.rejects(put(given), refusedWith(code), JSON.stringify(given));
  assert.deepEqual(await call("GetBucketNotificationConfiguration", { Bucket }), {});
});
