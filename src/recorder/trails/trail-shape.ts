import { type OutputOf } from "../../aws/index.ts";
import { areCustom } from "../../cloudtrail/index.ts";
import { type Trail, type TrailStatus } from "../trail.ts";

type AwsTrail = NonNullable<OutputOf<"cloudtrail", "GetTrail">["Trail"]>;
type Changed = OutputOf<"cloudtrail", "CreateTrail">;
type AwsStatus = OutputOf<"cloudtrail", "GetTrailStatus">;

/** A trail as `CreateTrail` and `UpdateTrail` answer it; texts that are not set are left out. */
export function shapeOfChange(trail: Trail): Changed {
  return {
    Name: trail.name,
    S3BucketName: trail.bucket,
    ...(trail.keyPrefix === undefined ? {} : { S3KeyPrefix: trail.keyPrefix }),
    ...(trail.topicName === undefined ? {} : { SnsTopicName: trail.topicName }),
    ...(trail.topicArn === undefined ? {} : { SnsTopicARN: trail.topicArn }),
    IncludeGlobalServiceEvents: trail.includesGlobalServiceEvents,
    IsMultiRegionTrail: trail.isMultiRegion,
    TrailARN: trail.arn,
    LogFileValidationEnabled: trail.validatesLogFiles,
    ...(trail.logGroupArn === undefined ? {} : { CloudWatchLogsLogGroupArn: trail.logGroupArn }),
    ...(trail.logRoleArn === undefined ? {} : { CloudWatchLogsRoleArn: trail.logRoleArn }),
    ...(trail.kmsKeyArn === undefined ? {} : { KmsKeyId: trail.kmsKeyArn }),
    IsOrganizationTrail: trail.organizationId !== undefined,
    RecursiveLogging: trail.recordsOwnDeliveries,
  };
}

/** A trail as `GetTrail` and `DescribeTrails` answer it. */
export function shapeOfTrail(trail: Trail): AwsTrail {
  return {
    ...shapeOfChange(trail),
    HomeRegion: trail.homeRegion,
    HasCustomEventSelectors: areCustom(trail.selectors),
    HasInsightSelectors: trail.insightSelectors.length > 0,
  };
}

/** The last five members are AWS's former ones, which are texts and empty when there is nothing to tell. */
export function shapeOfStatus(trail: Trail, status: TrailStatus): AwsStatus {
  const { startedAt, stoppedAt } = trail;
  return {
    IsLogging: trail.isLogging,
    ...dated("StartLoggingTime", startedAt),
    ...dated("StopLoggingTime", stoppedAt),
    ...dated("LatestDeliveryTime", status.latestDeliveryAt),
    ...dated("LatestNotificationTime", status.latestNotificationAt),
    ...dated("LatestDigestDeliveryTime", status.latestDigestDeliveryAt),
    ...dated("LatestCloudWatchLogsDeliveryTime", status.latestCloudWatchLogsDeliveryAt),
    ...told("LatestDeliveryError", status.latestDeliveryError),
    ...told("LatestNotificationError", status.latestNotificationError),
    ...told("LatestDigestDeliveryError", status.latestDigestDeliveryError),
    ...told("LatestCloudWatchLogsDeliveryError", status.latestCloudWatchLogsDeliveryError),
    LatestDeliveryAttemptTime: legacyTime(status.latestDeliveryAttemptAt ?? status.latestDeliveryAt),
    LatestNotificationAttemptTime: legacyTime(status.latestNotificationAttemptAt ?? status.latestNotificationAt),
    LatestNotificationAttemptSucceeded: legacyTime(status.latestNotificationAt),
    LatestDeliveryAttemptSucceeded: legacyTime(status.latestDeliveryAt),
    TimeLoggingStarted: legacyTime(startedAt),
    TimeLoggingStopped: legacyTime(stoppedAt),
  };
}

function dated(name: keyof AwsStatus, at: number | undefined): Partial<AwsStatus> {
  return at === undefined ? {} : { [name]: new Date(at) };
}

function told(name: keyof AwsStatus, error: string | undefined): Partial<AwsStatus> {
  return error === undefined ? {} : { [name]: error };
}

/** `2026-11-20T12:00:00Z`, without the fraction. */
function legacyTime(at: number | undefined): string {
  return at === undefined ? "" : `${new Date(at).toISOString().slice(0, 19)}Z`;
}
