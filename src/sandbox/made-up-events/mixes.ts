import { findOperation, shapedOperations, tailOperations } from "./operations/catalog.ts";
import type { Operation } from "./operations/operation.ts";
import { weighted } from "./random.ts";

/** What somebody does, each operation as often as it stands in the table; draw with `random.pick`. */
export type Mix = readonly Operation[];

/** Servers and functions: objects, keys, queues, tables, and little else. */
export const workloadMix: Mix = mix({
  "s3:GetObject": 150,
  "s3:PutObject": 80,
  "s3:HeadObject": 25,
  "s3:ListObjects": 25,
  "s3:DeleteObject": 8,
  "kms:Decrypt": 180,
  "kms:GenerateDataKey": 80,
  "kms:Encrypt": 6,
  "sts:AssumeRole": 40,
  "sts:GetCallerIdentity": 6,
  "secretsmanager:GetSecretValue": 20,
  "ssm:GetParameter": 25,
  "ssm:GetParametersByPath": 8,
  "ssm:UpdateInstanceInformation": 55,
  "dynamodb:GetItem": 45,
  "dynamodb:Query": 20,
  "dynamodb:PutItem": 25,
  "dynamodb:UpdateItem": 15,
  "dynamodb:DescribeTable": 4,
  "sqs:ReceiveMessage": 30,
  "sqs:SendMessage": 20,
  "sqs:GetQueueAttributes": 6,
  "sns:Publish": 12,
  "logs:CreateLogStream": 30,
  "lambda:Invoke": 35,
  "ecr:BatchGetImage": 5,
  "ecr:GetDownloadUrlForLayer": 8,
  "ecr:GetAuthorizationToken": 5,
  "ec2:DescribeInstances": 10,
  "ec2:DescribeTags": 8,
  "ec2:CreateNetworkInterface": 5,
  "ec2:DeleteNetworkInterface": 4,
});

/** Kept for the stories: in everyday noise they would hide what is worth finding. */
const kept = new Set([
  "cloudtrail:StopLogging",
  "cloudtrail:StartLogging",
  "kms:ScheduleKeyDeletion",
  "kms:CancelKeyDeletion",
  "kms:DisableKey",
  "s3:PutBucketPublicAccessBlock",
  "iam:CreateAccessKey",
]);

/** People at a console or a command line: mostly looking, sometimes changing. */
export const personMix: Mix = weighted([
  ...shapedOperations.filter((one) => one.readOnly && !one.isData).map((one) => [8, one] as const),
  ...tailOperations.filter((one) => one.readOnly).map((one, index) => [60 / (index + 20), one] as const),
  ...shapedOperations
    .filter((one) => !one.readOnly && !one.isData && !kept.has(one.id))
    .map((one) => [1, one] as const),
  [30, findOperation("ec2:DescribeInstances")] as const,
  [20, findOperation("s3:ListBuckets")] as const,
  [15, findOperation("logs:StartQuery")] as const,
  [15, findOperation("logs:GetQueryResults")] as const,
]);

/** Deployments. */
export const pipelineMix: Mix = mix({
  "ecr:GetAuthorizationToken": 10,
  "ecr:BatchCheckLayerAvailability": 40,
  "ecr:InitiateLayerUpload": 15,
  "ecr:CompleteLayerUpload": 15,
  "ecr:PutImage": 10,
  "ecs:RegisterTaskDefinition": 10,
  "ecs:UpdateService": 10,
  "ecs:DescribeServices": 60,
  "cloudformation:CreateChangeSet": 6,
  "cloudformation:ExecuteChangeSet": 6,
  "cloudformation:DescribeStacks": 60,
  "cloudformation:DescribeStackEvents": 40,
  "lambda:UpdateFunctionCode20150331v2": 12,
  "lambda:PublishVersion20150331": 8,
  "lambda:GetFunction20150331v2": 20,
  "ec2:RunInstances": 4,
  "s3:PutObject": 20,
  "iam:GetRole": 12,
  "iam:ListRolePolicies": 8,
  "iam:ListAttachedRolePolicies": 8,
  "sts:GetCallerIdentity": 8,
  "ssm:GetParameter": 10,
});

/** Inventory and security tools, AWS's own among them: they list everything, the rare things less often. */
export const scannerMix: Mix = weighted(
  [...shapedOperations, ...tailOperations]
    .filter((one) => one.readOnly && !one.isData)
    .map((one, index) => [1000 / (index + 30), one] as const),
  8192,
);

function mix(weights: Readonly<Record<string, number>>): Mix {
  return weighted(Object.entries(weights).map(([id, weight]) => [weight, findOperation(id)] as const));
}
