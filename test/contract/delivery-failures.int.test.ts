import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { sandboxAccount } from "../../src/sandbox/sandbox.fixture.ts";
import {
  bucketPolicy,
  keyPolicy,
  letCloudTrailUseTheKey,
  makeBucket,
  openSurroundings,
  policy,
  rolePolicy,
  roleTrust,
  type Surroundings,
  topicPolicy,
} from "./trail-surroundings.fixture.ts";

/** Something that goes wrong after a trail was made. */
interface Failure {
  readonly what: string;
  /** The page that says what is needed. */
  readonly source: string;
  readonly happen: (made: Surroundings) => Promise<unknown>;
  readonly repair: (made: Surroundings) => Promise<unknown>;
  /** What the trail's status says: the other service's error code. */
  readonly code: string;
}

const guide = (page: string) => `CloudTrail User Guide, "${page}"`;
const bucketPage = guide("Amazon S3 bucket policy for CloudTrail");

const putPolicy = ({ s3, bucket }: Surroundings, change: object = {}) =>
  s3.call("PutBucketPolicy", { Bucket: bucket, Policy: bucketPolicy({ bucket, ...change }) });

const bucketFailures: readonly Failure[] = [
  {
    what: "the bucket's policy is removed",
    source: bucketPage,
    happen: ({ s3, bucket }) => s3.call("DeleteBucketPolicy", { Bucket: bucket }),
    repair: putPolicy,
    code: "AccessDenied",
  },
  {
    what: "the bucket's policy is changed to another prefix",
    source: guide("Changing a prefix for an existing bucket"),
    happen: (made) => putPolicy(made, { prefix: "elsewhere/" }),
    repair: putPolicy,
    code: "AccessDenied",
  },
  {
    what: "the bucket's policy lets in another account's folder only",
    source: guide("Setting bucket policy for multiple accounts"),
    happen: (made) => putPolicy(made, { folders: ["444455556666"] }),
    repair: (made) => putPolicy(made, { folders: ["444455556666", sandboxAccount] }),
    code: "AccessDenied",
  },
  {
    what: "the bucket's policy names another trail as aws:SourceArn",
    source: bucketPage,
    happen: (made) => putPolicy(made, { trailArns: `arn:aws:cloudtrail:*:${sandboxAccount}:trail/another` }),
    repair: putPolicy,
    code: "AccessDenied",
  },
  {
    what: "the bucket's policy names another account as aws:SourceAccount",
    source: bucketPage,
    happen: (made) => putPolicy(made, { sourceAccount: "444455556666" }),
    repair: (made) => putPolicy(made, { sourceAccount: sandboxAccount }),
    code: "AccessDenied",
  },
  {
    what: "the bucket's policy wants another x-amz-acl",
    source: bucketPage,
    happen: (made) => putPolicy(made, { acl: "private" }),
    repair: putPolicy,
    code: "AccessDenied",
  },
  {
    what: "the bucket's policy denies everybody",
    source: 'IAM User Guide, "Policy evaluation logic": an explicit deny goes before every allow',
    happen: ({ s3, bucket }) => {
      const deny = { Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: `arn:aws:s3:::${bucket}/*` };
      const { Statement } = JSON.parse(bucketPolicy({ bucket })) as { Statement: object[] };
      return s3.call("PutBucketPolicy", { Bucket: bucket, Policy: policy([...Statement, deny]) });
    },
    repair: putPolicy,
    code: "AccessDenied",
  },
  {
    what: "the bucket is deleted",
    source:
      'CloudTrail API Reference, GetTrailStatus, LatestDeliveryError; S3 API Reference, "Error responses", NoSuchBucket',
    async happen({ s3, bucket }) {
      const { Contents = [] } = await s3.call("ListObjectsV2", { Bucket: bucket });
      for (const { Key } of Contents) await s3.call("DeleteObject", { Bucket: bucket, Key });
      await s3.call("DeleteBucket", { Bucket: bucket });
    },
    async repair(made) {
      await makeBucket(made.s3, made.bucket);
      await putPolicy(made);
    },
    code: "NoSuchBucket",
  },
  {
    what: "the bucket's name goes to another account, which lets nobody in",
    source: guide("Setting bucket policy for multiple accounts"),
    async happen({ s3, bucket, open }) {
      const { Contents = [] } = await s3.call("ListObjectsV2", { Bucket: bucket });
      for (const { Key } of Contents) await s3.call("DeleteObject", { Bucket: bucket, Key });
      await s3.call("DeleteBucket", { Bucket: bucket });
      await makeBucket(await open.client("s3", { accountId: "444455556666" }), bucket);
    },
    async repair({ bucket, open }) {
      const other = await open.client("s3", { accountId: "444455556666" });
      const all = { Effect: "Allow", Principal: { AWS: sandboxAccount }, Action: "s3:*" };
      const { Statement } = JSON.parse(bucketPolicy({ bucket })) as { Statement: object[] };
      const read = { ...all, Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`] };
      await other.call("PutBucketPolicy", { Bucket: bucket, Policy: policy([...Statement, read]) });
    },
    code: "AccessDenied",
  },
  {
    what: "the key is disabled",
    source: 'S3 API Reference, "Error responses", KMS.DisabledException',
    happen: ({ kms, keyId }) => kms.call("DisableKey", { KeyId: keyId }),
    repair: ({ kms, keyId }) => kms.call("EnableKey", { KeyId: keyId }),
    code: "KMS.DisabledException",
  },
  {
    what: "the key waits for its deletion",
    source: 'S3 API Reference, "Error responses", KMS.KMSInvalidStateException',
    happen: ({ kms, keyId }) => kms.call("ScheduleKeyDeletion", { KeyId: keyId, PendingWindowInDays: 30 }),
    async repair({ kms, keyId }) {
      await kms.call("CancelKeyDeletion", { KeyId: keyId });
      await kms.call("EnableKey", { KeyId: keyId });
    },
    code: "KMS.KMSInvalidStateException",
  },
  {
    what: "the key's policy does not let CloudTrail in any more",
    source: guide("Configure AWS KMS key policies for CloudTrail"),
    happen: ({ kms, keyId }) => kms.call("PutKeyPolicy", { KeyId: keyId, Policy: keyPolicy([]) }),
    repair: ({ kms, keyId }) => kms.call("PutKeyPolicy", { KeyId: keyId, Policy: keyPolicy(letCloudTrailUseTheKey) }),
    code: "AccessDenied",
  },
  {
    what: "the key's policy wants another trail's encryption context",
    source: guide("Configure AWS KMS key policies for CloudTrail"),
    happen({ kms, keyId }) {
      const text = keyPolicy(letCloudTrailUseTheKey).replace(":trail/*", ":trail/another");
      return kms.call("PutKeyPolicy", { KeyId: keyId, Policy: text });
    },
    repair: ({ kms, keyId }) => kms.call("PutKeyPolicy", { KeyId: keyId, Policy: keyPolicy(letCloudTrailUseTheKey) }),
    code: "AccessDenied",
  },
];

describe("what goes wrong with a bucket or a key", () => {
  for (const { what, source, happen, repair, code } of bucketFailures) {
    test(`when ${what}, the status says ${code}, other trails go on, and all arrives once after the repair (${source})`, async () => {
      await using made = await openSurroundings();
      await made.mark("before");
      await made.deliver();
      assert.deepEqual(await statusOf(made), {});
      assert.deepEqual(await made.marksIn(made.bucket), ["before"]);
      const wasEmptied = what.includes("deleted") || what.includes("goes to");

      await happen(made);
      const keys = await made.keysIn(made.bucket).catch(() => []);
      await made.mark("during");
      await made.deliver();
      assert.deepEqual(await statusOf(made), { delivery: code, digest: code });
      assert.deepEqual(await made.keysIn(made.bucket).catch(() => []), keys);
      assert.deepEqual(await made.marksIn("other-records"), ["before", "during"]);
      assert.deepEqual(await made.marksInGroup(), ["before", "during"]);

      await repair(made);
      await made.mark("after");
      await made.deliver();
      assert.deepEqual(await statusOf(made), {});
      assert.deepEqual(
        await made.marksIn(made.bucket),
        wasEmptied ? ["after", "during"] : ["after", "before", "during"],
      );
      const notices = await made.notices();
      assert.equal(new Set(notices).size, notices.length);
      for (const key of await made.keysIn(made.bucket)) assert.ok(notices.includes(key), key);
      assert.deepEqual(made.open.troubles, []);
    });
  }
});

const setTopicPolicy = ({ sns, topicArn }: Surroundings, AttributeValue = topicPolicy(topicArn)) =>
  sns.call("SetTopicAttributes", { TopicArn: topicArn, AttributeName: "Policy", AttributeValue });
const topicPage = guide("Amazon SNS topic policy for CloudTrail");

const topicFailures: readonly Failure[] = [
  {
    what: "the topic's policy is set back to its own account alone",
    source: topicPage,
    happen: (made) =>
      setTopicPolicy(
        made,
        policy([
          { Effect: "Allow", Principal: { AWS: sandboxAccount }, Action: "SNS:Publish", Resource: made.topicArn },
        ]),
      ),
    repair: (made) => setTopicPolicy(made),
    code: "AuthorizationError",
  },
  {
    what: "the topic's policy names another trail as aws:SourceArn",
    source: topicPage,
    happen: (made) =>
      setTopicPolicy(made, topicPolicy(made.topicArn, "arn:aws:cloudtrail:eu-central-1:111122223333:trail/another")),
    repair: (made) => setTopicPolicy(made),
    code: "AuthorizationError",
  },
  {
    what: "the topic is deleted",
    source: "CloudTrail API Reference, GetTrailStatus, LatestNotificationError; SNS API Reference, Publish, NotFound",
    happen: ({ sns, topicArn }) => sns.call("DeleteTopic", { TopicArn: topicArn }),
    async repair(made) {
      await made.sns.call("CreateTopic", { Name: "watched" });
      await setTopicPolicy(made);
      const Endpoint = made.topicArn.replace(":sns:", ":sqs:");
      await made.sns.call("Subscribe", {
        TopicArn: made.topicArn,
        Protocol: "sqs",
        Endpoint,
        Attributes: { RawMessageDelivery: "true" },
      });
    },
    code: "NotFound",
  },
  {
    what: "the topic is encrypted with a key that does not let CloudTrail in",
    source: 'SNS Developer Guide, "Enable compatibility between event sources from AWS services and encrypted topics"',
    async happen({ kms, sns, topicArn }) {
      const { KeyMetadata } = await kms.call("CreateKey", { Policy: keyPolicy([]) });
      const AttributeValue = KeyMetadata?.Arn ?? "";
      await sns.call("SetTopicAttributes", { TopicArn: topicArn, AttributeName: "KmsMasterKeyId", AttributeValue });
    },
    repair: ({ sns, topicArn }) =>
      sns.call("SetTopicAttributes", { TopicArn: topicArn, AttributeName: "KmsMasterKeyId", AttributeValue: "" }),
    code: "KMSAccessDenied",
  },
];

describe("what goes wrong with a topic", () => {
  for (const { what, source, happen, repair, code } of topicFailures) {
    test(`when ${what}, the status says ${code}, log files go on, and each is announced once after the repair (${source})`, async () => {
      await using made = await openSurroundings();
      await happen(made);
      await made.mark("during");
      await made.deliver();
      assert.deepEqual(await statusOf(made), { notification: code });
      assert.deepEqual(await made.marksIn(made.bucket), ["during"]);
      assert.deepEqual(await made.notices(), []);

      await repair(made);
      await made.mark("after");
      made.open.sandbox.clock.advance(60_000);
      await made.open.sandbox.delivery.deliverNow();
      assert.deepEqual(await statusOf(made), {});
      assert.deepEqual((await made.notices()).toSorted(), (await made.keysIn(made.bucket)).toSorted());
      assert.deepEqual(made.open.troubles, []);
    });
  }
});

const logsPage = guide("Role policy document for CloudTrail to use CloudWatch Logs for monitoring");

const logFailures: readonly Failure[] = [
  {
    what: "the log group is deleted",
    source: "CloudWatch Logs API Reference, PutLogEvents, ResourceNotFoundException",
    happen: ({ logs, group }) => logs.call("DeleteLogGroup", { logGroupName: group }),
    repair: ({ logs, group }) => logs.call("CreateLogGroup", { logGroupName: group }),
    code: "ResourceNotFoundException",
  },
  {
    what: "the role loses its policy",
    source: logsPage,
    happen: ({ iam, role }) => iam.call("DeleteRolePolicy", { RoleName: role, PolicyName: "write" }),
    repair: ({ iam, role, group }) =>
      iam.call("PutRolePolicy", { RoleName: role, PolicyName: "write", PolicyDocument: rolePolicy(group) }),
    code: "AccessDeniedException",
  },
  {
    what: "the role does not trust CloudTrail any more",
    source: guide("Sending events to CloudWatch Logs"),
    happen: ({ iam, role }) =>
      iam.call("UpdateAssumeRolePolicy", { RoleName: role, PolicyDocument: roleTrust.replace("cloudtrail", "events") }),
    repair: ({ iam, role }) => iam.call("UpdateAssumeRolePolicy", { RoleName: role, PolicyDocument: roleTrust }),
    code: "AccessDenied",
  },
  {
    what: "the role is deleted",
    source: guide("Sending events to CloudWatch Logs"),
    async happen({ iam, role }) {
      await iam.call("DeleteRolePolicy", { RoleName: role, PolicyName: "write" });
      await iam.call("DeleteRole", { RoleName: role });
    },
    async repair({ iam, role, group }) {
      await iam.call("CreateRole", { RoleName: role, AssumeRolePolicyDocument: roleTrust });
      await iam.call("PutRolePolicy", { RoleName: role, PolicyName: "write", PolicyDocument: rolePolicy(group) });
    },
    code: "AccessDenied",
  },
];

describe("what goes wrong with a log group or its role", () => {
  for (const { what, source, happen, repair, code } of logFailures) {
    test(`when ${what}, the status says ${code}, log files go on, and each event comes once after the repair (${source})`, async () => {
      await using made = await openSurroundings();
      await happen(made);
      await made.mark("during");
      await made.deliver();
      assert.deepEqual(await statusOf(made), { logs: code });
      assert.deepEqual(await made.marksIn(made.bucket), ["during"]);

      await repair(made);
      await made.mark("after");
      await made.deliver();
      assert.deepEqual(await statusOf(made), {});
      assert.deepEqual([...(await made.marksInGroup())].toSorted(), ["after", "during"]);
      assert.deepEqual(made.open.troubles, []);
    });
  }
});

test(`when the bucket's policy loses the organization's folder, nothing of its members is delivered, and all arrives once after the repair (${guide("Creating a trail for an organization with the AWS CLI")})`, async () => {
  await using made = await openSurroundings();
  const { open, s3, cloudtrail } = made;
  const [bucket, member] = ["organization-records", "444455556666"];
  const organizations = await open.client("organizations");
  const { Organization } = await organizations.call("CreateOrganization", { FeatureSet: "ALL" });
  await organizations.call("EnableAWSServiceAccess", { ServicePrincipal: "cloudtrail.amazonaws.com" });
  const invitation = { Target: { Id: member, Type: "ACCOUNT" as const } };
  const { Handshake } = await organizations.call("InviteAccountToOrganization", invitation);
  const invited = await open.client("organizations", { accountId: member });
  await invited.call("AcceptHandshake", { HandshakeId: Handshake?.Id });
  await makeBucket(s3, bucket);
  const letIn = (...folders: string[]) => {
    const trailArns = `arn:aws:cloudtrail:*:${sandboxAccount}:trail/everybody`;
    return s3.call("PutBucketPolicy", { Bucket: bucket, Policy: bucketPolicy({ bucket, trailArns, folders }) });
  };
  await letIn(sandboxAccount, Organization?.Id ?? "");
  await cloudtrail.call("CreateTrail", { Name: "everybody", S3BucketName: bucket, IsOrganizationTrail: true });
  await cloudtrail.call("StartLogging", { Name: "everybody" });
  const memberLogs = await open.client("logs", { accountId: member });
  const mark = (name: string) => memberLogs.call("CreateLogGroup", { logGroupName: `mark-${name}` });

  await letIn(sandboxAccount);
  await mark("during");
  await made.deliver();
  assert.deepEqual(await statusOf(made, "everybody"), { delivery: "AccessDenied" });
  assert.deepEqual(await made.keysIn(bucket), []);
  assert.deepEqual(await statusOf(made), {});

  await letIn(sandboxAccount, Organization?.Id ?? "");
  await mark("after");
  await made.deliver();
  assert.deepEqual(await statusOf(made, "everybody"), {});
  assert.deepEqual(await made.marksIn(bucket), ["after", "during"]);
  const folder = `AWSLogs/${Organization?.Id}/${member}/CloudTrail/`;
  assert.ok((await made.keysIn(bucket)).some((key) => key.startsWith(folder)));
  assert.deepEqual(open.troubles, []);
});

/** The errors in a trail's status (CloudTrail API Reference, GetTrailStatus). */
async function statusOf({ cloudtrail }: Surroundings, Name = "watched"): Promise<Record<string, string>> {
  const status = await cloudtrail.call("GetTrailStatus", { Name });
  const errors = {
    delivery: status.LatestDeliveryError,
    digest: status.LatestDigestDeliveryError,
    notification: status.LatestNotificationError,
    logs: status.LatestCloudWatchLogsDeliveryError,
  };
  return Object.fromEntries(
    Object.entries(errors).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
