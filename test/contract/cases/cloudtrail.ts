import { type Aws, defineCases, outcome } from "../contract-case.ts";
import { bucketPolicy, makeBucket, policy, trailSetting, trailWith } from "./trail-setting.ts";

const api = (operation: string) => `CloudTrail API Reference, ${operation}`;

/** Names a trail of a case as `trail`, so that answers can be compared with what is written here. */
const named = (aws: Aws, value: object): unknown => JSON.parse(JSON.stringify(value).replaceAll(aws.name(""), ""));

const createRefused = (why: string, source: string, input: object, expected: string) => ({
  name: `a trail is refused ${why}`,
  source,
  run: async (aws: Aws) => {
    const { bucket, trail } = await trailSetting(aws);
    return await outcome(aws.call("cloudtrail", "CreateTrail", { Name: trail, S3BucketName: bucket, ...input }));
  },
  expected,
});

const trailArn = "arn:aws:cloudtrail:eu-central-1:123456789012:trail/trail";

export const cloudTrailCases = defineCases([
  {
    name: "a new trail answers what was set, and its defaults",
    source: api("CreateTrail, Response Elements"),
    run: async (aws) => {
      const { made } = await trailWith(aws, { S3KeyPrefix: undefined });
      const {
        $metadata: _,
        RecursiveLogging: __,
        ...answered
      } = made as typeof made & { $metadata?: unknown; RecursiveLogging?: boolean };
      return named(aws, answered);
    },
    expected: {
      Name: "trail",
      S3BucketName: "trail-bucket",
      IncludeGlobalServiceEvents: true,
      IsMultiRegionTrail: false,
      TrailARN: trailArn,
      LogFileValidationEnabled: false,
      IsOrganizationTrail: false,
    },
  },
  createRefused(
    "with two adjacent signs in its name",
    api("CreateTrail, Name"),
    { Name: "my--trail" },
    "InvalidTrailNameException 400",
  ),
  createRefused(
    "with a name of two characters",
    api("CreateTrail, Name"),
    { Name: "ab" },
    "InvalidTrailNameException 400",
  ),
  createRefused(
    "with the name of an address",
    api("CreateTrail, Name"),
    { Name: "192.168.5.4" },
    "InvalidTrailNameException 400",
  ),
  createRefused(
    "with a name that ends with a dash",
    api("CreateTrail, Name"),
    { Name: "trail-" },
    "InvalidTrailNameException 400",
  ),
  createRefused(
    "without its bucket",
    api("CreateTrail, S3BucketDoesNotExistException"),
    { S3BucketName: "contract-no-such-bucket" },
    "S3BucketDoesNotExistException 400",
  ),
  createRefused(
    "with a bucket's name that is none",
    api("CreateTrail, InvalidS3BucketNameException"),
    { S3BucketName: "No_Name" },
    "InvalidS3BucketNameException 400",
  ),
  createRefused(
    "without its topic",
    api("CreateTrail, InsufficientSnsTopicPolicyException"),
    { SnsTopicName: "contract-no-such-topic" },
    "InsufficientSnsTopicPolicyException 400",
  ),
  createRefused(
    "with all regions but no global services",
    api("CreateTrail, InvalidParameterCombinationException"),
    { IsMultiRegionTrail: true, IncludeGlobalServiceEvents: false },
    "InvalidParameterCombinationException 400",
  ),
  createRefused(
    "without its key",
    api("CreateTrail, KmsKeyNotFoundException"),
    { KmsKeyId: "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-4000-8000-000000000000" },
    "KmsKeyNotFoundException 400",
  ),
  createRefused(
    "with a log group but no role",
    api("CreateTrail, CloudWatchLogsLogGroupArn"),
    { CloudWatchLogsLogGroupArn: "arn:aws:logs:eu-central-1:123456789012:log-group:none:*" },
    "InvalidCloudWatchLogsRoleArnException 400",
  ),
  createRefused(
    "with a prefix of 201 characters",
    api("CreateTrail, S3KeyPrefix"),
    { S3KeyPrefix: "p".repeat(201) },
    "InvalidS3PrefixException 400",
  ),
  createRefused(
    "with 51 tags",
    api("CreateTrail, TagsLimitExceededException"),
    { TagsList: Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}`, Value: "v" })) },
    "TagsLimitExceededException 400",
  ),
  createRefused(
    "for an organization that is not there",
    api("CreateTrail, OrganizationsNotInUseException"),
    { IsOrganizationTrail: true },
    "OrganizationsNotInUseException 400",
  ),
  {
    name: "a trail is refused when the bucket's policy does not let CloudTrail in",
    source: 'CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail"',
    run: async (aws) => {
      const bucket = aws.name("bucket");
      await makeBucket(aws, bucket);
      return await outcome(aws.call("cloudtrail", "CreateTrail", { Name: aws.name("trail"), S3BucketName: bucket }));
    },
    expected: "InsufficientS3BucketPolicyException 400",
  },
  {
    name: "a trail is refused when the bucket's policy is for another prefix",
    source: 'CloudTrail User Guide, "Changing a prefix for an existing bucket"',
    run: async (aws) => {
      const { bucket, trail } = await trailSetting(aws, "trail", "logs/");
      const input = { Name: trail, S3BucketName: bucket, S3KeyPrefix: "elsewhere" };
      return await outcome(aws.call("cloudtrail", "CreateTrail", input));
    },
    expected: "InsufficientS3BucketPolicyException 400",
  },
  {
    name: "a trail is refused when the bucket's policy is for another trail",
    source: 'CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail", aws:SourceArn',
    run: async (aws) => {
      const { bucket } = await trailSetting(aws);
      return await outcome(aws.call("cloudtrail", "CreateTrail", { Name: aws.name("other"), S3BucketName: bucket }));
    },
    expected: "InsufficientS3BucketPolicyException 400",
  },
  {
    name: "a trail is refused when its topic's policy does not let CloudTrail publish",
    source: 'CloudTrail User Guide, "Amazon SNS topic policy for CloudTrail"',
    run: async (aws) => {
      const { bucket, trail } = await trailSetting(aws);
      const topic = aws.name("topic");
      await aws.call("sns", "CreateTopic", { Name: topic });
      const input = { Name: trail, S3BucketName: bucket, SnsTopicName: topic };
      return await outcome(aws.call("cloudtrail", "CreateTrail", input));
    },
    expected: "InsufficientSnsTopicPolicyException 400",
  },
  {
    name: "a trail takes its topic by name or by ARN",
    source: api("CreateTrail, SnsTopicName"),
    run: async (aws) => {
      const { bucket, trail, trailArn: arn } = await trailSetting(aws);
      const topic = aws.name("topic");
      const { TopicArn = "" } = await aws.call("sns", "CreateTopic", { Name: topic });
      const Policy = policy([
        {
          Effect: "Allow",
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Action: "SNS:Publish",
          Resource: TopicArn,
          Condition: { StringEquals: { "aws:SourceArn": arn } },
        },
      ]);
      await aws.call("sns", "SetTopicAttributes", { TopicArn, AttributeName: "Policy", AttributeValue: Policy });
      const byArn = await outcome(
        aws.call("cloudtrail", "CreateTrail", { Name: trail, S3BucketName: bucket, SnsTopicName: TopicArn }),
      );
      const byName = await outcome(aws.call("cloudtrail", "UpdateTrail", { Name: trail, SnsTopicName: topic }));
      const { Trail } = await aws.call("cloudtrail", "GetTrail", { Name: trail }).catch(() => ({ Trail: undefined }));
      return { byArn, byName, told: Trail?.SnsTopicARN === TopicArn };
    },
    expected: { byArn: "taken", byName: "taken", told: true },
  },
  {
    name: "a trail of a name that is taken is refused, and the first stays",
    source: api("CreateTrail, TrailAlreadyExistsException"),
    run: async (aws) => {
      const { bucket, trail } = await trailWith(aws);
      const again = await outcome(
        aws.call("cloudtrail", "CreateTrail", { Name: trail, S3BucketName: bucket, EnableLogFileValidation: true }),
      );
      const { Trail } = await aws.call("cloudtrail", "GetTrail", { Name: trail });
      return { again, validation: Trail?.LogFileValidationEnabled };
    },
    expected: { again: "TrailAlreadyExistsException 400", validation: false },
  },
  {
    name: "a trail does not log until it is started",
    source: api("CreateTrail and StartLogging"),
    run: async (aws) => {
      const { trail } = await trailWith(aws);
      const before = await aws.call("cloudtrail", "GetTrailStatus", { Name: trail });
      await aws.call("cloudtrail", "StartLogging", { Name: trail });
      const during = await aws.call("cloudtrail", "GetTrailStatus", { Name: trail });
      await aws.call("cloudtrail", "StopLogging", { Name: trail });
      const afterwards = await aws.call("cloudtrail", "GetTrailStatus", { Name: trail });
      return [before, during, afterwards].map(({ IsLogging, StartLoggingTime, StopLoggingTime }) => [
        IsLogging,
        StartLoggingTime instanceof Date,
        StopLoggingTime instanceof Date,
      ]);
    },
    expected: [
      [false, false, false],
      [true, true, false],
      [false, true, true],
    ],
  },
  {
    name: "logging is started by a trail's ARN",
    source: api("StartLogging, Name"),
    run: async (aws) => {
      const { trailArn: Name } = await trailWith(aws);
      const started = await outcome(aws.call("cloudtrail", "StartLogging", { Name }));
      return [started, (await aws.call("cloudtrail", "GetTrailStatus", { Name })).IsLogging];
    },
    expected: ["taken", true],
  },
  {
    name: "trails are described by their names only",
    source: api("DescribeTrails, trailNameList"),
    run: async (aws) => {
      const { trail, bucket } = await trailWith(aws);
      const Policy = bucketPolicy(aws, bucket, `arn:aws:cloudtrail:*:${aws.accountId}:trail/*`);
      await aws.call("s3", "PutBucketPolicy", {
        Bucket: bucket,
        Policy: Policy.replaceAll("StringEquals", "StringLike"),
      });
      const asked = async (trailNameList: readonly string[]) => {
        const { trailList = [] } = await aws.call("cloudtrail", "DescribeTrails", {
          trailNameList: [...trailNameList],
        });
        return {
          mine: trailList.some(({ Name }) => Name === trail),
          others: trailList.some(({ Name }) => Name !== trail),
        };
      };
      await aws.call("cloudtrail", "CreateTrail", { Name: `${trail}-2`, S3BucketName: bucket });
      aws.afterwards(async () => void (await aws.call("cloudtrail", "DeleteTrail", { Name: `${trail}-2` })));
      return [await asked([trail]), await asked([aws.name("none")])];
    },
    expected: [
      { mine: true, others: false },
      { mine: false, others: false },
    ],
  },
  {
    name: "a trail of all regions is seen in each, and belongs to one",
    source: api("DescribeTrails, includeShadowTrails"),
    run: async (aws) => {
      const { trail } = await trailWith(aws, { IsMultiRegionTrail: true });
      const elsewhere = { region: "us-east-1" };
      const asked = async (includeShadowTrails: boolean) => {
        const { trailList = [] } = await aws.call("cloudtrail", "DescribeTrails", { includeShadowTrails }, elsewhere);
        return trailList.filter(({ Name }) => Name === trail).map(({ HomeRegion }) => HomeRegion);
      };
      const seen = [await asked(true), await asked(false)];
      const stopped = await outcome(aws.call("cloudtrail", "StopLogging", { Name: trail }, elsewhere));
      return { seen, stopped };
    },
    expected: { seen: [["eu-central-1"], []], stopped: "InvalidHomeRegionException 400" },
  },
  ...(["GetTrail", "GetTrailStatus", "DeleteTrail", "StartLogging", "StopLogging", "UpdateTrail"] as const).map(
    (operation) => ({
      name: `${operation} of a trail that is not there is refused`,
      source: api(`${operation}, TrailNotFoundException`),
      run: (aws: Aws) => outcome(aws.call("cloudtrail", operation, { Name: aws.name("none") })),
      expected: "TrailNotFoundException 400",
    }),
  ),
  {
    name: "a trail that is changed answers the change",
    source: api("UpdateTrail"),
    run: async (aws) => {
      const { trail } = await trailWith(aws);
      const { LogFileValidationEnabled, IsMultiRegionTrail } = await aws.call("cloudtrail", "UpdateTrail", {
        Name: trail,
        EnableLogFileValidation: true,
      });
      return { LogFileValidationEnabled, IsMultiRegionTrail };
    },
    expected: { LogFileValidationEnabled: true, IsMultiRegionTrail: false },
  },
  {
    name: "a trail is not moved to a bucket that is not there",
    source: api("UpdateTrail, S3BucketDoesNotExistException"),
    run: async (aws) => {
      const { trail } = await trailWith(aws);
      return await outcome(
        aws.call("cloudtrail", "UpdateTrail", { Name: trail, S3BucketName: "contract-no-such-bucket" }),
      );
    },
    expected: "S3BucketDoesNotExistException 400",
  },
  {
    name: "a deleted trail is gone, by ARN too",
    source: api("DeleteTrail, Name"),
    run: async (aws) => {
      const { trail, trailArn: Name } = await trailWith(aws);
      const deleted = await outcome(aws.call("cloudtrail", "DeleteTrail", { Name }));
      return [deleted, await outcome(aws.call("cloudtrail", "GetTrailStatus", { Name: trail }))];
    },
    expected: ["taken", "TrailNotFoundException 400"],
  },
  {
    name: "a sixth trail of a region is refused",
    source: 'CloudTrail User Guide, "Quotas in AWS CloudTrail"',
    run: async (aws) => {
      // In a region that no other case has trails in.
      const as = { region: "eu-west-3" };
      const [bucket, arnOf] = [
        aws.name("bucket"),
        (name: string) => `arn:aws:cloudtrail:eu-west-3:${aws.accountId}:trail/${name}`,
      ];
      await makeBucket(aws, bucket);
      await aws.call("s3", "PutBucketPolicy", {
        Bucket: bucket,
        Policy: bucketPolicy(aws, bucket, arnOf("*")).replaceAll("StringEquals", "StringLike"),
      });
      const outcomes: string[] = [];
      for (const n of [1, 2, 3, 4, 5, 6]) {
        const input = { Name: aws.name(`trail-${n}`), S3BucketName: bucket };
        outcomes.push(await outcome(aws.call("cloudtrail", "CreateTrail", input, as)));
      }
      return outcomes;
    },
    expected: ["taken", "taken", "taken", "taken", "taken", "MaximumNumberOfTrailsExceededException 400"],
  },
]);
