import type { OutputOf } from "../../aws/index.ts";
import type { SetupAws } from "../setup-aws.ts";
import { askBucket, bucketCalls, ownedBucket, sendToBucket } from "./bucket-place.ts";
import { nameOf, type Place } from "./place.ts";
import { settingRequest, type SettingRequest } from "./setting-request.ts";
import { type Change, defineSetting } from "./setting.ts";

type Configuration = NonNullable<OutputOf<"s3", "GetBucketEncryption">["ServerSideEncryptionConfiguration"]>;
type Rule = NonNullable<Configuration["Rules"]>[number];

/**
 * What encrypts objects that are written without saying it. Taken away, it is S3's own keys again: every bucket has one
 * since 2023 (S3 API Reference, "DeleteBucketEncryption").
 */
export const bucketEncryptionSetting = defineSetting<"bucket-encryption">({
  name: "bucket-encryption",
  title: (place) => `the encryption of the bucket ${nameOf(place)}`,
  calls: bucketCalls({
    get: ["GetEncryptionConfiguration"],
    put: ["GetEncryptionConfiguration", "PutEncryptionConfiguration"],
  }),
  async get(place, aws) {
    const now = (await readRule(place, aws))?.ApplyServerSideEncryptionByDefault;
    if (now?.SSEAlgorithm === undefined) return undefined;
    return { algorithm: now.SSEAlgorithm, keyArn: customersKey(now.KMSMasterKeyID) };
  },
  async put(place, change, aws) {
    const now = change.after === undefined ? undefined : await readRule(place, aws);
    await sendToBucket([requestFor(place, change, now)], aws, change);
  },
  commands: (place, change) => [requestFor(place, change).command()],
});

async function readRule(place: Place, aws: SetupAws): Promise<Rule | undefined> {
  const absentCode = "ServerSideEncryptionConfigurationNotFoundError";
  const answer = await askBucket({ place, aws, absentCode }, (s3, bucket) => s3.call("GetBucketEncryption", bucket));
  return answer?.ServerSideEncryptionConfiguration?.Rules?.[0];
}

/** The key of S3 that AWS keeps in the account is the same as to name none. */
function customersKey(keyId = ""): string {
  return /(?:^|:)alias\/aws\/s3$/.test(keyId) ? "" : keyId;
}

/** What else the rule says, such as bucket keys, stays. */
function requestFor(place: Place, { after }: Change<"bucket-encryption">, now: Partial<Rule> = {}): SettingRequest {
  const owned = ownedBucket(place);
  if (after === undefined) return settingRequest(place, "s3", "DeleteBucketEncryption", owned);
  const byDefault = {
    SSEAlgorithm: after.algorithm as "aws:kms",
    ...(after.keyArn === "" ? {} : { KMSMasterKeyID: after.keyArn }),
  };
  return settingRequest(place, "s3", "PutBucketEncryption", {
    ...owned,
    ServerSideEncryptionConfiguration: { Rules: [{ ...now, ApplyServerSideEncryptionByDefault: byDefault }] },
  });
}
