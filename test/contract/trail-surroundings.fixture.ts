import { gunzipSync } from "node:zlib";

import { type AwsClient } from "../../src/aws/index.ts";
import { openSandbox, sandboxAccount, sandboxRegion, type TestSandbox } from "../../src/sandbox/sandbox.fixture.ts";

export const trailArn = `arn:aws:cloudtrail:${sandboxRegion}:${sandboxAccount}:trail/watched`;
const cloudTrail = { Service: "cloudtrail.amazonaws.com" };

/** A trail with everything that it can deliver to, and another beside it that has nothing to do with it. */
export interface Surroundings extends AsyncDisposable {
  readonly open: TestSandbox;
  readonly s3: AwsClient<"s3">;
  readonly sns: AwsClient<"sns">;
  readonly kms: AwsClient<"kms">;
  readonly iam: AwsClient<"iam">;
  readonly logs: AwsClient<"logs">;
  readonly cloudtrail: AwsClient<"cloudtrail">;
  readonly bucket: string;
  readonly topicArn: string;
  readonly keyId: string;
  readonly group: string;
  readonly role: string;
  /** Makes a call whose record is told apart from all others. */
  mark(name: string): Promise<void>;
  /** Lets time go by until the hour of a digest is over, and delivers what there is. */
  deliver(): Promise<void>;
  /** The marks in the log files of a bucket, as often as they are there. */
  marksIn(bucket: string): Promise<readonly string[]>;
  keysIn(bucket: string): Promise<readonly string[]>;
  /** The marks among the messages of the log group. */
  marksInGroup(): Promise<readonly string[]>;
  /** How many log files the topic has told of. */
  notices(): Promise<readonly string[]>;
}

