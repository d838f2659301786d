import { type DigestLogFile, type ObjectKey, parseObjectKey } from "../cloudtrail/index.ts";

/** Where an object lies; the bucket of a copy that does not know it is empty. */
export interface ObjectName {
  readonly bucket: string;
  readonly key: string;
}

/** An object by its name, with what its key tells. */
export interface NamedObject extends ObjectName {
  /** Nothing where CloudTrail gives no such names. */
  readonly read: ObjectKey | undefined;
}

/** `s3://bucket/key` */
export function nameOf({ bucket, key }: ObjectName): string {
  return `s3://${bucket}/${key}`;
}

/** The same of a log file as a digest names it. */
export function nameOfLogFile({ s3Bucket, s3Object }: Pick<DigestLogFile, "s3Bucket" | "s3Object">): string {
  return nameOf({ bucket: s3Bucket, key: s3Object });
}

/** Takes `s3://bucket/key` apart; nothing for the path of an imported file. */
export function objectOfName(name: string): NamedObject | undefined {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(name) ?? [];
  if (bucket === undefined || key === undefined) return undefined;
  const parsed = parseObjectKey(key);
  return { bucket, key, read: parsed.ok ? parsed.key : undefined };
}

/** The start of the day that an object's folder says, milliseconds. */
export function dayOfFolder(read: ObjectKey | undefined): number | undefined {
  const day = read?.folder?.day;
  return day === undefined ? undefined : Date.parse(`${day.replaceAll("/", "-")}T00:00:00Z`);
}

/**
 * Where log files and the digests that speak for them lie together: another bucket, prefix, organization, account or
 * region has digests of its own.
 */
export function placeOf({ bucket, read }: NamedObject): string | undefined {
  if (read?.folder === undefined) return undefined;
  const { prefix, organizationId = "" } = read.folder;
  return [bucket, prefix, organizationId, read.accountId, read.region].join("\n");
}

/** The same of an object's name; empty where that does not tell it. */
export function placeOfName(name: string): string {
  const object = objectOfName(name);
  return (object && placeOf(object)) ?? "";
}
