import { AwsCallError, type AwsClient, clientFor, type Credentials, type ServiceName } from "../aws/index.ts";
import { madeUpAccounts, madeUpRegions } from "./made-up-events/accounts.ts";
import { type Sandbox } from "./start-sandbox.ts";

/** What a collector has to know to read the company's log files. */
export interface CollectionWiring {
  /** The account that trail, bucket, topic and queue belong to. */
  readonly accountId: string;
  readonly region: string;
  readonly trailArn: string;
  readonly bucket: string;
  readonly topicArn: string;
  readonly queueArn: string;
  readonly queueUrl: string;
  /** Of a user who may read the queue, the bucket and what the trail says of itself, and nothing else. */
  readonly credentials: Credentials;
}

const region = madeUpRegions[0] ?? "eu-central-1";
const manager = madeUpAccounts.find(({ purpose }) => purpose === "security")?.id ?? "";
const members = madeUpAccounts.filter(({ id }) => id !== manager).map(({ id }) => id);
const cloudTrail = "cloudtrail.amazonaws.com";
const names = { trail: "example-organization", topic: "cloudtrail-files", queue: "trailwarden", user: "trailwarden" };
const bucket = `example-cloudtrail-${manager}`;
const trailArn = `arn:aws:cloudtrail:${region}:${manager}:trail/${names.trail}`;
const topicArn = `arn:aws:sns:${region}:${manager}:${names.topic}`;
const queueArn = `arn:aws:sqs:${region}:${manager}:${names.queue}`;

/**
 * Makes the made-up company one organization with a trail of it, which records all accounts and regions into one bucket
 * and announces its files in a queue; what is there already stays. All of it by calls that anybody could make.
 */
export async function ensureCollectionWiring(sandbox: Sandbox): Promise<CollectionWiring> {
  await using clients = new AsyncDisposableStack();
  const clientOf = async <S extends ServiceName>(service: S, accountId = manager): Promise<AwsClient<S>> => {
    const credentials = sandbox.administrator(accountId);
    return clients.use(await clientFor(service, { endpoint: sandbox.url, region, credentials, customUserAgent }));
  };
  const organizationId = await ensureOrganization(clientOf);
  const [s3, sns, sqs, trails, iam] = [
    await clientOf("s3"),
    await clientOf("sns"),
    await clientOf("sqs"),
    await clientOf("cloudtrail"),
    await clientOf("iam"),
  ];

  const CreateBucketConfiguration = { LocationConstraint: region as "eu-central-1" };
  await unless("BucketAlreadyOwnedByYou", s3.call("CreateBucket", { Bucket: bucket, CreateBucketConfiguration }));
  await s3.call("PutBucketPolicy", { Bucket: bucket, Policy: bucketPolicy(organizationId) });
  await sns.call("CreateTopic", { Name: names.topic });
  await sns.call("SetTopicAttributes", {
    TopicArn: topicArn,
    AttributeName: "Policy",
    AttributeValue: policy(allowService(cloudTrail, "SNS:Publish", topicArn, { "aws:SourceArn": trailArn })),
  });
  const { QueueUrl: queueUrl = "" } = await sqs.call("CreateQueue", {
    QueueName: names.queue,
    Attributes: {
      Policy: policy(allowService("sns.amazonaws.com", "sqs:SendMessage", queueArn, { "aws:SourceArn": topicArn })),
    },
  });
  await sns.call("Subscribe", { TopicArn: topicArn, Protocol: "sqs", Endpoint: queueArn });
  await unless(
    "TrailAlreadyExistsException",
    trails.call("CreateTrail", {
      Name: names.trail,
      S3BucketName: bucket,
      SnsTopicName: topicArn,
      IsMultiRegionTrail: true,
      IsOrganizationTrail: true,
      EnableLogFileValidation: true,
    }),
  );
  await trails.call("PutEventSelectors", { TrailName: names.trail, AdvancedEventSelectors: selectors });
  await trails.call("StartLogging", { Name: names.trail });
  const places = { accountId: manager, region, trailArn, bucket, topicArn, queueArn, queueUrl };
  return { ...places, credentials: await ensureReader(iam) };
}

