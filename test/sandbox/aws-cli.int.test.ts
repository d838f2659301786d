import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gunzipSync } from "node:zlib";

import { openSandbox, sandboxAccount, sandboxRegion, type TestSandbox } from "../../src/sandbox/sandbox.fixture.ts";
import { makeTemporaryFolder } from "../fixtures/temporary-folder.ts";
import { type AwsCli, missingAwsCli } from "../fixtures/aws-cli.ts";
import { answer, awsCli } from "./aws-cli.fixture.ts";
import { trailBucketPolicy, trailTopicPolicy } from "./trail-policies.fixture.ts";

const skip = await missingAwsCli();
const bucket = "example-shop-trail";
const trailArn = `arn:aws:cloudtrail:${sandboxRegion}:${sandboxAccount}:trail/company`;

let open: TestSandbox;
let aws: AwsCli;
before(async () => {
  open = await openSandbox();
  aws = awsCli(open.sandbox, { accountId: sandboxAccount, region: sandboxRegion });
});
after(() => open[Symbol.asyncDispose]());

test("a trail is made, announced, started, asked after and looked up with the AWS CLI alone", { skip }, async () => {
  // A bucket and a topic that let CloudTrail in, and a queue that hears what the topic says.
  await answer(
    aws(
      "s3api",
      "create-bucket",
      ...["--bucket", bucket],
      ...["--create-bucket-configuration", `LocationConstraint=${sandboxRegion}`],
    ),
  );
  const asked = { bucket, trailArn, recipients: [sandboxAccount] };
  await answer(aws("s3api", "put-bucket-policy", "--bucket", bucket, "--policy", trailBucketPolicy(asked)));
  const { TopicArn } = await answer<{ TopicArn: string }>(aws("sns", "create-topic", "--name", "trail-notices"));
  await answer(
    aws(
      "sns",
      "set-topic-attributes",
      ...["--topic-arn", TopicArn, "--attribute-name", "Policy"],
      ...["--attribute-value", trailTopicPolicy(TopicArn, trailArn)],
    ),
  );

  // The trail itself.
  const made = await answer(
    aws(
      "cloudtrail",
      "create-trail",
      ...["--name", "company", "--s3-bucket-name", bucket],
      ...["--sns-topic-name", "trail-notices"],
      ...["--is-multi-region-trail", "--enable-log-file-validation"],
      ...["--tags-list", "Key=team,Value=security"],
    ),
  );
  assert.deepEqual(made, {
    Name: "company",
    S3BucketName: bucket,
    SnsTopicName: "trail-notices",
    SnsTopicARN: TopicArn,
    IncludeGlobalServiceEvents: true,
    IsMultiRegionTrail: true,
    TrailARN: trailArn,
    LogFileValidationEnabled: true,
    IsOrganizationTrail: false,
  });
  await answer(aws("cloudtrail", "start-logging", "--name", "company"));

  // Something to record, in two regions: IAM is recorded in us-east-1.
  await Promise.all([
    answer(aws("iam", "create-user", "--user-name", "mary")),
    answer(aws("s3api", "put-bucket-tagging", "--bucket", bucket, "--tagging", "TagSet=[{Key=team,Value=security}]")),
  ]);
  await open.sandbox.delivery.deliverNow();

  const [status, found, trails, list] = await Promise.all([
    answer(aws("cloudtrail", "get-trail-status", "--name", trailArn)),
    answer<{ Events: readonly { Username: string; CloudTrailEvent: string }[] }>(
      aws(
        "cloudtrail",
        "lookup-events",
        ...["--region", "us-east-1"],
        ...["--lookup-attributes", "AttributeKey=EventName,AttributeValue=CreateUser"],
      ),
    ),
    answer<{ trailList: readonly object[] }>(aws("cloudtrail", "describe-trails", "--region", "us-east-1")),
    answer<{ Contents: readonly { Key: string }[] }>(aws("s3api", "list-objects-v2", "--bucket", bucket)),
  ]);
  assert.equal(status["IsLogging"], true);
  assert.equal(status["LatestDeliveryError"], undefined);
  assert.equal(status["LatestNotificationError"], undefined);
  assert.equal(trails.trailList.length, 1, "the trail has a shadow in every region");
  const [event] = found.Events;
  assert.equal(event?.Username, "admin");
  const record = JSON.parse(event?.CloudTrailEvent ?? "") as Readonly<Record<string, unknown>>;
  assert.deepEqual(record["requestParameters"], { userName: "mary" });
  assert.match(String(record["userAgent"]), /aws-cli\//);

  // The record that was looked up is in a log file of its region.
  using folder = makeTemporaryFolder();
  const keys = list.Contents.map(({ Key }) => Key);
  const key = keys.find((name) => name.includes("/CloudTrail/us-east-1/")) ?? "";
  assert.match(
    key,
    /^AWSLogs\/111122223333\/CloudTrail\/us-east-1\/\d{4}\/\d\d\/\d\d\/111122223333_CloudTrail_us-east-1_/,
  );
  const path = join(folder.path, "log.json.gz");
  assert.equal((await aws("s3", "cp", `s3://${bucket}/${key}`, path)).code, 0);
  const { Records } = JSON.parse(gunzipSync(readFileSync(path)).toString("utf8")) as { Records: readonly object[] };
  assert.ok(Records.some((each) => (each as { eventID?: string }).eventID === record["eventID"]));
  assert.deepEqual(open.troubles, []);
});

test("what AWS refuses, the AWS CLI is refused in AWS's words", { skip }, async () => {
  const said = await Promise.all([
    aws("cloudtrail", "create-trail", "--name", "other", "--s3-bucket-name", "nobody-has-this-bucket"),
    aws("cloudtrail", "create-trail", "--name", "a--b", "--s3-bucket-name", bucket),
    aws("s3api", "get-bucket-policy", "--bucket", "nobody-has-this-bucket"),
    aws("iam", "get-user", "--user-name", "nobody"),
  ]);
  // 255 of version 1, 254 of version 2 (AWS CLI User Guide, "Return codes").
  for (const { code } of said) assert.ok(code === 254 || code === 255, String(code));
  assert.deepEqual(
    said.map(({ stderr }) => /An error occurred \((\w+)\) when calling the (\w+) operation/.exec(stderr)?.slice(1)),
    [
      ["S3BucketDoesNotExistException", "CreateTrail"],
      ["InvalidTrailNameException", "CreateTrail"],
      ["NoSuchBucket", "GetBucketPolicy"],
      ["NoSuchEntity", "GetUser"],
    ],
  );
});

test("the high-level s3 commands copy, list, sign for and remove", { skip }, async () => {
  using folder = makeTemporaryFolder();
  const notes = join(folder.path, "notes.txt");
  writeFileSync(notes, "what we saw\n");
  assert.equal((await aws("s3", "mb", "s3://example-shop-notes")).code, 0);
  const copied = await aws("s3", "sync", folder.path, "s3://example-shop-notes/2026/");
  assert.equal(copied.code, 0, copied.stderr);
  const [listed, signed] = await Promise.all([
    aws("s3", "ls", "s3://example-shop-notes", "--recursive"),
    aws("s3", "presign", "s3://example-shop-notes/2026/notes.txt"),
  ]);
  assert.match(listed.stdout, / 12 2026\/notes\.txt$/m);
  assert.equal(await (await fetch(signed.stdout.trim())).text(), "what we saw\n");
  assert.equal((await aws("s3", "rb", "s3://example-shop-notes", "--force")).code, 0);
});
