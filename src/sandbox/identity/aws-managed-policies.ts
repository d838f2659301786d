import { createHash } from "node:crypto";
import { type ManagedPolicy } from "./things.ts";

interface Given {
  readonly name: string;
  readonly path?: string;
  readonly description: string;
  readonly statements: readonly object[];
}

const readActions = ["Describe*", "Get*", "List*", "Lookup*", "Search*", "BatchGet*", "View*"];
const services = [
  "access-analyzer",
  "cloudtrail",
  "cloudwatch",
  "config",
  "ec2",
  "events",
  "guardduty",
  "iam",
  "kms",
  "lambda",
  "logs",
  "organizations",
  "rds",
  "s3",
  "securityhub",
  "sns",
  "sqs",
  "sts",
];
const read = services.flatMap((service) => readActions.map((action) => `${service}:${action}`));
const look = services.flatMap((service) => ["Describe*", "List*"].map((action) => `${service}:${action}`));

function allow(Action: string | readonly string[], more: object = {}): object {
  return { Effect: "Allow", Action, Resource: "*", ...more };
}

/**
 * Policies that AWS has in every account. Names and ARNs are AWS's; the documents are our own words for what AWS says of
 * each policy (AWS Managed Policy Reference), cut to the services that the sandbox has, and not AWS's text.
 */
