import type { OutputOf } from "../../aws/index.ts";
import type { SetupAws } from "../setup-aws.ts";
import { askBucket, bucketCalls, ownedBucket, sendToBucket } from "./bucket-place.ts";
import { nameOf, type Place } from "./place.ts";
import { settingRequest, type SettingRequest } from "./setting-request.ts";
import { type Change, defineSetting } from "./setting.ts";

type LockConfiguration = NonNullable<OutputOf<"s3", "GetObjectLockConfiguration">["ObjectLockConfiguration"]>;

const daysPerYear = 365;

/**
 * Whether an object that is written over, or deleted, is kept. Taken away, it is suspended: a bucket that ever had it
 * does not go back (S3 User Guide, "Retaining multiple versions of objects with S3 Versioning").
 */
export const bucketVersioningSetting = defineSetting<"bucket-versioning">({
  name: "bucket-versioning",
  title: (place) => `the versioning of the bucket ${nameOf(place)}`,
  calls: bucketCalls({ get: ["GetBucketVersioning"], put: ["PutBucketVersioning"] }),
  get: async (place, aws) =>
    (await askBucket({ place, aws }, (s3, bucket) => s3.call("GetBucketVersioning", bucket)))?.Status,
  put: (place, change, aws) => sendToBucket([versioningRequest(place, change)], aws, change),
  commands: (place, change) => [versioningRequest(place, change).command()],
});

function versioningRequest(place: Place, { after = "Suspended" }: Change<"bucket-versioning">): SettingRequest {
  const VersioningConfiguration = { Status: after as "Enabled" };
  return settingRequest(place, "s3", "PutBucketVersioning", { ...ownedBucket(place), VersioningConfiguration });
}

/** How long nobody can delete what is written from now on. A period in years is read in days. */
export const bucketObjectLockSetting = defineSetting<"bucket-object-lock">({
  name: "bucket-object-lock",
  title: (place) => `the default retention of the bucket ${nameOf(place)}`,
  calls: bucketCalls({
    get: ["GetBucketObjectLockConfiguration"],
    put: ["GetBucketObjectLockConfiguration", "PutBucketObjectLockConfiguration"],
  }),
  async get(place, aws) {
    const { Mode: mode, Days: days, Years: years } = (await readLock(place, aws))?.Rule?.DefaultRetention ?? {};
    const length = days ?? (years === undefined ? undefined : years * daysPerYear);
    return mode === undefined || length === undefined ? undefined : { mode, days: length };
  },
  async put(place, change, aws) {
    // To say that there is no retention would switch object lock on, and that stays.
    if (change.after === undefined && (await readLock(place, aws))?.Rule === undefined) return;
    await sendToBucket([retentionRequest(place, change)], aws, change);
  },
  commands: (place, change) => [retentionRequest(place, change).command()],
});

async function readLock(place: Place, aws: SetupAws): Promise<LockConfiguration | undefined> {
  const absentCode = "ObjectLockConfigurationNotFoundError";
  const answer = await askBucket({ place, aws, absentCode }, (s3, bucket) =>
    s3.call("GetObjectLockConfiguration", bucket),
  );
  return answer?.ObjectLockConfiguration;
}

function retentionRequest(place: Place, { after }: Change<"bucket-object-lock">): SettingRequest {
  const Rule = after && { DefaultRetention: { Mode: after.mode as "GOVERNANCE", Days: after.days } };
  return settingRequest(place, "s3", "PutObjectLockConfiguration", {
    ...ownedBucket(place),
    ObjectLockConfiguration: { ObjectLockEnabled: "Enabled", ...(Rule === undefined ? {} : { Rule }) },
  });
}
