import { type Need } from "../../service.ts";
import { effectivePolicy, objectPolicy } from "./access/effective-policy.ts";
import { type Bucket, bucketArn, objectArn, type Tags } from "./bucket.ts";
import { type ObjectVersion, type StoredObject } from "./objects/object-version.ts";

type Context = Readonly<Record<string, string | readonly string[] | number | boolean | undefined>>;

/** A permission on a bucket. */
export function bucketNeed(bucket: Bucket, action: string, context: Context = {}): Need {
  return {
    action,
    resource: bucketArn(bucket.name),
    resourcePolicy: effectivePolicy(bucket),
    ownerId: bucket.ownerId,
    context: contextOf(context),
  };
}

/** A permission on an object, whether it is there or not. */
export function objectNeed(
  bucket: Bucket,
  key: string,
  action: string,
  context: Context = {},
  object?: ObjectVersion,
): Need {
  const stored: StoredObject | undefined = object?.isDeleteMarker === false ? object : undefined;
  return {
    action,
    resource: objectArn(bucket.name, key),
    resourcePolicy: objectPolicy(bucket, stored),
    ownerId: bucket.ownership === "BucketOwnerEnforced" ? bucket.ownerId : (stored?.ownerId ?? bucket.ownerId),
    context: contextOf({ ...existingTags(stored?.tags), ...context }),
  };
}

/** The tags that a request gives, as conditions see them. */
export function requestTags(tags: Tags | undefined): Context {
  if (tags === undefined) return {};
  return {
    "s3:RequestObjectTagKeys": tags.map(({ Key }) => Key),
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`s3:RequestObjectTag/${Key}`, Value])),
  };
}

function existingTags(tags: Tags = []): Context {
  return Object.fromEntries(tags.map(({ Key, Value }) => [`s3:ExistingObjectTag/${Key}`, Value]));
}

function contextOf(context: Context): Readonly<Record<string, string | readonly string[]>> {
  return Object.fromEntries(
    Object.entries(context).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, typeof value === "object" ? value : String(value)]],
    ),
  );
}
