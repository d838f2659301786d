/** A policy's document, as JSON: parsed, so that two that say the same are the same. */
export type PolicyDocument = Readonly<Record<string, unknown>>;

/** What a trail is, beside whether it logs and what it selects. */
export interface TrailValue {
  readonly bucket: string;
  /** Before `AWSLogs`, without slashes at its ends; empty for none. */
  readonly prefix: string;
  /** ARN; empty for none. */
  readonly topicArn: string;
  readonly isMultiRegion: boolean;
  readonly isOrganization: boolean;
  readonly hasGlobalEvents: boolean;
  readonly validatesLogFiles: boolean;
  /** ARN; empty for none. */
  readonly keyArn: string;
  /** CloudWatch Logs; empty for none. */
  readonly logGroupArn: string;
  readonly logRoleArn: string;
}

/** As `GetEventSelectors` gives them; one of the two. */
export interface SelectorsValue {
  readonly basic?: readonly Readonly<Record<string, unknown>>[];
  readonly advanced?: readonly Readonly<Record<string, unknown>>[];
}

export interface BucketValue {
  readonly hasObjectLock: boolean;
}

export interface PublicAccessValue {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

export interface BucketEncryptionValue {
  readonly algorithm: string;
  /** ARN; empty for none, or AWS's own. */
  readonly keyArn: string;
}

/** What stays how long. */
export interface QueueValue {
  readonly retentionSeconds: number;
  readonly visibilitySeconds: number;
  /** SQS's own encryption. */
  readonly isEncrypted: boolean;
  /** KMS key's id, alias or ARN; empty for none. */
  readonly keyId: string;
}

export interface RedriveValue {
  readonly deadLetterArn: string;
  readonly receivesMax: number;
}

export interface SubscriptionValue {
  readonly isRaw: boolean;
  /** The policy as text; empty for none. */
  readonly filterPolicy: string;
}

export interface ObjectLockValue {
  readonly mode: string;
  readonly days: number;
}

/** Every setting by its name, with what it holds. All values are JSON. */
export interface SettingValues {
  trail: TrailValue;
  "trail-logging": boolean;
  "trail-selectors": SelectorsValue;
  /** Types of Insights that are on, sorted: `ApiCallRateInsight Management`. */
  "trail-insights": readonly string[];
  bucket: BucketValue;
  "bucket-public-access": PublicAccessValue;
  /** `BucketOwnerEnforced`, … */
  "bucket-ownership": string;
  "bucket-encryption": BucketEncryptionValue;
  /** `Enabled` or `Suspended`. */
  "bucket-versioning": string;
  "bucket-policy": PolicyDocument;
  /** Rules as `GetBucketLifecycleConfiguration` gives them. */
  "bucket-lifecycle": readonly Readonly<Record<string, unknown>>[];
  "bucket-object-lock": ObjectLockValue;
  /** It is there. */
  topic: true;
  "topic-policy": PolicyDocument;
  /** KMS key's id, alias or ARN. */
  "topic-key": string;
  queue: QueueValue;
  "queue-policy": PolicyDocument;
  "queue-redrive": RedriveValue;
  /** The queue for what could not be read; the same as `queue`, at another place. */
  "dead-letter-queue": QueueValue;
  subscription: SubscriptionValue;
  /** `Enabled`, `Disabled`, `PendingDeletion`, … */
  "key-state": string;
  "key-policy": PolicyDocument;
  /** Whether CloudTrail may act in the organization (`cloudtrail.amazonaws.com` has trusted access). */
  "organization-access": boolean;
}

export type SettingName = keyof SettingValues;