const customUserAgent = "trailwarden-sandbox";

type ClientOf = <S extends ServiceName>(service: S, accountId?: string) => Promise<AwsClient<S>>;

async function ensureOrganization(clientOf: ClientOf): Promise<string> {
  const organizations = await clientOf("organizations");
  await unless("AlreadyInOrganizationException", organizations.call("CreateOrganization", { FeatureSet: "ALL" }));
  const { Organization } = await organizations.call("DescribeOrganization", {});
  const { Accounts = [] } = await organizations.call("ListAccounts", {});
  const there = new Set(Accounts.map(({ Id }) => Id));
  for (const member of members.filter((id) => !there.has(id))) {
    const { Handshake } = await organizations.call("InviteAccountToOrganization", {
      Target: { Id: member, Type: "ACCOUNT" },
    });
    const invited = await clientOf("organizations", member);
    await invited.call("AcceptHandshake", { HandshakeId: Handshake?.Id });
  }
  await organizations.call("EnableAWSServiceAccess", { ServicePrincipal: cloudTrail });
  return Organization?.Id ?? "";
}

/** A user for the collector with one fresh key; older keys of it are taken away. */
async function ensureReader(iam: AwsClient<"iam">): Promise<Credentials> {
  const UserName = names.user;
  await unless("EntityAlreadyExists", iam.call("CreateUser", { UserName }));
  const PolicyDocument = policy(
    {
      Effect: "Allow",
      Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"],
      Resource: queueArn,
    },
    { Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${bucket}/*` },
    { Effect: "Allow", Action: ["s3:ListBucket", "s3:GetBucketLocation"], Resource: `arn:aws:s3:::${bucket}` },
    // What verifying asks: keys that sign, and whether a trail that is silent was stopped.
    {
      Effect: "Allow",
      Action: ["cloudtrail:ListPublicKeys", "cloudtrail:DescribeTrails", "cloudtrail:GetTrailStatus"],
      Resource: "*",
    },
  );
  await iam.call("PutUserPolicy", { UserName, PolicyName: "read-log-files", PolicyDocument });
  const { AccessKeyMetadata: keys = [] } = await iam.call("ListAccessKeys", { UserName });
  for (const { AccessKeyId } of keys) await iam.call("DeleteAccessKey", { UserName, AccessKeyId });
  const { AccessKey } = await iam.call("CreateAccessKey", { UserName });
  return { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
}

/** CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail": an organization's trail writes below both folders. */
function bucketPolicy(organizationId: string): string {
  const write = { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceArn": trailArn };
  const arn = `arn:aws:s3:::${bucket}`;
  return policy(
    allowService(cloudTrail, "s3:GetBucketAcl", arn, { "aws:SourceArn": trailArn }),
    allowService(cloudTrail, "s3:PutObject", `${arn}/AWSLogs/${manager}/*`, write),
    allowService(cloudTrail, "s3:PutObject", `${arn}/AWSLogs/${organizationId}/*`, write),
  );
}

/** Management events, and what happens to objects, but for the bucket that the log files themselves come into. */
const selectors = [
  {
    Name: "Management events",
    FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }],
  },
  {
    Name: "Objects",
    FieldSelectors: [
      { Field: "eventCategory", Equals: ["Data"] },
      { Field: "resources.type", Equals: ["AWS::S3::Object"] },
      { Field: "resources.ARN", NotStartsWith: [`arn:aws:s3:::${bucket}/`] },
    ],
  },
];

function allowService(
  service: string,
  action: string,
  resource: string,
  equals: Readonly<Record<string, string>>,
): object {
  const Condition = { StringEquals: equals };
  return { Effect: "Allow", Principal: { Service: service }, Action: action, Resource: resource, Condition };
}

function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** Does something that may have been done before. */
async function unless(code: string, doing: Promise<unknown>): Promise<void> {
  try {
    await doing;
  } catch (error) {
    if (!(error instanceof AwsCallError) || error.code !== code) throw error;
  }
}
