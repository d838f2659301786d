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

test("a detector is got with GuardDuty's client", async () => {
  await using open = await openFront();
  const { GuardDutyClient, GetDetectorCommand } = await sdk.guardduty();
  const detector = await new GuardDutyClient(open.client).send(new GetDetectorCommand({ DetectorId: "a/b" }));
  assert.equal(detector.ServiceRole, "a/b");
  assert.deepEqual({ ...detector.Tags }, { team: "blue" });
});

test("regions are described with EC2's client", async () => {
  await using open = await openFront();
  const { EC2Client, DescribeRegionsCommand } = await sdk.ec2();
  const { Regions } = await new EC2Client(open.client).send(new DescribeRegionsCommand({ RegionNames: ["eu-west-1"] }));
  assert.deepEqual(Regions, [{ RegionName: "eu-west-1" }]);
});

test("a bucket's policy and region are read as S3's client reads them", async () => {
  await using open = await openFront();
  const { S3Client, PutBucketPolicyCommand, GetBucketPolicyCommand, GetBucketLocationCommand } = await sdk.s3();
  const s3 = new S3Client({ ...open.client, forcePathStyle: true });
  const Policy = '{ "Version": "2012-10-17", "Statement": [] }';
  await s3.send(new PutBucketPolicyCommand({ Bucket: "logs", Policy }));
  assert.equal((await s3.send(new GetBucketPolicyCommand({ Bucket: "logs" }))).Policy, Policy);
  assert.equal((await s3.send(new GetBucketLocationCommand({ Bucket: "logs" }))).LocationConstraint, "eu-west-1");
});

test("a record is told who called what, from where and with what", async () => {
  await using open = await openFront({ sourceIpOf: () => "198.51.100.7" });
  const { IAMClient, CreateUserCommand } = await sdk.iam();
  await new IAMClient({ ...open.client, customUserAgent: "night-watch" }).send(
    new CreateUserCommand({ UserName: "bob" }),
  );
  const [call] = open.ended;
  assert.ok(call);
  assert.equal(call.operation.service.eventSource, "iam.amazonaws.com");
  assert.deepEqual(call.input, { UserName: "bob" });
  assert.equal(call.caller.arn, `arn:aws:iam::${accountId}:user/alice`);
  assert.deepEqual(
    [call.accountId, call.region, call.sourceIp, call.signed],
    [accountId, "eu-west-1", "198.51.100.7", "header"],
  );
  assert.match(call.userAgent, /night-watch/);
  assert.deepEqual(call.notes, [{ additionalEventData: { noted: true } }]);
  assert.match(call.requestId, /^[0-9a-f-]{36}$/);
});