export async function openSurroundings(options: Parameters<typeof openSandbox>[0] = {}): Promise<Surroundings> {
  await using starting = new AsyncDisposableStack();
  const open = starting.use(await openSandbox(options));
  const [s3, sns, sqs, kms] = [
    await open.client("s3"),
    await open.client("sns"),
    await open.client("sqs"),
    await open.client("kms"),
  ];
  const [iam, logs, cloudtrail] = [
    await open.client("iam"),
    await open.client("logs"),
    await open.client("cloudtrail"),
  ];
  for (const bucket of ["watched-records", "other-records"]) {
    await makeBucket(s3, bucket);
    await s3.call("PutBucketPolicy", { Bucket: bucket, Policy: bucketPolicy({ bucket, trailArns: "*" }) });
  }
  const { KeyMetadata } = await kms.call("CreateKey", { Policy: keyPolicy([]) });
  const keyId = KeyMetadata?.Arn ?? "";
  await kms.call("PutKeyPolicy", { KeyId: keyId, Policy: keyPolicy(letCloudTrailUseTheKey) });
  const { TopicArn: topicArn = "" } = await sns.call("CreateTopic", { Name: "watched" });
  await sns.call("SetTopicAttributes", {
    TopicArn: topicArn,
    AttributeName: "Policy",
    AttributeValue: topicPolicy(topicArn),
  });
  const { QueueUrl = "" } = await sqs.call("CreateQueue", { QueueName: "watched" });
  const Endpoint = `arn:aws:sqs:${sandboxRegion}:${sandboxAccount}:watched`;
  const letIn = { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: Endpoint };
  await sqs.call("SetQueueAttributes", { QueueUrl, Attributes: { Policy: policy([letIn]) } });
  await sns.call("Subscribe", {
    TopicArn: topicArn,
    Protocol: "sqs",
    Endpoint,
    Attributes: { RawMessageDelivery: "true" },
  });
  const [group, role] = ["watched", "watched-logs"];
  await logs.call("CreateLogGroup", { logGroupName: group });
  await iam.call("CreateRole", { RoleName: role, AssumeRolePolicyDocument: roleTrust });
  await iam.call("PutRolePolicy", { RoleName: role, PolicyName: "write", PolicyDocument: rolePolicy(group) });

  const [bucket, home] = ["watched-records", sandboxRegion];
  await cloudtrail.call("CreateTrail", {
    Name: "watched",
    S3BucketName: bucket,
    SnsTopicName: topicArn,
    KmsKeyId: keyId,
    EnableLogFileValidation: true,
    CloudWatchLogsLogGroupArn: `arn:aws:logs:${home}:${sandboxAccount}:log-group:${group}:*`,
    CloudWatchLogsRoleArn: `arn:aws:iam::${sandboxAccount}:role/${role}`,
  });
  await cloudtrail.call("CreateTrail", { Name: "other", S3BucketName: "other-records" });
  for (const Name of ["watched", "other"]) await cloudtrail.call("StartLogging", { Name });

  const told: string[] = [];
  const stack = starting.move();
  return {
    open,
    s3,
    sns,
    kms,
    iam,
    logs,
    cloudtrail,
    bucket,
    topicArn,
    keyId,
    group,
    role,
    mark: async (name) => void (await logs.call("CreateLogGroup", { logGroupName: `mark-${name}` })),
    async deliver() {
      open.sandbox.clock.advance(3_600_000);
      await open.sandbox.delivery.deliverNow();
    },
    keysIn: (of) => keysOf(s3, of),
    marksIn: (of) => marksOf(s3, of),
    async marksInGroup() {
      const { events = [] } = await logs.call("FilterLogEvents", { logGroupName: group });
      return events.flatMap(({ message = "{}" }) => marksAmong([JSON.parse(message)]));
    },
    async notices() {
      for (;;) {
        const { Messages = [] } = await sqs.call("ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10 });
        if (Messages.length === 0) return told;
        for (const { Body = "", ReceiptHandle = "" } of Messages) {
          if (Body.startsWith("{")) told.push(...(JSON.parse(Body) as { s3ObjectKey: string[] }).s3ObjectKey);
          await sqs.call("DeleteMessage", { QueueUrl, ReceiptHandle });
        }
      }
    },
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

export async function makeBucket(s3: AwsClient<"s3">, Bucket: string): Promise<void> {
  await s3.call("CreateBucket", { Bucket, CreateBucketConfiguration: { LocationConstraint: sandboxRegion } });
}

export function policy(statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

export interface BucketPolicyParts {
  readonly bucket: string;
  /** May have wildcards. */
  readonly trailArns?: string;
  /** What stands before and after `AWSLogs/`. */
  readonly prefix?: string;
  readonly folders?: readonly string[];
  readonly acl?: string;
  readonly sourceAccount?: string;
}

/** CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail". */
export function bucketPolicy(parts: BucketPolicyParts): string {
  const { bucket, trailArns = trailArn, prefix = "", folders = [sandboxAccount] } = parts;
  const source = {
    StringLike: { "aws:SourceArn": trailArns },
    ...(parts.sourceAccount === undefined ? {} : { StringEquals: { "aws:SourceAccount": parts.sourceAccount } }),
  };
  const acl = { "s3:x-amz-acl": parts.acl ?? "bucket-owner-full-control" };
  return policy([
    {
      Effect: "Allow",
      Principal: cloudTrail,
      Action: "s3:GetBucketAcl",
      Resource: `arn:aws:s3:::${bucket}`,
      Condition: source,
    },
    {
      Effect: "Allow",
      Principal: cloudTrail,
      Action: "s3:PutObject",
      Resource: folders.map((folder) => `arn:aws:s3:::${bucket}/${prefix}AWSLogs/${folder}/*`),
      Condition: { ...source, StringEquals: { ...source.StringEquals, ...acl } },
    },
  ]);
}

/** CloudTrail User Guide, "Amazon SNS topic policy for CloudTrail". */
export function topicPolicy(topicArn: string, of = trailArn): string {
  const Condition = { StringEquals: { "aws:SourceArn": of } };
  return policy([{ Effect: "Allow", Principal: cloudTrail, Action: "SNS:Publish", Resource: topicArn, Condition }]);
}

const ownerOfTheKey = {
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${sandboxAccount}:root` },
  Action: "kms:*",
  Resource: "*",
};

/** CloudTrail User Guide, "Configure AWS KMS key policies for CloudTrail". */
export const letCloudTrailUseTheKey: readonly object[] = [
  {
    Effect: "Allow",
    Principal: cloudTrail,
    Action: "kms:GenerateDataKey*",
    Resource: "*",
    Condition: {
      StringEquals: { "aws:SourceArn": trailArn },
      StringLike: { "kms:EncryptionContext:aws:cloudtrail:arn": `arn:aws:cloudtrail:*:${sandboxAccount}:trail/*` },
    },
  },
  { Effect: "Allow", Principal: cloudTrail, Action: "kms:DescribeKey", Resource: "*" },
];

export function keyPolicy(statements: readonly object[]): string {
  return policy([ownerOfTheKey, ...statements]);
}

export const roleTrust = policy([{ Effect: "Allow", Principal: cloudTrail, Action: "sts:AssumeRole" }]);

/** CloudTrail User Guide, "Role policy document for CloudTrail to use CloudWatch Logs for monitoring". */
export function rolePolicy(group: string): string {
  const stream = `${sandboxAccount}_CloudTrail_${sandboxRegion}*`;
  const Resource = `arn:aws:logs:${sandboxRegion}:${sandboxAccount}:log-group:${group}:log-stream:${stream}`;
  return policy([{ Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource }]);
}

export async function keysOf(s3: AwsClient<"s3">, Bucket: string): Promise<readonly string[]> {
  const { Contents = [] } = await s3.call("ListObjectsV2", { Bucket });
  return Contents.map(({ Key = "" }) => Key).filter((key) => key.includes("/CloudTrail/"));
}

export async function marksOf(s3: AwsClient<"s3">, Bucket: string): Promise<readonly string[]> {
  const marks: string[] = [];
  for (const Key of await keysOf(s3, Bucket)) {
    const { Body } = await s3.call("GetObject", { Bucket, Key });
    const text = gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array()).toString("utf8");
    marks.push(...marksAmong((JSON.parse(text) as { Records: readonly unknown[] }).Records));
  }
  return marks.toSorted();
}

function marksAmong(records: readonly unknown[]): readonly string[] {
  return records.flatMap((record) => {
    const { requestParameters } = record as { requestParameters?: { logGroupName?: string } | null };
    const name = requestParameters?.logGroupName ?? "";
    return name.startsWith("mark-") ? [name.slice("mark-".length)] : [];
  });
}
