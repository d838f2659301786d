import type { Setting, SettingCall } from "../settings/setting.ts";
import type { SettingName } from "../settings/values.ts";
import type { RoleRequest } from "./role-model.ts";

type Calls = Pick<Setting, "name" | "calls">;

/** Settings with a call of each sort, whatever the real ones have. */
export const exampleSettings: readonly Calls[] = [
  setting("trail", "trail", ["cloudtrail:GetTrail"], ["cloudtrail:CreateTrail", "cloudtrail:DeleteTrail"]),
  setting("trail-logging", "trail", ["cloudtrail:GetTrailStatus"], ["cloudtrail:StartLogging"]),
  setting("bucket", "bucket", ["s3:GetBucketLocation"], ["s3:CreateBucket", "s3:DeleteBucket"]),
  setting("bucket-policy", "bucket", ["s3:GetBucketPolicy"], ["s3:PutBucketPolicy"]),
  setting("topic", "topic", ["sns:GetTopicAttributes"], ["sns:CreateTopic", "sns:DeleteTopic"]),
  setting("queue", "queue", ["sqs:GetQueueAttributes"], ["sqs:CreateQueue", "sqs:DeleteQueue"]),
  setting("subscription", "everything", ["sns:GetSubscriptionAttributes"], ["sns:Unsubscribe"]),
  setting("key-policy", "key", ["kms:GetKeyPolicy"], ["kms:PutKeyPolicy"]),
  setting(
    "organization-access",
    "everything",
    ["organizations:ListAWSServiceAccessForOrganization"],
    ["organizations:EnableAWSServiceAccess"],
  ),
];

export const exampleAccountCalls: readonly SettingCall[] = [
  { action: "cloudtrail:DescribeTrails", on: "everything" },
  { action: "ec2:DescribeRegions", on: "everything" },
];

export const exampleSources = [
  {
    permissions: [
      { action: "sqs:ReceiveMessage", purpose: "to receive messages" },
      { action: "sqs:DeleteMessage", purpose: "to delete messages" },
      { action: "s3:GetObject", purpose: "to read log files" },
      { action: "kms:Decrypt", purpose: "to read encrypted log files", isOptional: true },
    ],
  },
];

/** A deployment of which nothing is known but its names. */
export const exampleRequest: RoleRequest = {
  deployment: {
    accountId: "111122223333",
    names: {
      trail: "trailwarden-111122223333",
      bucket: "trailwarden-111122223333",
      topic: "trailwarden-111122223333",
      queue: "trailwarden-111122223333",
    },
    depth: "care",
    externalId: "trailwarden-example",
    logAccount: undefined,
    roleArn: undefined,
  },
  principalArn: "arn:aws:iam::123456789012:role/watcher",
  settings: exampleSettings,
  accountCalls: exampleAccountCalls,
  runCalls: [
    { action: "s3:ListBucketVersions", on: "bucket" },
    { action: "s3:DeleteObjectVersion", on: "objects" },
  ],
  sourceKinds: exampleSources,
};

function setting(name: SettingName, on: SettingCall["on"], get: readonly string[], put: readonly string[]): Calls {
  const callsOf = (actions: readonly string[]) => actions.map((action) => ({ action, on }));
  return { name, calls: { get: callsOf(get), put: callsOf(put) } };
}
