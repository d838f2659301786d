import { cloudTrail } from "../service-principal.ts";

/** A statement as we write it; what others wrote is kept as it is. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Principal: { readonly Service: string };
  readonly Action: OneOrMore;
  readonly Resource: OneOrMore;
  readonly Condition: Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;
}

/** As policies write lists: a single value stands alone. */
export type OneOrMore = string | readonly string[];

export interface BucketGrant {
  readonly bucketArn: string;
  /** Before `AWSLogs`, without slashes at its ends; empty for none. */
  readonly prefix: string;
  /** Of trails, whole: an organization's with its management account and its home region. */
  readonly trailArns: readonly string[];
  /** Below `AWSLogs`: ids of accounts, and of an organization. */
  readonly folders: readonly string[];
}

/**
 * What CloudTrail needs of a bucket, for these trails alone (CloudTrail User Guide, "Amazon S3 bucket policy for
 * CloudTrail").
 */
export function bucketStatements({
  bucketArn,
  prefix,
  trailArns,
  folders,
}: BucketGrant): readonly [PolicyStatement, ...PolicyStatement[]] {
  const byTrails = { "aws:SourceArn": oneOrMore(trailArns) };
  const before = prefix === "" ? "" : `${prefix}/`;
  const ofOrganizations = folders.filter((folder) => folder.startsWith("o-"));
  const ofAccounts = folders.filter((folder) => !folder.startsWith("o-"));
  const write = (Sid: string, among: readonly string[]): readonly PolicyStatement[] =>
    among.length === 0
      ? []
      : [
          {
            Sid,
            ...toService(cloudTrail),
            Action: "s3:PutObject",
            Resource: oneOrMore(among.map((folder) => `${bucketArn}/${before}AWSLogs/${folder}/*`)),
            Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", ...byTrails } },
          },
        ];
  return [
    {
      Sid: "AWSCloudTrailAclCheck20150319",
      ...toService(cloudTrail),
      Action: "s3:GetBucketAcl",
      Resource: bucketArn,
      Condition: { StringEquals: byTrails },
    },
    ...write("AWSCloudTrailWrite20150319", ofAccounts),
    ...write("AWSCloudTrailOrganizationWrite20150319", ofOrganizations),
  ];
}

/** What CloudTrail needs of a topic (CloudTrail User Guide, "Amazon SNS topic policy for CloudTrail"). */
export function topicStatement(grant: {
  readonly topicArn: string;
  readonly trailArns: readonly string[];
}): PolicyStatement {
  return {
    Sid: "AWSCloudTrailSNSPolicy20131101",
    ...toService(cloudTrail),
    Action: "SNS:Publish",
    Resource: grant.topicArn,
    Condition: { StringEquals: { "aws:SourceArn": oneOrMore(grant.trailArns) } },
  };
}

/** What SNS needs of a queue (SNS Developer Guide, "Subscribing an Amazon SQS queue to an Amazon SNS topic"). */
export function queueStatement(grant: {
  readonly queueArn: string;
  readonly topicArns: readonly string[];
}): PolicyStatement {
  return {
    Sid: "TrailwardenReceive",
    ...toService("sns.amazonaws.com"),
    Action: "sqs:SendMessage",
    Resource: grant.queueArn,
    Condition: { ArnEquals: { "aws:SourceArn": oneOrMore(grant.topicArns) } },
  };
}

/**
 * What CloudTrail needs of the key that encrypts log files (CloudTrail User Guide, "Configure AWS KMS key policies for
 * CloudTrail"). A key's policy speaks of that key alone, so its resource is `*`.
 */
export function keyStatements(grant: {
  readonly trailArns: readonly string[];
}): readonly [PolicyStatement, PolicyStatement] {
  const byTrails = { "aws:SourceArn": oneOrMore(grant.trailArns) };
  const trailsOfAccounts = new Set(grant.trailArns.map(anyTrailOfAccount));
  return [
    {
      Sid: "Allow CloudTrail to encrypt logs",
      ...toService(cloudTrail),
      Action: "kms:GenerateDataKey*",
      Resource: "*",
      Condition: {
        StringEquals: byTrails,
        StringLike: { "kms:EncryptionContext:aws:cloudtrail:arn": oneOrMore([...trailsOfAccounts]) },
      },
    },
    {
      Sid: "Allow CloudTrail to describe key",
      ...toService(cloudTrail),
      Action: "kms:DescribeKey",
      Resource: "*",
      Condition: { StringEquals: byTrails },
    },
  ];
}

/** A member's log files are encrypted in the name of the organization's trail, with any region. */
function anyTrailOfAccount(trailArn: string): string {
  const [, partition = "aws", , , accountId = ""] = trailArn.split(":");
  return `arn:${partition}:cloudtrail:*:${accountId}:trail/*`;
}

function toService(service: string): Pick<PolicyStatement, "Effect" | "Principal"> {
  return { Effect: "Allow", Principal: { Service: service } };
}

/** Several sorted and each once, so that the same grant gives the same text. */
export function oneOrMore(values: readonly string[]): OneOrMore {
  const [first, ...rest] = [...new Set(values)].sort();
  if (first === undefined) return [];
  return rest.length === 0 ? first : [first, ...rest];
}
