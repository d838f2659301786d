/** The policy of a key that is made without one. KMS Developer Guide, 'Default key policy'. */
export function defaultKeyPolicy(accountId: string): string {
  return JSON.stringify(
    {
      Version: "2012-10-17",
      Id: "key-default-1",
      Statement: [
        {
          Sid: "Enable IAM User Permissions",
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${accountId}:root` },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    },
    undefined,
    2,
  );
}

/** The policy of a key that AWS keeps for one of its services, as such keys show it. */
export function managedKeyPolicy(accountId: string, region: string, service: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Id: `auto-${service}-2`,
    Statement: [
      {
        Sid: `Allow access through ${service} for all principals in the account that are authorized to use ${service}`,
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
        Resource: "*",
        Condition: {
          StringEquals: { "kms:CallerAccount": accountId, "kms:ViaService": `${service}.${region}.amazonaws.com` },
        },
      },
      {
        Sid: "Allow direct access to key metadata to the account",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: ["kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant"],
        Resource: "*",
      },
    ],
  });
}

/** Services that have a key of AWS's in an account, by the end of its alias. KMS Developer Guide, 'AWS managed keys'. */
export const managedServices: ReadonlySet<string> = new Set([
  "acm",
  "backup",
  "dynamodb",
  "ebs",
  "elasticfilesystem",
  "es",
  "fsx",
  "glue",
  "kinesis",
  "lambda",
  "rds",
  "redshift",
  "s3",
  "secretsmanager",
  "sns",
  "sqs",
  "ssm",
]);
