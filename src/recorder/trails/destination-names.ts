import { isAccountId, partitionOf } from "../arn.ts";
import { type By } from "../by.ts";
import { refusal } from "../refusal.ts";
import { isAddress } from "./trail-name.ts";

/** Refuses what cannot be a bucket's name (S3 User Guide, "Bucket naming rules", as CloudTrail's guide sums them up). */
export function checkBucketName(name: string): void {
  const isGood = /^[a-z0-9][-.a-z0-9]{1,61}[a-z0-9]$/.test(name) && !/\.\.|-\.|\.-/.test(name) && !isAddress(name);
  if (!isGood) throw refusal("InvalidS3BucketNameException", `Not the name of an S3 bucket: ${name.slice(0, 100)}`);
}

/**
 * Refuses a prefix over 200 characters (API Reference, CreateTrail). That a slash at either end and control characters
 * are refused too is ours: AWS documents no more than the length.
 */
export function checkKeyPrefix(prefix: string): void {
  if (prefix.length > 200) throw refusal("InvalidS3PrefixException", "The S3 prefix is longer than 200 characters");
  if (/[\u0000-\u001f\u007f]/.test(prefix) || prefix.startsWith("/") || prefix.endsWith("/")) {
    throw refusal("InvalidS3PrefixException", "The S3 prefix begins or ends with a slash, or has control characters");
  }
}

/** The ARN of a topic that is given by name or ARN (API Reference, CreateTrail, `SnsTopicName`: at most 256 characters). */
export function topicArnOf(nameOrArn: string, by: By): string {
  const fail = () => refusal("InvalidSnsTopicNameException", `Not an SNS topic: ${nameOrArn.slice(0, 300)}`);
  if (nameOrArn.length > 256) throw fail();
  const isArn = nameOrArn.startsWith("arn:");
  const arn = isArn ? nameOrArn : `arn:${partitionOf(by.region)}:sns:${by.region}:${by.accountId}:${nameOrArn}`;
  const [, partition, service, region = "", accountId = "", name = "", ...rest] = arn.split(":");
  const isGood =
    partition === partitionOf(region) &&
    service === "sns" &&
    region !== "" &&
    isAccountId(accountId) &&
    rest.length === 0;
  if (!isGood || !/^[A-Za-z0-9_-]{1,256}$/.test(name)) throw fail();
  return arn;
}

/** Refuses what is no key id, key ARN, alias name or alias ARN (API Reference, CreateTrail, `KmsKeyId`). */
export function checkKeyId(keyId: string): void {
  const name = keyId.startsWith("arn:") ? keyNameOf(keyId) : keyId;
  const isAlias = /^alias\/[-A-Za-z0-9/_]{1,250}$/.test(name) && !name.startsWith("alias/aws");
  const isId = /^(mrk-)?[-0-9a-fA-F]{1,64}$/.test(keyId.startsWith("arn:") ? name.replace(/^key\//, "") : name);
  if (!isAlias && !isId) throw refusal("InvalidKmsKeyIdException", `Not a KMS key: ${keyId.slice(0, 300)}`);
}

function keyNameOf(arn: string): string {
  const [, , service, region, accountId = "", name = "", ...rest] = arn.split(":");
  const isKey = service === "kms" && region !== "" && isAccountId(accountId) && rest.length === 0;
  return isKey && /^(key|alias)\//.test(name) ? name : "";
}

/**
 * Refuses a log group that is not of the trail's account and region, or not written with `:*` at its end, and a role that
 * is not of the account (User Guide, "Sending events to CloudWatch Logs"; the `:*` stands in its examples and in
 * Terraform's documentation of `aws_cloudtrail`).
 */
export function checkLogDestination(group: string | undefined, role: string | undefined, by: By): void {
  if (group === undefined && role === undefined) return;
  if (group === undefined) {
    throw refusal("InvalidCloudWatchLogsLogGroupArnException", "You must specify a log group as well as a role ARN.");
  }
  if (role === undefined) {
    throw refusal("InvalidCloudWatchLogsRoleArnException", "You must specify a role ARN as well as a log group.");
  }
  const start = `arn:${partitionOf(by.region)}:logs:${by.region}:${by.accountId}:log-group:`;
  if (!group.startsWith(start) || !/^[-._/#A-Za-z0-9]{1,512}:\*$/.test(group.slice(start.length))) {
    throw refusal("InvalidCloudWatchLogsLogGroupArnException", `Not a log group of ${start}<name>:*`);
  }
  const roleStart = `arn:${partitionOf(by.region)}:iam::${by.accountId}:role/`;
  if (!role.startsWith(roleStart) || !/^[-+=,.@_/A-Za-z0-9]{1,576}$/.test(role.slice(roleStart.length))) {
    throw refusal("InvalidCloudWatchLogsRoleArnException", `Not a role of account ${by.accountId}`);
  }
}
