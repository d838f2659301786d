import assert from "node:assert/strict";
import { test } from "node:test";

import { testCaller } from "../call.fixture.ts";
import { testS3 } from "./s3.fixture.ts";

const bucketName = "company-logs";

test("objects' records name the object or the beginning of all, and the bucket; its owner gets them too", async (t) => {
  const made = await testS3(t);
  const { call } = made;
  await call("CreateBucket", { Bucket: bucketName });
  const bucket = { accountId: "111122223333", type: "AWS::S3::Bucket", ARN: `arn:aws:s3:::${bucketName}` };
  await call("PutObject", { Bucket: bucketName, Key: "k" }, { body: "12345" });
  const [asked, answered] = made.notes;
  assert.deepEqual(asked?.resources, [{ type: "AWS::S3::Object", ARN: `arn:aws:s3:::${bucketName}/k` }, bucket]);
  assert.deepEqual(answered?.responseElements, { "x-amz-server-side-encryption": "AES256" });
  assert.deepEqual(answered.additionalEventData, { SSEApplied: "Default_SSE_S3" });
  const eve = testCaller({ accountId: "444455556666" });
  await call("ListObjects", { Bucket: bucketName }, { caller: eve });
  const [listed] = made.notes;
  assert.deepEqual(listed?.resources?.[0], {
    type: "AWS::S3::Object",
    ARN: `arn:aws:s3:::${bucketName}/`,
    isPrefix: true,
  });
  assert.deepEqual(listed.recipients, ["444455556666", "111122223333"]);
  await call("GetBucketAcl", { Bucket: bucketName });
  assert.deepEqual(made.notes[0]?.resources, [bucket]);
});

test("a request for a bucket that is not there has neither resources nor other recipients", async (t) => {
  const made = await testS3(t);
  await assert.rejects(made.call("GetBucketPolicy", { Bucket: "no-such" }));
  const [note] = made.notes;
  assert.deepEqual(Object.keys(note ?? {}), ["additionalEventData"]);
  assert.deepEqual(Object.keys(note?.additionalEventData ?? {}), ["CipherSuite", "x-amz-id-2"]);
});
