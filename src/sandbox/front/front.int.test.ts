import assert from "node:assert/strict";
import { test } from "node:test";

import { accountId, md5OfHello, openFront, sdk } from "./front.fixture.ts";

test("an object is put and got over the socket with S3's client", async () => {
  await using open = await openFront();
  const { S3Client, PutObjectCommand, GetObjectCommand } = await sdk.s3();
  const s3 = new S3Client({ ...open.client, forcePathStyle: true });
  await s3.send(new PutObjectCommand({ Bucket: "logs", Key: "a b/ü+1.txt", Body: "hello" }));
  const got = await s3.send(new GetObjectCommand({ Bucket: "logs", Key: "a b/ü+1.txt" }));
  assert.equal(await got.Body?.transformToString(), "hello");
  assert.deepEqual({ ...got.Metadata }, { colour: "blue" });
  assert.deepEqual(
    open.ended.map(({ operation, bytesIn, bytesOut }) => [operation.name, bytesIn, bytesOut]),
    [
      ["PutObject", 5, 0],
      ["GetObject", 0, 5],
    ],
  );
});

test("a user is created with IAM's client", async () => {
  await using open = await openFront();
  const { IAMClient, CreateUserCommand } = await sdk.iam();
  const iam = new IAMClient(open.client);
  const { User } = await iam.send(new CreateUserCommand({ UserName: "bob", Tags: [{ Key: "team", Value: "a&b" }] }));
  assert.equal(User?.Arn, `arn:aws:iam::${accountId}:user/bob`);
  assert.deepEqual(User?.Tags, [{ Key: "team", Value: "a&b" }]);
  assert.ok(User?.CreateDate instanceof Date);
});

test("a message is sent with SQS's client", async () => {
  await using open = await openFront();
  const { SQSClient, SendMessageCommand } = await sdk.sqs();
  const sqs = new SQSClient(open.client);
  const sent = await sqs.send(
    new SendMessageCommand({ QueueUrl: `${open.front.url}/${accountId}/queue`, MessageBody: "hello" }),
  );
  assert.equal(sent.MD5OfMessageBody, md5OfHello);
});

test("trails are described with CloudTrail's client", async () => {
  await using open = await openFront();
  const { CloudTrailClient, DescribeTrailsCommand } = await sdk.cloudtrail();
  const cloudtrail = new CloudTrailClient(open.client);
  const { trailList } = await cloudtrail.send(new DescribeTrailsCommand({ trailNameList: ["one", "two"] }));
  assert.deepEqual(trailList, [{ Name: "one" }, { Name: "two" }]);
});
