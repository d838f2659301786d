import { sandboxAccount } from "../../../src/sandbox/sandbox.fixture.ts";
import { keyPolicy, makeBucket, policy, rolePolicy, trailArn } from "../trail-surroundings.fixture.ts";
import { accounts, type Asked, type ExceptionCase } from "./asked.ts";

const api = (operation: string) => `CloudTrail API Reference, ${operation}`;

/** A trail that would be taken but for what a case changes. */
const create = ({ ask }: Asked, change: object = {}) =>
  ask("CreateTrail", { Name: "another", S3BucketName: "other-records", ...change });

const group = `arn:aws:logs:eu-central-1:${sandboxAccount}:log-group:watched:*`;
const role = `arn:aws:iam::${sandboxAccount}:role/watched-logs`;

/** What is refused about trails, their selectors and tags. */
export const trailExceptions: Readonly<Record<string, ExceptionCase>> = {
  CloudTrailARNInvalidException: {
    when: "what is no trail's ARN is asked for",
    source: api("GetTrail"),
    call: ({ ask }) => ask("GetTrail", { Name: "arn:aws:s3:::bucket" }),
  },
  InsightNotEnabledException: {
    when: "a trail's insights are asked for that has none",
    source: api("GetInsightSelectors"),
    call: ({ ask }) => ask("GetInsightSelectors", { TrailName: "watched" }),
  },
  InsufficientEncryptionPolicyException: {
    when: "the key does not let CloudTrail in",
    source: 'CloudTrail User Guide, "Configure AWS KMS key policies for CloudTrail"',
    async call(asked) {
      const letsDescribe = { Effect: "Allow", Principal: "*", Action: "kms:DescribeKey", Resource: "*" };
      const { KeyMetadata } = await asked.kms.call("CreateKey", { Policy: keyPolicy([letsDescribe]) });
      await create(asked, { KmsKeyId: KeyMetadata?.Arn });
    },
  },
  InsufficientS3BucketPolicyException: {
    when: "the bucket does not let CloudTrail in",
    source: 'CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail"',
    async call(asked) {
      await makeBucket(asked.s3, "closed-records");
      await create(asked, { S3BucketName: "closed-records" });
    },
  },
  InsufficientSnsTopicPolicyException: {
    when: "the topic does not let CloudTrail in",
    source: 'CloudTrail User Guide, "Amazon SNS topic policy for CloudTrail"',
    async call(asked) {
      await asked.sns.call("CreateTopic", { Name: "closed" });
      await create(asked, { SnsTopicName: "closed" });
    },
  },
  InvalidCloudWatchLogsLogGroupArnException: {
    when: "there is no such log group",
    source: api("CreateTrail"),
    async call(asked) {
      const PolicyDocument = rolePolicy("missing");
      await asked.iam.call("PutRolePolicy", { RoleName: asked.role, PolicyName: "missing", PolicyDocument });
      const CloudWatchLogsLogGroupArn = group.replace("watched", "missing");
      await create(asked, { CloudWatchLogsLogGroupArn, CloudWatchLogsRoleArn: role });
    },
  },
  InvalidCloudWatchLogsRoleArnException: {
    when: "there is no such role",
    source: api("CreateTrail"),
    call: (asked) => create(asked, { CloudWatchLogsLogGroupArn: group, CloudWatchLogsRoleArn: `${role}-missing` }),
  },
  InvalidEventSelectorsException: {
    when: "six basic selectors are put",
    source: api("PutEventSelectors"),
    call: ({ ask }) =>
      ask("PutEventSelectors", {
        TrailName: "watched",
        EventSelectors: Array.from({ length: 6 }, () => ({ ReadWriteType: "All" as const })),
      }),
  },
  InvalidHomeRegionException: {
    when: "a trail is stopped away from home",
    source: api("StopLogging"),
    call: ({ ask }) => ask("StopLogging", { Name: trailArn }, { region: "us-east-1" }),
  },
  InvalidInsightSelectorsException: {
    when: "an insight is of an unknown type",
    source: api("PutInsightSelectors"),
    call: ({ ask }) =>
      ask("PutInsightSelectors", {
        TrailName: "watched",
        InsightSelectors: [{ InsightType: "Guess" as "ApiCallRateInsight" }],
      }),
  },
  InvalidKmsKeyIdException: {
    when: "what is no key is named",
    source: api("CreateTrail, KmsKeyId"),
    call: (asked) => create(asked, { KmsKeyId: "no key" }),
  },
  InvalidParameterCombinationException: {
    when: "all regions are wanted without global services",
    source: api("CreateTrail"),
    call: (asked) => create(asked, { IsMultiRegionTrail: true, IncludeGlobalServiceEvents: false }),
  },
  InvalidS3BucketNameException: {
    when: "the bucket's name is none",
    source: api("CreateTrail"),
    call: (asked) => create(asked, { S3BucketName: "No_Name" }),
  },
  InvalidS3PrefixException: {
    when: "the prefix has 201 characters",
    source: api("CreateTrail, S3KeyPrefix"),
    call: (asked) => create(asked, { S3KeyPrefix: "p".repeat(201) }),
  },
  InvalidSnsTopicNameException: {
    when: "the topic's name has a space",
    source: api("CreateTrail, SnsTopicName"),
    call: (asked) => create(asked, { SnsTopicName: "a topic" }),
  },
  InvalidTagParameterException: {
    when: "a tag is there twice",
    source: api("AddTags"),
    call: ({ ask }) => ask("AddTags", { ResourceId: trailArn, TagsList: [{ Key: "a" }, { Key: "a" }] }),
  },
  InvalidTrailNameException: {
    when: "the name has two adjacent signs",
    source: api("CreateTrail, Name"),
    call: (asked) => create(asked, { Name: "my-_namespace" }),
  },
  KmsException: {
    when: "the key is disabled",
    source: api("CreateTrail"),
    async call(asked) {
      const { KeyMetadata } = await asked.kms.call("CreateKey", {
        Policy: keyPolicy([
          { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" }, Action: "kms:*", Resource: "*" },
        ]),
      });
      const KeyId = KeyMetadata?.Arn ?? "";
      await asked.kms.call("DisableKey", { KeyId });
      await create(asked, { KmsKeyId: KeyId });
    },
  },
  KmsKeyNotFoundException: {
    when: "the key is not in the bucket's region",
    source: api("CreateTrail"),
    async call(asked) {
      const kms = await asked.open.client("kms", { region: "us-east-1" });
      const { KeyMetadata } = await kms.call("CreateKey", {
        Policy: keyPolicy([
          { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" }, Action: "kms:*", Resource: "*" },
        ]),
      });
      await create(asked, { KmsKeyId: KeyMetadata?.Arn });
    },
  },
  MaximumNumberOfTrailsExceededException: {
    when: "a region has five",
    source: 'CloudTrail User Guide, "Quotas in AWS CloudTrail"',
    async call({ ask, s3 }) {
      await s3.call("PutBucketPolicy", {
        Bucket: "other-records",
        Policy: policy([
          {
            Effect: "Allow",
            Principal: { Service: "cloudtrail.amazonaws.com" },
            Action: "s3:*",
            Resource: ["arn:aws:s3:::other-records", "arn:aws:s3:::other-records/*"],
          },
        ]),
      });
      for (const n of [1, 2, 3, 4, 5, 6]) {
        await ask("CreateTrail", { Name: `full-${n}`, S3BucketName: "other-records" }, { region: "eu-west-3" });
      }
    },
  },
  OperationNotPermittedException: {
    when: "tags are put away from home",
    source: `${api("AddTags")}: only from the home region`,
    call: ({ ask }) => ask("AddTags", { ResourceId: trailArn, TagsList: [{ Key: "a" }] }, { region: "us-east-1" }),
  },
  ResourceNotFoundException: {
    when: "tags are put on a trail that is not there",
    source: api("AddTags"),
    call: ({ ask }) => ask("AddTags", { ResourceId: `${trailArn}-missing`, TagsList: [{ Key: "a" }] }),
  },
  S3BucketDoesNotExistException: {
    when: "there is no such bucket",
    source: api("CreateTrail"),
    call: (asked) => create(asked, { S3BucketName: "missing-records" }),
  },
  TagsLimitExceededException: {
    when: "there are 51",
    source: api("AddTags"),
    call: ({ ask }) =>
      ask("AddTags", { ResourceId: trailArn, TagsList: Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}` })) }),
  },
  TrailAlreadyExistsException: {
    when: "the name is taken",
    source: api("CreateTrail"),
    call: (asked) => create(asked, { Name: "watched" }),
  },
  TrailNotFoundException: {
    when: "there is no such trail",
    source: api("GetTrailStatus"),
    call: ({ ask }) => ask("GetTrailStatus", { Name: "missing" }),
  },
  UnsupportedOperationException: {
    when: "a query is started, which this CloudTrail does not do",
    source: api("StartQuery"),
    call: ({ ask }) => ask("StartQuery", { QueryStatement: "SELECT 1" }),
  },
  InvalidEventCategoryException: {
    when: "events of an unknown category are looked up",
    source: api("LookupEvents"),
    call: ({ ask }) => ask("LookupEvents", { EventCategory: "data" as "insight" }),
  },
  InvalidLookupAttributesException: {
    when: "events are looked up by two attributes",
    source: api("LookupEvents"),
    call: ({ ask }) =>
      ask("LookupEvents", {
        LookupAttributes: [
          { AttributeKey: "EventName", AttributeValue: "a" },
          { AttributeKey: "Username", AttributeValue: "a" },
        ],
      }),
  },
  InvalidMaxResultsException: {
    when: "51 events are looked up at once",
    source: api("LookupEvents"),
    call: ({ ask }) => ask("LookupEvents", { MaxResults: 51 }),
  },
  InvalidNextTokenException: {
    when: "a token is made up",
    source: api("LookupEvents"),
    call: ({ ask }) => ask("LookupEvents", { NextToken: "made-up" }),
  },
  InvalidTimeRangeException: {
    when: "the end is before the start",
    source: api("LookupEvents"),
    call: ({ ask }) => ask("LookupEvents", { StartTime: new Date(2_000_000), EndTime: new Date(1_000_000) }),
  },
  InvalidTokenException: {
    when: "a token is given to what has none",
    source: api("ListPublicKeys"),
    call: ({ ask }) => ask("ListPublicKeys", { NextToken: "made-up" }),
  },
  OrganizationsNotInUseException: {
    when: "the account is in no organization",
    source: 'CloudTrail User Guide, "Prepare for creating a trail for your organization"',
    call: (asked) => create(asked, { IsOrganizationTrail: true }),
  },
  OrganizationNotInAllFeaturesModeException: {
    when: "the organization is for bills alone",
    source: 'CloudTrail User Guide, "Prepare for creating a trail for your organization"',
    call: ({ ask }) =>
      ask(
        "CreateTrail",
        { Name: "org", S3BucketName: "other-records", IsOrganizationTrail: true },
        { accountId: accounts.billing },
      ),
  },
  CloudTrailAccessNotEnabledException: {
    when: "the organization does not trust CloudTrail",
    source: 'CloudTrail User Guide, "Prepare for creating a trail for your organization"',
    call: ({ ask }) =>
      ask(
        "CreateTrail",
        { Name: "org", S3BucketName: "other-records", IsOrganizationTrail: true },
        { accountId: accounts.untrusting },
      ),
  },
  NotOrganizationMasterAccountException: {
    when: "a member makes the organization's trail",
    source: 'CloudTrail User Guide, "Prepare for creating a trail for your organization"',
    call: ({ ask }) =>
      ask(
        "CreateTrail",
        { Name: "org", S3BucketName: "other-records", IsOrganizationTrail: true },
        { accountId: accounts.members[0] },
      ),
  },
  NoManagementAccountSLRExistsException: {
    when: "an administrator was registered past CloudTrail, and its role was never made",
    source: 'CloudTrail User Guide, "Organization delegated administrator"',
    async call({ ask, open }) {
      const accountId = accounts.members[3];
      const organizations = await open.client("organizations", { accountId: accounts.management });
      const ServicePrincipal = "cloudtrail.amazonaws.com";
      await organizations.call("RegisterDelegatedAdministrator", { AccountId: accountId, ServicePrincipal });
      try {
        await ask(
          "CreateTrail",
          { Name: "org", S3BucketName: "other-records", IsOrganizationTrail: true },
          { accountId },
        );
      } finally {
        await organizations.call("DeregisterDelegatedAdministrator", { AccountId: accountId, ServicePrincipal });
      }
    },
  },
};
