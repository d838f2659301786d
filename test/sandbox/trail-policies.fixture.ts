const service = "cloudtrail.amazonaws.com";

export interface PolicyFor {
  readonly bucket: string;
  readonly trailArn: string;
  /** What comes after `AWSLogs/`: an account, or an organization. */
  readonly recipients: readonly string[];
}

/** The bucket policy of CloudTrail's User Guide, "Amazon S3 bucket policy for CloudTrail". */
export function trailBucketPolicy({ bucket, trailArn, recipients }: PolicyFor): string {
  const arn = `arn:aws:s3:::${bucket}`;
  return policy(
    {
      Sid: "AWSCloudTrailAclCheck20150319",
      Action: "s3:GetBucketAcl",
      Resource: arn,
      Condition: { StringEquals: { "aws:SourceArn": trailArn } },
    },
    {
      Sid: "AWSCloudTrailWrite20150319",
      Action: "s3:PutObject",
      Resource: recipients.map((recipient) => `${arn}/AWSLogs/${recipient}/*`),
      Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceArn": trailArn } },
    },
  );
}

/** The topic policy of "Amazon SNS topic policy for CloudTrail". */
export function trailTopicPolicy(topicArn: string, trailArn: string): string {
  return policy({
    Sid: "AWSCloudTrailSNSPolicy20131101",
    Action: "SNS:Publish",
    Resource: topicArn,
    Condition: { StringEquals: { "aws:SourceArn": trailArn } },
  });
}

/** The key policy of "Configure AWS KMS key policies for CloudTrail", with all rights for the account itself. */
export function trailKeyPolicy(accountId: string, trailArn: string): string {
  const owner = {
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${accountId}:root` },
    Action: "kms:*",
    Resource: "*",
  };
  const { Statement, ...rest } = JSON.parse(
    policy(
      {
        Sid: "Allow CloudTrail to encrypt logs",
        Action: "kms:GenerateDataKey*",
        Resource: "*",
        Condition: {
          StringEquals: { "aws:SourceArn": trailArn },
          StringLike: { "kms:EncryptionContext:aws:cloudtrail:arn": `arn:aws:cloudtrail:*:${accountId}:trail/*` },
        },
      },
      { Sid: "Allow CloudTrail to describe key", Action: "kms:DescribeKey", Resource: "*" },
    ),
  ) as { readonly Statement: readonly object[] };
  return JSON.stringify({ ...rest, Statement: [owner, ...Statement] });
}

function policy(...statements: readonly object[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({ Effect: "Allow", Principal: { Service: service }, ...statement })),
  });
}
