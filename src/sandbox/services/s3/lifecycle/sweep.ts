import { type Bucket, type LifecycleRule } from "../bucket.ts";
import { checkUnlocked, isLocked } from "../lock/object-lock.ts";
import { announce } from "../notices/announce.ts";
import { type ObjectVersion, type StoredObject } from "../objects/object-version.ts";
import { storeDeleteMarker } from "../objects/store-object.ts";
import { type S3 } from "../operation.ts";
import { appliesTo, daysAfter, expiresAt } from "./expiration.ts";

/**
 * Does what the rules of all buckets ask for at an instant, as S3 does once a day: no caller, no record, but notices.
 * S3 User Guide, 'Expiring objects'. Answers how many versions and uploads went.
 */
export async function sweepLifecycles(s3: S3, now: number): Promise<number> {
  let swept = 0;
  for (const bucket of s3.buckets.values()) {
    const rules = bucket.lifecycle?.rules.filter(({ Status }) => Status === "Enabled") ?? [];
    for (const rule of rules) {
      moveLatest(s3, bucket, rule, now);
      moveOlder(s3, bucket, rule, now);
      swept += await expireLatest(s3, bucket, rule, now);
      if (bucket.versioning !== undefined) {
        swept += await expireOlder(s3, bucket, rule, now);
        swept += await removeLoneMarkers(s3, bucket, rule, now);
      }
      swept += await abortUploads(s3, bucket, rule, now);
    }
  }
  return swept;
}

async function expireLatest(s3: S3, bucket: Bucket, rule: LifecycleRule, now: number): Promise<number> {
  const due = [...s3.objects.objects(bucket.name, prefixOf(rule))].filter((object) => {
    const at = expiresAt(rule, object);
    return at !== undefined && at <= now;
  });
  let swept = 0;
  for (const object of due) {
    // Somebody may have put another meanwhile.
    if (!s3.objects.isLatest(object)) continue;
    if (bucket.versioning === undefined) {
      await remove(s3, bucket, object);
    } else {
      const nullVersion = s3.objects.version(bucket.name, object.key, "null");
      if (bucket.versioning === "Suspended" && nullVersion !== undefined && isLocked(nullVersion, now, false)) continue;
      const marker = await storeDeleteMarker(s3, bucket, object.key, { at: now, ownerId: bucket.ownerId });
      await announce(s3, undefined, bucket, "LifecycleExpiration:DeleteMarkerCreated", marker);
    }
    swept += 1;
  }
  return swept;
}

/** Objects of less than 128 KB stay where they are, unless the bucket says otherwise or a rule names a size. */
const smallBytes = 128 * 1024;

function moveLatest(s3: S3, bucket: Bucket, rule: LifecycleRule, now: number): void {
  for (const { Days: days, Date: date, StorageClass: storageClass } of rule.Transitions ?? []) {
    for (const object of [...s3.objects.objects(bucket.name, prefixOf(rule))]) {
      const at = date ?? daysAfter(object.at, days ?? 0);
      if (at <= now && storageClass !== undefined) move(s3, bucket, rule, object, storageClass);
    }
  }
}

function moveOlder(s3: S3, bucket: Bucket, rule: LifecycleRule, now: number): void {
  for (const transition of rule.NoncurrentVersionTransitions ?? []) {
    const { NoncurrentDays: days = 0, NewerNoncurrentVersions: kept = 0, StorageClass: storageClass } = transition;
    for (const version of olderVersions(s3, bucket, rule, { days, kept, now })) {
      if (storageClass !== undefined) move(s3, bucket, rule, version, storageClass);
    }
  }
}

/** From dearer to cheaper only. S3 User Guide, 'Transitioning objects using Amazon S3 Lifecycle'. */
const cheaperLater = [
  "STANDARD",
  "REDUCED_REDUNDANCY",
  "STANDARD_IA",
  "INTELLIGENT_TIERING",
  "ONEZONE_IA",
  "GLACIER_IR",
  "GLACIER",
  "DEEP_ARCHIVE",
];

