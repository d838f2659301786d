import assert from "node:assert/strict";
import { test } from "node:test";

import {
  assertRefused,
  bucket,
  groupArn,
  keyArn,
  madeUpApi,
  member,
  organization,
  owner,
  roleArn,
  stranger,
  topic,
} from "./api.fixture.ts";

type Api = ReturnType<typeof madeUpApi>;

interface Row {
  readonly why: string;
  /** The page that says so. */
  readonly source: string;
  readonly input?: object;
  readonly given?: (made: Api) => void | Promise<void>;
  readonly accountId?: string;
  readonly code: string;
}

const good = { Name: "trail-1", S3BucketName: bucket };
const arn = `arn:aws:cloudtrail:eu-west-1:${owner}:trail/trail-1`;
const refuse = (what: string, code: string) => (made: Api) => void made.outlets.refusals.set(what, code);
const organize = (change: Partial<typeof organization>) => (made: Api) => {
  made.outlets.organizations = [{ ...organization, ...change }];
};

const names = "API Reference, CreateTrail, Name";
const cwl = 'User Guide, "Sending events to CloudWatch Logs"';
const org = 'User Guide, "Prepare for creating a trail for your organization"';
const kms = 'User Guide, "Encrypting CloudTrail log files with KMS keys"';
const tags = "API Reference, Tag and InvalidTagParameterException";

