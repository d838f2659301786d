import { AwsCallError } from "../../aws/index.ts";
import { SetupError } from "../errors.ts";
import type { SetupAws } from "../setup-aws.ts";
import { bucketCalls, ownedBucket, sendToBucket } from "./bucket-place.ts";
import { nameOf, type Place } from "./place.ts";
import { settingRequest, type SettingRequest, settingStays } from "./setting-request.ts";
import { type Change, defineSetting } from "./setting.ts";
import type { BucketValue } from "./values.ts";

/** Whether the bucket is there, and whether objects in it can be locked. */
export const bucketSetting = defineSetting<"bucket">({
  name: "bucket",
  title: (place) => `the bucket ${nameOf(place)}`,
  calls: bucketCalls({
    get: ["GetBucketObjectLockConfiguration"],
    put: [
      ...["GetBucketObjectLockConfiguration", "CreateBucket", "DeleteBucket"],
      // For object lock, which versioning comes with.
      ...["PutBucketObjectLockConfiguration", "PutBucketVersioning"],
    ],
  }),
  get: readBucket,
  async put(place, { after }, aws) {
    // In us-east-1, a bucket that is made again loses its access control list (S3 API Reference, "CreateBucket").
    const before = await readBucket(place, aws);
    if (before?.hasObjectLock === true && after?.hasObjectLock === false) {
      throw settingStays(
        `Object lock of the bucket ${nameOf(place)} cannot be switched off`,
        "AWS lets nobody do that; take off its default retention instead, or use another bucket",
      );
    }
    await sendToBucket(requestsFor(place, { before, after }), aws, { after }).catch((error: unknown) => {
      throw error instanceof AwsCallError && error.code === "BucketNotEmpty" ? bucketNotEmpty(place, error) : error;
    });
  },
  commands: (place, change) => requestsFor(place, change).map((request) => request.command()),
});

/** Asked by a setting that S3 says something of for every bucket. */
async function readBucket(place: Place, aws: SetupAws): Promise<BucketValue | undefined> {
  const s3 = await aws.client("s3", place);
  try {
    const { ObjectLockConfiguration: lock } = await s3.call("GetObjectLockConfiguration", ownedBucket(place));
    return { hasObjectLock: lock?.ObjectLockEnabled === "Enabled" };
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    if (error.code === "ObjectLockConfigurationNotFoundError") return { hasObjectLock: false };
    if (error.code === "NoSuchBucket") return undefined;
    throw error;
  }
}

function requestsFor(place: Place, { before, after }: Change<"bucket">): readonly SettingRequest[] {
  const owned = ownedBucket(place);
  if (after === undefined) return before === undefined ? [] : [settingRequest(place, "s3", "DeleteBucket", owned)];
  if (before === undefined) return [creation(place, after)];
  if (before.hasObjectLock || !after.hasObjectLock) return [];
  const ObjectLockConfiguration = { ObjectLockEnabled: "Enabled" } as const;
  return [settingRequest(place, "s3", "PutObjectLockConfiguration", { ...owned, ObjectLockConfiguration })];
}

/** The one call that names no owner: who makes a bucket owns it. */
function creation(place: Place, { hasObjectLock }: BucketValue): SettingRequest {
  return settingRequest(place, "s3", "CreateBucket", {
    Bucket: nameOf(place),
    // us-east-1 is said by saying nothing (S3 API Reference, "CreateBucket").
    ...(place.region === "us-east-1"
      ? {}
      : { CreateBucketConfiguration: { LocationConstraint: place.region as "eu-west-1" } }),
    ...(hasObjectLock ? { ObjectLockEnabledForBucket: true } : {}),
  });
}

function bucketNotEmpty(place: Place, cause: AwsCallError): SetupError {
  return new SetupError(`The bucket ${nameOf(place)} still holds log files, or versions of them: it is not deleted`, {
    code: "bucket-not-empty",
    fault: "user",
    help: "Copy what is to be kept, then empty the bucket; or leave it as it is",
    details: { bucket: nameOf(place) },
    cause,
  });
}
