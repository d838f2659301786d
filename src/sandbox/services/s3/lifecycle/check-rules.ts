import { AwsError } from "../../../../aws/index.ts";
import { type LifecycleRule } from "../bucket.ts";
import { invalidArgument, invalidRequest, malformedXml } from "../errors.ts";

const rulesMax = 1000;
const transitionClasses = new Set([
  "GLACIER",
  "STANDARD_IA",
  "ONEZONE_IA",
  "INTELLIGENT_TIERING",
  "DEEP_ARCHIVE",
  "GLACIER_IR",
]);

/**
 * Refuses rules that S3 refuses. S3 User Guide, 'Lifecycle configuration elements'; API Reference,
 * PutBucketLifecycleConfiguration.
 */
export function checkRules(rules: readonly LifecycleRule[]): void {
  if (rules.length === 0 || rules.length > rulesMax) throw malformedXml();
  const ids = rules.flatMap(({ ID: id }) => (id === undefined ? [] : [id]));
  if (new Set(ids).size < ids.length) {
    throw invalidArgument("Rule ID must be unique. Found same ID for more than one rule", "ID", "");
  }
  for (const rule of rules) checkRule(rule);
}

function checkRule(rule: LifecycleRule): void {
  if (rule.Status !== "Enabled" && rule.Status !== "Disabled") throw malformedXml();
  if ((rule.ID?.length ?? 0) > 255) throw invalidArgument("ID length should not exceed allowed limit of 255", "ID", "");
  if (rule.Prefix !== undefined && rule.Filter !== undefined) throw malformedXml();
  if (rule.Prefix === undefined && rule.Filter === undefined) throw malformedXml();
  checkFilter(rule.Filter);
  const actions = [
    rule.Expiration,
    rule.NoncurrentVersionExpiration,
    rule.AbortIncompleteMultipartUpload,
    rule.Transitions?.[0],
    rule.NoncurrentVersionTransitions?.[0],
  ];
  if (actions.every((action) => action === undefined)) {
    throw invalidRequest("At least one action needs to be specified in a rule");
  }
  for (const { Days: days, Date: date, StorageClass: storageClass } of rule.Transitions ?? []) {
    if ((days === undefined) === (date === undefined) || !transitionClasses.has(storageClass ?? ""))
      throw malformedXml();
    if (days !== undefined && !(Number.isInteger(days) && days >= 0)) {
      throw new AwsError("InvalidArgument", "'Days' in the Transition action must be nonnegative");
    }
  }
  for (const { NoncurrentDays: days, StorageClass: storageClass } of rule.NoncurrentVersionTransitions ?? []) {
    if (!transitionClasses.has(storageClass ?? "")) throw malformedXml();
    checkDays(days, "'NoncurrentDays' in the NoncurrentVersionTransition action");
  }
  checkExpiration(rule);
  checkDays(
    rule.NoncurrentVersionExpiration?.NoncurrentDays,
    "'NoncurrentDays' for NoncurrentVersionExpiration action",
  );
  checkDays(rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation, "'DaysAfterInitiation'");
  if (rule.AbortIncompleteMultipartUpload !== undefined && hasTags(rule)) {
    throw invalidRequest("AbortIncompleteMultipartUpload cannot be specified with Tags.");
  }
}

function checkFilter(filter: LifecycleRule["Filter"]): void {
  if (filter === undefined) return;
  const given = [filter.Prefix, filter.Tag, filter.And, filter.ObjectSizeGreaterThan, filter.ObjectSizeLessThan];
  if (given.filter((part) => part !== undefined).length > 1) throw malformedXml();
}

function checkExpiration(rule: LifecycleRule): void {
  const { Expiration: expiration } = rule;
  if (expiration === undefined) return;
  const { Days: days, Date: date, ExpiredObjectDeleteMarker: marker } = expiration;
  if ([days, date, marker].filter((part) => part !== undefined).length !== 1) throw malformedXml();
  checkDays(days, "'Days' for Expiration action");
  if (date !== undefined && date % (24 * 60 * 60 * 1000) !== 0) {
    throw invalidArgument("'Date' must be at midnight GMT", "Date", new Date(date).toISOString());
  }
  if (marker !== undefined && hasTags(rule)) {
    throw invalidRequest("ExpiredObjectDeleteMarker cannot be specified with Tags.");
  }
}

function checkDays(days: number | undefined, name: string): void {
  if (days !== undefined && !(Number.isInteger(days) && days > 0)) {
    throw new AwsError("InvalidArgument", `${name} must be a positive integer`);
  }
}

function hasTags({ Filter: filter }: LifecycleRule): boolean {
  return filter?.Tag !== undefined || (filter?.And?.Tags?.length ?? 0) > 0;
}