const parameters: readonly Row[] = [
  { why: "no name", source: names, input: { Name: "" }, code: "InvalidTrailNameException" },
  { why: "two characters", source: names, input: { Name: "ab" }, code: "InvalidTrailNameException" },
  { why: "129 characters", source: names, input: { Name: "a".repeat(129) }, code: "InvalidTrailNameException" },
  { why: "begins with a dash", source: names, input: { Name: "-trail" }, code: "InvalidTrailNameException" },
  { why: "ends with a period", source: names, input: { Name: "trail." }, code: "InvalidTrailNameException" },
  { why: "adjacent signs", source: names, input: { Name: "my-_namespace" }, code: "InvalidTrailNameException" },
  { why: "two dashes", source: names, input: { Name: "my--namespace" }, code: "InvalidTrailNameException" },
  { why: "an address", source: names, input: { Name: "192.168.5.4" }, code: "InvalidTrailNameException" },
  { why: "a space", source: names, input: { Name: "my trail" }, code: "InvalidTrailNameException" },
  { why: "an ARN", source: names, input: { Name: arn }, code: "InvalidTrailNameException" },
  {
    why: "no bucket",
    source: "API Reference, CreateTrail",
    input: { S3BucketName: "" },
    code: "InvalidS3BucketNameException",
  },
  {
    why: "upper case in the bucket",
    source: 'S3 User Guide, "Bucket naming rules"',
    input: { S3BucketName: "Records" },
    code: "InvalidS3BucketNameException",
  },
  {
    why: "an underscore in the bucket",
    source: 'S3 User Guide, "Bucket naming rules"',
    input: { S3BucketName: "my_records" },
    code: "InvalidS3BucketNameException",
  },
  {
    why: "a prefix of 201 characters",
    source: "API Reference, CreateTrail, S3KeyPrefix",
    input: { S3KeyPrefix: "p".repeat(201) },
    code: "InvalidS3PrefixException",
  },
  {
    why: "a topic with a space",
    source: "API Reference, CreateTrail, SnsTopicName",
    input: { SnsTopicName: "my topic" },
    code: "InvalidSnsTopicNameException",
  },
  {
    why: "a topic over 256 characters",
    source: "API Reference, CreateTrail, SnsTopicName",
    input: { SnsTopicName: "t".repeat(257) },
    code: "InvalidSnsTopicNameException",
  },
  {
    why: "an ARN of a queue for a topic",
    source: "API Reference, CreateTrail, SnsTopicName",
    input: { SnsTopicName: `arn:aws:sqs:eu-west-1:${owner}:queue` },
    code: "InvalidSnsTopicNameException",
  },
  {
    why: "an alias of AWS's own",
    source: kms,
    input: { KmsKeyId: "alias/aws/s3" },
    code: "InvalidKmsKeyIdException",
  },
  {
    why: "no key at all",
    source: "API Reference, CreateTrail, KmsKeyId",
    input: { KmsKeyId: "my key" },
    code: "InvalidKmsKeyIdException",
  },
  {
    why: "a log group without a role",
    source: "API Reference, CreateTrail; which name is not documented",
    input: { CloudWatchLogsLogGroupArn: groupArn },
    code: "InvalidCloudWatchLogsRoleArnException",
  },
  {
    why: "a role without a log group",
    source: "API Reference, CreateTrail; which name is not documented",
    input: { CloudWatchLogsRoleArn: roleArn },
    code: "InvalidCloudWatchLogsLogGroupArnException",
  },
  {
    why: "a log group of another region",
    source: cwl,
    input: { CloudWatchLogsLogGroupArn: groupArn.replace("eu-west-1", "eu-west-2"), CloudWatchLogsRoleArn: roleArn },
    code: "InvalidCloudWatchLogsLogGroupArnException",
  },
  {
    why: "a role of another account",
    source: cwl,
    input: { CloudWatchLogsLogGroupArn: groupArn, CloudWatchLogsRoleArn: roleArn.replace(owner, member) },
    code: "InvalidCloudWatchLogsRoleArnException",
  },
  {
    why: "all regions without global services",
    source: "MOTO; API Reference, InvalidParameterCombinationException",
    input: { IsMultiRegionTrail: true, IncludeGlobalServiceEvents: false },
    code: "InvalidParameterCombinationException",
  },
  {
    why: "51 tags",
    source: "API Reference, TagsLimitExceededException",
    input: { TagsList: Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}` })) },
    code: "TagsLimitExceededException",
  },
  {
    why: "the same tag twice",
    source: tags,
    input: { TagsList: [{ Key: "a" }, { Key: "a" }] },
    code: "InvalidTagParameterException",
  },
  {
    why: "a tag without a key",
    source: tags,
    input: { TagsList: [{ Key: "" }] },
    code: "InvalidTagParameterException",
  },
  {
    why: "a tag's key of 129 characters",
    source: tags,
    input: { TagsList: [{ Key: "k".repeat(129) }] },
    code: "InvalidTagParameterException",
  },
  {
    why: "a tag's value of 257 characters",
    source: tags,
    input: { TagsList: [{ Key: "k", Value: "v".repeat(257) }] },
    code: "InvalidTagParameterException",
  },
  {
    why: "a number where a text belongs",
    source: "AWS's JSON protocols; not in the API Reference",
    input: { S3BucketName: 7 },
    code: "SerializationException",
  },
];

const world: readonly Row[] = [
  {
    why: "the name is taken",
    source: "API Reference, CreateTrail",
    given: async (made) => void (await made.call("CreateTrail", good)),
    code: "TrailAlreadyExistsException",
  },
  {
    why: "the name is a shadow's",
    source: "API Reference, DescribeTrails: shadow trails; the name of the refusal is ours",
    given: async (made) =>
      void (await made.call("CreateTrail", { ...good, IsMultiRegionTrail: true }, { region: "us-east-1" })),
    code: "TrailAlreadyExistsException",
  },
  {
    why: "there are five in the region",
    source: 'User Guide, "Quotas in AWS CloudTrail"',
    given: async (made) => {
      for (const n of [1, 2, 3, 4, 5]) await made.call("CreateTrail", { ...good, Name: `other-${n}` });
    },
    code: "MaximumNumberOfTrailsExceededException",
  },
  {
    why: "there are five with shadows",
    source: 'User Guide, "Quotas in AWS CloudTrail"',
    given: async (made) => {
      for (const n of [1, 2, 3, 4, 5]) {
        const region = n < 3 ? "us-east-1" : "eu-west-1";
        await made.call("CreateTrail", { ...good, Name: `other-${n}`, IsMultiRegionTrail: n < 3 }, { region });
      }
    },
    code: "MaximumNumberOfTrailsExceededException",
  },
  {
    why: "there is no bucket",
    source: "API Reference, S3BucketDoesNotExistException",
    given: refuse(bucket, "NoSuchBucket"),
    code: "S3BucketDoesNotExistException",
  },
  {
    why: "the bucket's policy does not let it write",
    source: "API Reference, InsufficientS3BucketPolicyException",
    given: refuse(`probe ${bucket}`, "AccessDenied"),
    code: "InsufficientS3BucketPolicyException",
  },
  {
    why: "the topic's policy does not let it publish",
    source: "API Reference, InsufficientSnsTopicPolicyException; text: MOTO",
    input: { SnsTopicName: topic },
    given: refuse(`arn:aws:sns:eu-west-1:${owner}:${topic}`, "AuthorizationError"),
    code: "InsufficientSnsTopicPolicyException",
  },
  {
    why: "there is no topic",
    source: "MOTO",
    input: { SnsTopicName: topic },
    given: refuse(`arn:aws:sns:eu-west-1:${owner}:${topic}`, "NotFound"),
    code: "InsufficientSnsTopicPolicyException",
  },
  {
    why: "the topic's account is suspended",
    source: "API Reference, CloudTrailInvalidClientTokenIdException",
    input: { SnsTopicName: topic },
    given: refuse(`arn:aws:sns:eu-west-1:${owner}:${topic}`, "InvalidClientTokenId"),
    code: "CloudTrailInvalidClientTokenIdException",
  },
  {
    why: "there is no key",
    source: "API Reference, KmsKeyNotFoundException",
    input: { KmsKeyId: keyArn },
    given: refuse(keyArn, "NotFoundException"),
    code: "KmsKeyNotFoundException",
  },
  {
    why: "the key is not in the bucket's region",
    source: "API Reference, KmsKeyNotFoundException",
    input: { KmsKeyId: keyArn },
    given: (made) => {
      made.outlets.key = { ...made.outlets.key, region: "us-east-1" };
    },
    code: "KmsKeyNotFoundException",
  },
  {
    why: "the key is not symmetric",
    source: kms,
    input: { KmsKeyId: keyArn },
    given: (made) => {
      made.outlets.key = { ...made.outlets.key, isSymmetric: false };
    },
    code: "InvalidKmsKeyIdException",
  },
  {
    why: "the key is disabled",
    source: "API Reference, KmsException; KmsKeyDisabledException is no longer in use",
    input: { KmsKeyId: keyArn },
    given: refuse(keyArn, "DisabledException"),
    code: "KmsException",
  },
  {
    why: "the key's policy does not let it make data keys",
    source: "API Reference, InsufficientEncryptionPolicyException",
    input: { KmsKeyId: keyArn },
    given: refuse(`probe ${keyArn}`, "AccessDeniedException"),
    code: "InsufficientEncryptionPolicyException",
  },
  {
    why: "there is no log group",
    source: "API Reference, InvalidCloudWatchLogsLogGroupArnException",
    input: { CloudWatchLogsLogGroupArn: groupArn, CloudWatchLogsRoleArn: roleArn },
    given: refuse(groupArn, "ResourceNotFoundException"),
    code: "InvalidCloudWatchLogsLogGroupArnException",
  },
  {
    why: "CloudWatch Logs cannot be asked",
    source: "API Reference, CloudWatchLogsDeliveryUnavailableException",
    input: { CloudWatchLogsLogGroupArn: groupArn, CloudWatchLogsRoleArn: roleArn },
    given: refuse(groupArn, "ServiceUnavailableException"),
    code: "CloudWatchLogsDeliveryUnavailableException",
  },
  {
    why: "the role may not be assumed",
    source: "API Reference, InvalidCloudWatchLogsRoleArnException",
    input: { CloudWatchLogsLogGroupArn: groupArn, CloudWatchLogsRoleArn: roleArn },
    given: refuse(groupArn, "AccessDenied"),
    code: "InvalidCloudWatchLogsRoleArnException",
  },
  {
    why: "there is no organization",
    source: org,
    input: { IsOrganizationTrail: true },
    code: "OrganizationsNotInUseException",
  },
  {
    why: "the organization has only consolidated billing",
    source: org,
    input: { IsOrganizationTrail: true },
    given: organize({ hasAllFeatures: false }),
    code: "OrganizationNotInAllFeaturesModeException",
  },
  {
    why: "the organization does not trust CloudTrail",
    source: org,
    input: { IsOrganizationTrail: true },
    given: organize({ trusts: [] }),
    code: "CloudTrailAccessNotEnabledException",
  },
  {
    why: "a member asks for an organization trail",
    source: org,
    input: { IsOrganizationTrail: true },
    given: organize({}),
    accountId: member,
    code: "NotOrganizationMasterAccountException",
  },
  {
    why: "an administrator was not registered through CloudTrail and no service-linked role is there",
    source: 'User Guide, "Organization delegated administrator"',
    input: { IsOrganizationTrail: true },
    given: organize({ delegatedAdministrators: { "cloudtrail.amazonaws.com": [member] } }),
    accountId: member,
    code: "NoManagementAccountSLRExistsException",
  },
];

for (const row of [...parameters, ...world]) {
  test(`CreateTrail is refused when ${row.why} (${row.source})`, async () => {
    const made = madeUpApi();
    await row.given?.(made);
    const before = made.trails.all();
    const who = row.accountId === undefined ? {} : { accountId: row.accountId };
    await assertRefused(made.call("CreateTrail", { ...good, ...row.input }, who), row.code);
    assert.deepEqual(made.trails.all(), before);
  });
}

test("what is wrong with the parameters is told before what is wrong with the world (our choice)", async () => {
  const made = madeUpApi();
  refuse(bucket, "NoSuchBucket")(made);
  await assertRefused(made.call("CreateTrail", { ...good, KmsKeyId: "my key" }), "InvalidKmsKeyIdException");
});

test("of two trails of one name that are made at once one is there", async () => {
  const made = madeUpApi();
  const both = await Promise.allSettled([made.call("CreateTrail", good), made.call("CreateTrail", good)]);
  assert.deepEqual(both.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  assert.equal(made.trails.all().length, 1);
});

test("no message goes to the topic of a trail that was refused for its bucket", async () => {
  const made = madeUpApi();
  refuse(`probe ${bucket}`, "AccessDenied")(made);
  await assertRefused(
    made.call("CreateTrail", { ...good, SnsTopicName: topic }),
    "InsufficientS3BucketPolicyException",
  );
  assert.deepEqual(made.outlets.published, []);
});

test("an account outside of the organization does not find its trail", async () => {
  const made = madeUpApi();
  organize({})(made);
  await made.call("CreateTrail", { ...good, IsOrganizationTrail: true });
  await assertRefused(made.call("GetTrail", { Name: arn }, { accountId: stranger }), "TrailNotFoundException");
});
