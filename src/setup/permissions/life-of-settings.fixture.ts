import { sandboxAccount, sandboxRegion, type TestSandbox } from "../../sandbox/sandbox.fixture.ts";
import type { Place } from "../settings/place.ts";
import { plainTrail } from "../settings/plain-trail.fixture.ts";
import type { SettingName } from "../settings/values.ts";

/** A setting, with values that are put one after the other and that use every call it has. */
export interface LifeStep {
  readonly setting: SettingName;
  readonly place: Place;
  readonly values: readonly unknown[];
  /** It is taken away in the end. */
  readonly goesAway: boolean;
}

/** Everything that is set on a way from a trail to a queue, in the order in which it comes about. */
export interface LifeOfSettings {
  readonly steps: readonly LifeStep[];
  readonly key: Place;
  readonly trail: Place;
  readonly bucketName: string;
  /** Of somebody else in the account. */
  readonly otherBucketName: string;
  putLogFile(): Promise<void>;
  /** Brings an account into the organization. */
  invite(accountId: string): Promise<void>;
}

const at = { accountId: sandboxAccount, region: sandboxRegion };
const name = `trailwarden-${sandboxAccount}`;
const trail = { ...at, arn: `arn:aws:cloudtrail:${at.region}:${at.accountId}:trail/${name}` };
const bucket = { ...at, arn: `arn:aws:s3:::${name}` };
const topic = { ...at, arn: `arn:aws:sns:${at.region}:${at.accountId}:${name}` };
const queue = { ...at, arn: `arn:aws:sqs:${at.region}:${at.accountId}:${name}` };
const deadLetters = { ...queue, arn: `${queue.arn}-dead-letters` };
const organization = {
  ...at,
  region: "us-east-1",
  arn: `arn:aws:organizations::${at.accountId}:organization/o-example`,
};

const trailValue = plainTrail(name);
const queueValue = { retentionSeconds: 1_209_600, visibilitySeconds: 300, isEncrypted: true, keyId: "" };
const blocked = { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true };
const rule = { ID: "old", Status: "Enabled", Filter: { Prefix: "AWSLogs/" }, Expiration: { Days: 400 } };

function letCloudTrail(...statements: readonly (readonly [action: string, resource: string])[]): object {
  const Principal = { Service: "cloudtrail.amazonaws.com" };
  const Statement = statements.map(([Action, Resource]) => ({ Effect: "Allow", Principal, Action, Resource }));
  return { Version: "2012-10-17", Statement };
}

export async function lifeOfSettings(open: TestSandbox): Promise<LifeOfSettings> {
  const s3 = await open.client("s3");
  const otherBucketName = "example-company";
  const CreateBucketConfiguration = { LocationConstraint: "eu-central-1" } as const;
  await s3.call("CreateBucket", { Bucket: otherBucketName, CreateBucketConfiguration });
  const { key, policy } = await makeKey(open);
  const stays = (setting: SettingName, place: Place, ...values: unknown[]) => ({
    setting,
    place,
    values,
    goesAway: false,
  });
  const goes = (setting: SettingName, place: Place, ...values: unknown[]) => ({
    setting,
    place,
    values,
    goesAway: true,
  });
  return {
    key,
    trail,
    bucketName: name,
    otherBucketName,
    steps: [
      stays("organization-access", organization, true, false),
      stays("key-policy", key, policy),
      stays("key-state", key, "Enabled", "Disabled", "Enabled"),
      goes("bucket", bucket, { hasObjectLock: true }),
      goes("bucket-public-access", bucket, blocked),
      goes("bucket-ownership", bucket, "BucketOwnerPreferred", "BucketOwnerEnforced"),
      goes("bucket-encryption", bucket, { algorithm: "aws:kms", keyArn: key.arn }),
      stays("bucket-versioning", bucket, "Enabled"),
      goes(
        "bucket-policy",
        bucket,
        letCloudTrail(["s3:GetBucketAcl", bucket.arn], ["s3:PutObject", `${bucket.arn}/*`]),
      ),
      goes("bucket-lifecycle", bucket, [rule]),
      goes("bucket-object-lock", bucket, { mode: "GOVERNANCE", days: 30 }),
      goes("topic", topic, true),
      stays("topic-policy", topic, letCloudTrail(["SNS:Publish", topic.arn])),
      goes("topic-key", topic, "alias/aws/sns"),
      goes("queue", queue, queueValue, { ...queueValue, visibilitySeconds: 600 }),
      goes("dead-letter-queue", deadLetters, queueValue, { ...queueValue, visibilitySeconds: 600 }),
      goes("queue-policy", queue, letCloudTrail(["sqs:SendMessage", queue.arn])),
      goes("queue-redrive", queue, { deadLetterArn: deadLetters.arn, receivesMax: 5 }),
      goes(
        "subscription",
        { ...topic, to: queue.arn },
        { isRaw: false, filterPolicy: "" },
        { isRaw: true, filterPolicy: "" },
      ),
      goes("trail", trail, trailValue, { ...trailValue, isMultiRegion: true, validatesLogFiles: true }),
      stays("trail-logging", trail, true, false),
      stays("trail-selectors", trail, { basic: [{ ReadWriteType: "WriteOnly", IncludeManagementEvents: true }] }),
      stays("trail-insights", trail, ["ApiCallRateInsight Management"]),
    ],
    async putLogFile() {
      await s3.call("PutBucketEncryption", {
        Bucket: name,
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
        },
      });
      await s3.call("PutObject", { Bucket: name, Key: "AWSLogs/111122223333/CloudTrail/one.json.gz", Body: "{}" });
    },
    async invite(accountId) {
      const from = await open.client("organizations");
      const { Handshake } = await from.call("InviteAccountToOrganization", {
        Target: { Id: accountId, Type: "ACCOUNT" },
      });
      const to = await open.client("organizations", { accountId });
      await to.call("AcceptHandshake", { HandshakeId: Handshake?.Id ?? "" });
    },
  };
}

/** A key of the company's, about to be deleted. */
async function makeKey(open: TestSandbox): Promise<{ readonly key: Place; readonly policy: object }> {
  const kms = await open.client("kms");
  const Principal = { AWS: `arn:aws:iam::${sandboxAccount}:root` };
  const all = { Effect: "Allow", Principal, Action: "kms:*", Resource: "*" };
  const policy = { Version: "2012-10-17", Statement: [all] };
  const { KeyMetadata } = await kms.call("CreateKey", { Policy: JSON.stringify(policy) });
  const arn = KeyMetadata?.Arn ?? "";
  await kms.call("ScheduleKeyDeletion", { KeyId: arn });
  return { key: { ...at, arn }, policy };
}