function move(s3: S3, bucket: Bucket, rule: LifecycleRule, object: StoredObject, storageClass: string): void {
  const isCheaper = cheaperLater.indexOf(storageClass) > cheaperLater.indexOf(object.storageClass);
  const filter = rule.Filter?.And ?? rule.Filter;
  const namesSize = filter?.ObjectSizeGreaterThan !== undefined || filter?.ObjectSizeLessThan !== undefined;
  const isArchive = storageClass === "GLACIER" || storageClass === "DEEP_ARCHIVE";
  const takesSmall = namesSize || (isArchive && bucket.lifecycle?.minimumSize === "varies_by_storage_class");
  if (!isCheaper || !appliesTo(rule, object) || (object.sizeBytes < smallBytes && !takesSmall)) return;
  s3.objects.change({ ...object, storageClass });
}

async function expireOlder(s3: S3, bucket: Bucket, rule: LifecycleRule, now: number): Promise<number> {
  const { NoncurrentDays: days, NewerNoncurrentVersions: kept = 0 } = rule.NoncurrentVersionExpiration ?? {};
  if (days === undefined) return 0;
  const due = olderVersions(s3, bucket, rule, { days, kept, now }).filter((version) => !isLocked(version, now, false));
  for (const version of due) await remove(s3, bucket, version);
  return due.length;
}

/** Versions that stopped being the latest so many days ago, but for the newest of them that are kept. */
function olderVersions(
  s3: S3,
  bucket: Bucket,
  rule: LifecycleRule,
  { days, kept, now }: { readonly days: number; readonly kept: number; readonly now: number },
): readonly StoredObject[] {
  const due: StoredObject[] = [];
  let newer: ObjectVersion | undefined;
  let older = 0;
  for (const version of s3.objects.versions(bucket.name, prefixOf(rule))) {
    older = newer?.key === version.key ? older + 1 : 0;
    const isDue = older > kept && newer !== undefined && daysAfter(newer.at, days) <= now;
    if (isDue && !version.isDeleteMarker && appliesTo(rule, version)) due.push(version);
    newer = version;
  }
  return due;
}

/** Delete markers that no version is left behind. */
async function removeLoneMarkers(s3: S3, bucket: Bucket, rule: LifecycleRule, now: number): Promise<number> {
  const { ExpiredObjectDeleteMarker: isAsked, Days: days } = rule.Expiration ?? {};
  if (isAsked !== true && days === undefined) return 0;
  const versions = [...s3.objects.versions(bucket.name, prefixOf(rule))];
  const lone = versions.filter(
    (version, index) =>
      version.isDeleteMarker &&
      versions[index - 1]?.key !== version.key &&
      versions[index + 1]?.key !== version.key &&
      (days === undefined || daysAfter(version.at, days) <= now),
  );
  for (const marker of lone) {
    s3.objects.remove(marker);
    await announce(s3, undefined, bucket, "LifecycleExpiration:Delete", marker);
  }
  return lone.length;
}

async function abortUploads(s3: S3, bucket: Bucket, rule: LifecycleRule, now: number): Promise<number> {
  const days = rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation;
  if (days === undefined) return 0;
  const due = [...s3.uploads.list(bucket.name, prefixOf(rule))].filter(
    ({ startedAt }) => daysAfter(startedAt, days) <= now,
  );
  for (const upload of due) await s3.bytes.remove(s3.uploads.remove(upload).map(({ piece }) => piece));
  return due.length;
}

async function remove(s3: S3, bucket: Bucket, object: StoredObject): Promise<void> {
  if (s3.objects.version(bucket.name, object.key, object.versionId)?.sequence !== object.sequence) return;
  checkUnlocked(object, s3.world.clock.now(), false);
  s3.objects.remove(object);
  await s3.bytes.remove(object.pieces);
  await announce(s3, undefined, bucket, "LifecycleExpiration:Delete", object);
}

function prefixOf({ Prefix: prefix, Filter: filter }: LifecycleRule): string {
  return prefix ?? filter?.Prefix ?? filter?.And?.Prefix ?? "";
}
