import { type RecordingTrail, type SelectableRecord } from "./selectors.ts";
import { selectorTest } from "./selector-test.ts";

/**
 * Services whose calls are recorded in us-east-1 wherever they come from (CloudTrail User Guide, "Global service
 * events"). Of STS these are the calls to its global endpoint; a record does not tell the endpoints apart for certain,
 * so all of STS in us-east-1 counts.
 */
const globalServices: ReadonlySet<string> = new Set([
  "iam.amazonaws.com",
  "sts.amazonaws.com",
  "cloudfront.amazonaws.com",
]);

/** What CloudTrail itself does when it delivers (User Guide, "RecursiveLogging"). */
const deliveries: ReadonlyMap<string, string> = new Map([
  ["s3.amazonaws.com", "PutObject"],
  ["logs.amazonaws.com", "PutLogEvents"],
]);

/** Whether a trail keeps a record: global services, its own deliveries, then its selectors. */
export function selects(trail: RecordingTrail, record: SelectableRecord): boolean {
  if (!trail.includesGlobalServiceEvents && isGlobal(record)) return false;
  if (!trail.recordsOwnDeliveries && isOwnDelivery(record)) return false;
  return selectorTest(trail.selectors)(record);
}

function isGlobal(record: SelectableRecord): boolean {
  return record.awsRegion === "us-east-1" && globalServices.has(record.eventSource ?? "");
}

function isOwnDelivery(record: SelectableRecord): boolean {
  return (
    record.userIdentity?.invokedBy === "cloudtrail.amazonaws.com" &&
    record.eventName !== undefined &&
    deliveries.get(record.eventSource ?? "") === record.eventName
  );
}
