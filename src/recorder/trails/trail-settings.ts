import { type InputOf } from "../../aws/index.ts";
import { type By } from "../by.ts";
import { optionalFlag, optionalText } from "../parameters.ts";
import { refusal } from "../refusal.ts";
import { type Trail } from "../trail.ts";
import { checkBucketName, checkKeyId, checkKeyPrefix, checkLogDestination, topicArnOf } from "./destination-names.ts";

type Given = Omit<InputOf<"cloudtrail", "UpdateTrail">, "Name">;

/** What a caller may set of a trail. Left out is left as it was; an empty text takes away. */
export interface TrailSettings {
  readonly bucket: string | undefined;
  readonly keyPrefix: string | undefined;
  readonly topicName: string | undefined;
  readonly topicArn: string | undefined;
  readonly includesGlobalServiceEvents: boolean;
  readonly isMultiRegion: boolean;
  readonly isOrganizationTrail: boolean;
  readonly validatesLogFiles: boolean;
  /** As it was given; the trail keeps the key's ARN. */
  readonly keyId: string | undefined;
  readonly logGroupArn: string | undefined;
  readonly logRoleArn: string | undefined;
  readonly recordsOwnDeliveries: boolean;
}

/** The settings of a trail that has none yet (API Reference, CreateTrail: the defaults). */
export const defaultSettings: TrailSettings = {
  bucket: undefined,
  keyPrefix: undefined,
  topicName: undefined,
  topicArn: undefined,
  includesGlobalServiceEvents: true,
  isMultiRegion: false,
  isOrganizationTrail: false,
  validatesLogFiles: false,
  keyId: undefined,
  logGroupArn: undefined,
  logRoleArn: undefined,
  recordsOwnDeliveries: true,
};

export function settingsOf(trail: Trail): TrailSettings {
  return {
    bucket: trail.bucket,
    keyPrefix: trail.keyPrefix,
    topicName: trail.topicName,
    topicArn: trail.topicArn,
    includesGlobalServiceEvents: trail.includesGlobalServiceEvents,
    isMultiRegion: trail.isMultiRegion,
    isOrganizationTrail: trail.organizationId !== undefined,
    validatesLogFiles: trail.validatesLogFiles,
    keyId: trail.kmsKeyArn,
    logGroupArn: trail.logGroupArn,
    logRoleArn: trail.logRoleArn,
    recordsOwnDeliveries: trail.recordsOwnDeliveries,
  };
}

/** The settings with what is given put over `before`, each looked at, and all of them together. */
export function readSettings(given: Given, before: TrailSettings, by: By): TrailSettings {
  const keyPrefix = textOver(given.S3KeyPrefix, "S3KeyPrefix", before.keyPrefix);
  const bucket = textOver(given.S3BucketName, "S3BucketName", before.bucket);
  const topicName = textOver(given.SnsTopicName, "SnsTopicName", before.topicName);
  const keyId = textOver(given.KmsKeyId, "KmsKeyId", before.keyId);
  const logGroupArn = textOver(given.CloudWatchLogsLogGroupArn, "CloudWatchLogsLogGroupArn", before.logGroupArn);
  const logRoleArn = textOver(given.CloudWatchLogsRoleArn, "CloudWatchLogsRoleArn", before.logRoleArn);
  checkBucketName(bucket ?? "");
  if (keyPrefix !== undefined) checkKeyPrefix(keyPrefix);
  if (keyId !== undefined) checkKeyId(keyId);
  // What stands there already may be another's: the management account changes what its administrator set up.
  const isNewLog = logGroupArn !== before.logGroupArn || logRoleArn !== before.logRoleArn;
  if (isNewLog) checkLogDestination(logGroupArn, logRoleArn, by);
  const topicArn = topicName === before.topicName ? before.topicArn : topicName && topicArnOf(topicName, by);
  return {
    bucket,
    keyPrefix,
    topicName,
    topicArn,
    ...readRegions(given, before),
    isOrganizationTrail: flagOver(given.IsOrganizationTrail, "IsOrganizationTrail", before.isOrganizationTrail),
    validatesLogFiles: flagOver(given.EnableLogFileValidation, "EnableLogFileValidation", before.validatesLogFiles),
    keyId,
    logGroupArn,
    logRoleArn,
    recordsOwnDeliveries: flagOver(given.RecursiveLogging, "RecursiveLogging", before.recordsOwnDeliveries),
  };
}

/**
 * A trail that comes to all regions sees global services, one that goes back to one does not, unless it is said (User
 * Guide, "Updating a trail", 2023). In all regions it cannot be without them; the sentence is moto's.
 */
function readRegions(given: Given, before: TrailSettings) {
  const isMultiRegion = flagOver(given.IsMultiRegionTrail, "IsMultiRegionTrail", before.isMultiRegion);
  const follows = before.bucket !== undefined && isMultiRegion !== before.isMultiRegion;
  const includesGlobalServiceEvents = flagOver(
    given.IncludeGlobalServiceEvents,
    "IncludeGlobalServiceEvents",
    follows ? isMultiRegion : before.includesGlobalServiceEvents,
  );
  if (isMultiRegion && !includesGlobalServiceEvents) {
    throw refusal("InvalidParameterCombinationException", "Multi-Region trail must include global service events.");
  }
  return { isMultiRegion, includesGlobalServiceEvents };
}

function textOver(value: unknown, name: string, before: string | undefined): string | undefined {
  const given = optionalText(value, name);
  return given === undefined ? before : given === "" ? undefined : given;
}

function flagOver(value: unknown, name: string, before: boolean): boolean {
  return optionalFlag(value, name) ?? before;
}
