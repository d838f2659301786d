import { type TrailSelectors } from "../cloudtrail/index.ts";

/** A trail as it stands, whole in each of its regions and accounts. It is plain data: a change makes a new one. */
export interface Trail {
  readonly name: string;
  /** Names the home region and the owner, whatever region or account the trail is seen from. */
  readonly arn: string;
  /** Of an organization trail always the management account. */
  readonly ownerId: string;
  readonly homeRegion: string;
  readonly bucket: string;
  /** Without a slash at its end. */
  readonly keyPrefix?: string;
  /** As it was given: a name or an ARN. */
  readonly topicName?: string;
  readonly topicArn?: string;
  readonly includesGlobalServiceEvents: boolean;
  readonly isMultiRegion: boolean;
  /** Set for an organization trail; `AWSLogs/<organizationId>/<account>/…` is where its files go. */
  readonly organizationId?: string;
  readonly validatesLogFiles: boolean;
  /** When validation was last switched on; a digest chain begins there. */
  readonly validatesSince?: number;
  readonly kmsKeyArn?: string;
  readonly logGroupArn?: string;
  readonly logRoleArn?: string;
  /** `RecursiveLogging`: whether CloudTrail's own deliveries are recorded. */
  readonly recordsOwnDeliveries: boolean;
  readonly selectors: TrailSelectors;
  readonly insightSelectors: readonly TrailInsightSelector[];
  readonly isLogging: boolean;
  /** When logging was last started, in milliseconds. */
  readonly startedAt?: number;
  readonly stoppedAt?: number;
  readonly createdAt: number;
}

export interface TrailInsightSelector {
  readonly type: "ApiCallRateInsight" | "ApiErrorRateInsight";
  readonly categories: readonly ("Management" | "Data")[];
}

/** How deliveries of a trail went in one region, as `GetTrailStatus` tells it; instants in milliseconds. */
export interface TrailStatus {
  /** The last log file that arrived. */
  readonly latestDeliveryAt?: number | undefined;
  /** The last try, whatever came of it. */
  readonly latestDeliveryAttemptAt?: number | undefined;
  /** S3's error code of the last try; undefined when it went well. */
  readonly latestDeliveryError?: string | undefined;
  readonly latestNotificationAt?: number | undefined;
  readonly latestNotificationAttemptAt?: number | undefined;
  /** SNS's error code. */
  readonly latestNotificationError?: string | undefined;
  readonly latestDigestDeliveryAt?: number | undefined;
  readonly latestDigestDeliveryError?: string | undefined;
  readonly latestCloudWatchLogsDeliveryAt?: number | undefined;
  readonly latestCloudWatchLogsDeliveryError?: string | undefined;
}

/** What happened to a trail, told after it has been written down. */
export interface TrailChange {
  readonly kind: "created" | "updated" | "started" | "stopped" | "deleted";
  /** As it is now; of a deleted one as it was last. */
  readonly trail: Trail;
  /** As it was before; none for a created one. */
  readonly before?: Trail;
  readonly at: number;
}

/** The trails as delivery reads them. `openTrailBook` in `trails/` makes one. */
export interface TrailBook {
  /**
   * Every trail that sees what happens in an account and region, logging or not: the account's own of that region, its
   * multi-region trails, and the organization's trails. Whether it logged is told by `wasLoggingAt`, whether it wants a
   * record by `selects`.
   */
  trailsFor(accountId: string, region: string): Promise<readonly Trail[]>;
  /** All trails of all accounts, each once, in the order of their ARNs. */
  all(): readonly Trail[];
  get(arn: string): Trail | undefined;
  status(arn: string, region: string): TrailStatus;
  /** Changes what is named and leaves the rest; `undefined` takes away. Of a trail that is gone nothing is kept. */
  noteStatus(arn: string, region: string, change: TrailStatus): void;
  /** Calls `listener`, at once and not waiting for it, on every change. Returns what ends that. */
  onChange(listener: (change: TrailChange) => void): () => void;
}

/** Whether a trail logged at an instant; the call that starts or stops it is logged too. */
export function wasLoggingAt(trail: Trail, at: number): boolean {
  if (trail.startedAt === undefined || at < trail.startedAt) return false;
  return trail.isLogging || (trail.stoppedAt !== undefined && at <= trail.stoppedAt);
}
