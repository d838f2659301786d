import { type InputOf } from "../../../aws/index.ts";
import { type Acl } from "./access/acl.ts";

/** A bucket and everything that is set on it. */
export interface Bucket {
  readonly name: string;
  readonly ownerId: string;
  readonly region: string;
  readonly createdAt: number;
  /** Absent until it is set for the first time; it then never is absent again. */
  readonly versioning?: "Enabled" | "Suspended";
  readonly objectLock?: ObjectLock;
  readonly acl: Acl;
  /** Absent when it was deleted: then ACLs count, and who writes an object owns it. */
  readonly ownership?: Ownership;
  readonly publicAccessBlock?: PublicAccessBlock;
  /** As JSON text, as it was put. */
  readonly policy?: string;
  readonly encryption: EncryptionSetting;
  readonly lifecycle?: Lifecycle;
  readonly notification?: NotificationSetting;
  readonly logging?: LoggingSetting;
  readonly tags?: Tags;
  readonly payer: "BucketOwner" | "Requester";
}

export type Ownership = "BucketOwnerEnforced" | "BucketOwnerPreferred" | "ObjectWriter";

/** In the order in which they were given. */
export type Tags = readonly { readonly Key: string; readonly Value: string }[];

export interface PublicAccessBlock {
  readonly BlockPublicAcls: boolean;
  readonly IgnorePublicAcls: boolean;
  readonly BlockPublicPolicy: boolean;
  readonly RestrictPublicBuckets: boolean;
}

export interface EncryptionSetting {
  readonly algorithm: "AES256" | "aws:kms";
  /** As it was given: an id, an ARN, an alias. */
  readonly keyId?: string;
  readonly hasBucketKey: boolean;
  readonly blocked?: readonly string[];
}

export interface ObjectLock {
  readonly defaultRetention?: {
    readonly mode: "GOVERNANCE" | "COMPLIANCE";
    readonly days?: number;
    readonly years?: number;
  };
}

export interface Lifecycle {
  readonly rules: readonly LifecycleRule[];
  readonly minimumSize: "all_storage_classes_128K" | "varies_by_storage_class";
}

/** As AWS says it, but for dates, which are milliseconds since 1970. */
export type LifecycleRule = WithInstants<
  NonNullable<NonNullable<InputOf<"s3", "PutBucketLifecycleConfiguration">["LifecycleConfiguration"]>["Rules"]>[number]
>;

export type NotificationSetting = NonNullable<
  InputOf<"s3", "PutBucketNotificationConfiguration">["NotificationConfiguration"]
>;

export type LoggingSetting = NonNullable<
  NonNullable<InputOf<"s3", "PutBucketLogging">["BucketLoggingStatus"]>["LoggingEnabled"]
>;

/** The same shape with numbers where it has dates, so that it reads back as it was written. */
export type WithInstants<Shape> = Shape extends Date
  ? number
  : Shape extends readonly (infer Item)[]
    ? readonly WithInstants<Item>[]
    : Shape extends object
      ? { readonly [Member in keyof Shape]: WithInstants<Shape[Member]> }
      : Shape;

export function bucketArn(name: string): string {
  return `arn:aws:s3:::${name}`;
}

export function objectArn(bucket: string, key: string): string {
  return `arn:aws:s3:::${bucket}/${key}`;
}

/** The bucket as if one of its settings had never been made. */
export function withoutSetting(
  bucket: Bucket,
  setting: "tags" | "policy" | "publicAccessBlock" | "ownership" | "lifecycle" | "notification" | "logging",
): Bucket {
  const { [setting]: removed, ...rest } = bucket;
  return removed === undefined ? bucket : rest;
}