const given: readonly Given[] = [
  {
    name: "AdministratorAccess",
    description: "Provides full access to AWS services and resources.",
    statements: [allow("*")],
  },
  {
    name: "PowerUserAccess",
    description:
      "Provides full access to AWS services and resources, but does not allow management of Users and groups.",
    statements: [
      { Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" },
      allow([
        "iam:CreateServiceLinkedRole",
        "iam:DeleteServiceLinkedRole",
        "iam:ListRoles",
        "organizations:DescribeOrganization",
        "account:ListRegions",
        "account:GetAccountInformation",
      ]),
    ],
  },
  {
    name: "ReadOnlyAccess",
    description: "Provides read-only access to AWS services and resources.",
    statements: [allow([...read, "iam:Generate*", "iam:Simulate*"])],
  },
  {
    name: "ViewOnlyAccess",
    path: "/job-function/",
    description: "This policy grants permissions to view resources and basic metadata across all AWS services.",
    statements: [allow([...look, "s3:GetBucketLocation", "iam:Get*", "cloudtrail:LookupEvents"])],
  },
  {
    name: "SecurityAudit",
    description: "The security audit template grants access to read security configuration metadata.",
    statements: [
      allow([
        ...look,
        "cloudtrail:Get*",
        "cloudtrail:LookupEvents",
        "config:Get*",
        "ec2:GetEbsEncryptionByDefault",
        "events:TestEventPattern",
        "guardduty:Get*",
        "iam:Generate*",
        "iam:Get*",
        "iam:Simulate*",
        "kms:Get*",
        "lambda:GetPolicy",
        "s3:GetAccelerateConfiguration",
        "s3:GetAccountPublicAccessBlock",
        "s3:GetBucket*",
        "s3:GetEncryptionConfiguration",
        "s3:GetLifecycleConfiguration",
        "s3:GetObjectAcl",
        "securityhub:Get*",
        "sns:GetTopicAttributes",
        "sqs:GetQueueAttributes",
      ]),
    ],
  },
  { name: "IAMFullAccess", description: "Provides full access to IAM.", statements: [allow("iam:*")] },
  {
    name: "IAMReadOnlyAccess",
    description: "Provides read only access to IAM.",
    statements: [allow(["iam:Get*", "iam:List*", "iam:Generate*", "iam:Simulate*"])],
  },
  {
    name: "IAMUserChangePassword",
    description: "Provides the ability for an IAM user to change their own password.",
    statements: [
      { Effect: "Allow", Action: "iam:ChangePassword", Resource: "arn:aws:iam::*:user/${aws:username}" },
      allow("iam:GetAccountPasswordPolicy"),
    ],
  },
  { name: "AmazonS3FullAccess", description: "Provides full access to all buckets.", statements: [allow("s3:*")] },
  {
    name: "AmazonS3ReadOnlyAccess",
    description: "Provides read only access to all buckets.",
    statements: [allow(["s3:Get*", "s3:List*", "s3:Describe*"])],
  },
  { name: "AmazonEC2FullAccess", description: "Provides full access to Amazon EC2.", statements: [allow("ec2:*")] },
  {
    name: "AmazonEC2ReadOnlyAccess",
    description: "Provides read only access to Amazon EC2.",
    statements: [allow(["ec2:Describe*", "ec2:Get*"])],
  },
  { name: "AmazonSNSFullAccess", description: "Provides full access to Amazon SNS.", statements: [allow("sns:*")] },
  { name: "AmazonSQSFullAccess", description: "Provides full access to Amazon SQS.", statements: [allow("sqs:*")] },
  {
    name: "AWSCloudTrail_FullAccess",
    description: "Provides full access to AWS CloudTrail.",
    statements: [
      allow(["cloudtrail:*", "s3:ListAllMyBuckets", "iam:ListRoles", "kms:ListAliases", "kms:ListKeys"]),
      {
        Effect: "Allow",
        Action: ["sns:CreateTopic", "sns:SetTopicAttributes", "sns:GetTopicAttributes"],
        Resource: "arn:aws:sns:*:*:aws-cloudtrail-logs*",
      },
      {
        Effect: "Allow",
        Action: [
          "s3:CreateBucket",
          "s3:PutBucketPolicy",
          "s3:PutBucketPublicAccessBlock",
          "s3:GetBucketLocation",
          "s3:GetBucketPolicy",
        ],
        Resource: "arn:aws:s3:::aws-cloudtrail-logs*",
      },
      { Effect: "Allow", Action: "logs:CreateLogGroup", Resource: "arn:aws:logs:*:*:log-group:aws-cloudtrail-logs*" },
      allow("iam:PassRole", { Condition: { StringEquals: { "iam:PassedToService": "cloudtrail.amazonaws.com" } } }),
      allow([
        "sns:ListTopics",
        "organizations:DescribeOrganization",
        "organizations:ListAWSServiceAccessForOrganization",
      ]),
    ],
  },
  {
    name: "AWSCloudTrail_ReadOnlyAccess",
    description: "Provides read only access to AWS CloudTrail.",
    statements: [
      allow([
        "cloudtrail:Get*",
        "cloudtrail:Describe*",
        "cloudtrail:List*",
        "cloudtrail:LookupEvents",
        "s3:ListAllMyBuckets",
        "kms:ListAliases",
      ]),
    ],
  },
  {
    name: "AmazonGuardDutyFullAccess",
    description: "Provides full access to use Amazon GuardDuty.",
    statements: [allow("guardduty:*")],
  },
  {
    name: "AWSOrganizationsFullAccess",
    description: "Provides full access to AWS Organizations.",
    statements: [allow("organizations:*")],
  },
  {
    name: "AWSOrganizationsReadOnlyAccess",
    description: "Provides read-only access to AWS Organizations.",
    statements: [allow(["organizations:Describe*", "organizations:List*"])],
  },
  {
    name: "CloudTrailServiceRolePolicy",
    path: "/aws-service-role/",
    description: "Permission policy for CloudTrail ServiceLinkedRole",
    statements: [
      allow([
        "cloudtrail:*",
        "organizations:DescribeOrganization",
        "organizations:DescribeAccount",
        "organizations:ListAccounts",
        "organizations:ListAWSServiceAccessForOrganization",
        "organizations:ListDelegatedAdministrators",
      ]),
    ],
  },
  {
    name: "AWSOrganizationsServiceTrustPolicy",
    path: "/aws-service-role/",
    description: "A policy to allow AWS Organizations to share trust with other approved AWS Services.",
    statements: [allow(["iam:CreateServiceLinkedRole", "iam:DeleteRole"])],
  },
];

/** When these documents were made, for the policies' dates. */
const madeAt = Date.UTC(2026, 0, 1);

const policies: ReadonlyMap<string, ManagedPolicy> = new Map(
  given.map(({ name, path = "/", description, statements }) => {
    const arn = `arn:aws:iam::aws:policy${path}${name}`;
    const document = JSON.stringify({ Version: "2012-10-17", Statement: statements });
    const policy: ManagedPolicy = {
      accountId: "aws",
      name,
      path,
      arn,
      id: `ANPA${idOf(arn)}`,
      description,
      createdAt: madeAt,
      updatedAt: madeAt,
      versions: [{ id: "v1", document, createdAt: madeAt }],
      defaultVersionId: "v1",
      nextVersion: 2,
      tags: [],
    };
    return [arn, policy];
  }),
);

/** One of AWS's managed policies that the sandbox has, by its ARN. */
export function findAwsManagedPolicy(arn: string): ManagedPolicy | undefined {
  return policies.get(arn);
}

/** All of them. */
export function allAwsManagedPolicies(): readonly ManagedPolicy[] {
  return [...policies.values()];
}

function idOf(arn: string): string {
  return createHash("sha256")
    .update(arn)
    .digest("base64")
    .replaceAll(/[^A-Za-z2-7]/g, "")
    .toUpperCase()
    .slice(0, 17);
}
