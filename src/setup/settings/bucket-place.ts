import { AwsCallError, type AwsClient } from "../../aws/index.ts";
import type { SetupAws } from "../setup-aws.ts";
import { nameOf, type Place } from "./place.ts";
import { type SettingRequest, unlessAbsent } from "./setting-request.ts";
import type { Setting, SettingCall } from "./setting.ts";

export interface OwnedBucket {
  readonly Bucket: string;
  /** Names of buckets go to whoever comes first: another account's bucket of this name is refused. */
  readonly ExpectedBucketOwner: string;
}

/** The bucket at a place, as calls name it. */
export function ownedBucket(place: Place): OwnedBucket {
  return { Bucket: nameOf(place), ExpectedBucketOwner: place.accountId };
}

/** What a bucket says of a setting, or nothing where there is no bucket, or the setting was never set. */
export async function askBucket<Answer>(
  { place, aws, absentCode }: { readonly place: Place; readonly aws: SetupAws; readonly absentCode?: string },
  ask: (s3: AwsClient<"s3">, bucket: OwnedBucket) => Promise<Answer>,
): Promise<Answer | undefined> {
  const s3 = await aws.client("s3", place);
  const codes = ["NoSuchBucket", ...(absentCode === undefined ? [] : [absentCode])];
  return await unlessAbsent(codes, ask(s3, ownedBucket(place)));
}

/** Sends what changes a setting; what is to be taken from a bucket that is gone went with it. */
export async function sendToBucket(
  requests: readonly SettingRequest[],
  aws: SetupAws,
  { after }: { readonly after: unknown },
): Promise<void> {
  try {
    for (const request of requests) await request.send(aws);
  } catch (error) {
    if (after === undefined && error instanceof AwsCallError && error.code === "NoSuchBucket") return;
    throw error;
  }
}

/** Calls of S3 that are about the bucket itself; actions as IAM names them, without `s3:`. */
export function bucketCalls({ get, put }: { readonly get: readonly string[]; readonly put: readonly string[] }) {
  const onBucket = (action: string): SettingCall => ({ action: `s3:${action}`, on: "bucket" });
  return { get: get.map(onBucket), put: put.map(onBucket) } satisfies Setting["calls"];
}
