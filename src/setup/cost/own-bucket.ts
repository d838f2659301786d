import type { SelectableRecord } from "../../cloudtrail/index.ts";
import type { Deliveries } from "./delivery-charges.ts";
import type { LineEntry } from "./line-book.ts";
import type { Reach } from "./reach.ts";

/** Data events that a trail makes by writing, and has others make by fetching, what it writes. */
export interface OwnBucketLoop {
  readonly entries: readonly LineEntry[];
  readonly events: number;
}

/**
 * A trail that records data events of its own bucket records each of its deliveries, and each time one is fetched; those
 * records are delivered in turn (User Guide, "Logging data events"). Nothing when it does not.
 */
export function ownBucketLoop(
  reach: Reach,
  deliveries: readonly Deliveries[],
  { isCollected }: { readonly isCollected: boolean },
): OwnBucketLoop | undefined {
  const { trail } = reach;
  const recordsWrites = reach.selects(recordOf(reach, "PutObject"));
  const recordsReads = isCollected && reach.selects(recordOf(reach, "GetObject"));
  if (!recordsWrites && !recordsReads) return undefined;
  const entries = deliveries.map(({ accountId, region, files, digests }): LineEntry => ({
    trailArn: trail.arn,
    item: "data-events",
    detail: "own-bucket",
    what: "Data events of the trail's own bucket",
    why: "The trail records that its own log files and digests are written and fetched",
    accountId,
    region,
    pricedIn: trail.homeRegion,
    quantity: (recordsWrites ? files + digests : 0) + (recordsReads ? files : 0),
  }));
  return { entries, events: entries.reduce((sum, { quantity }) => sum + quantity, 0) };
}

/** The record of a delivery, or of fetching one, as the bucket's owner has it. */
function recordOf({ trail }: Reach, eventName: "PutObject" | "GetObject"): SelectableRecord {
  const { bucket, prefix } = trail.value;
  const partition = trail.arn.split(":")[1] ?? "aws";
  const own = `arn:${partition}:s3:::${bucket}`;
  const key = `${prefix === "" ? "" : `${prefix}/`}AWSLogs/${trail.ownerAccountId}/CloudTrail/${trail.homeRegion}/x.json.gz`;
  return {
    eventCategory: "Data",
    eventSource: "s3.amazonaws.com",
    eventName,
    eventType: "AwsApiCall",
    awsRegion: trail.homeRegion,
    readOnly: eventName === "GetObject",
    resources: [
      { type: "AWS::S3::Object", ARN: `${own}/${key}` },
      { type: "AWS::S3::Bucket", ARN: own, accountId: trail.ownerAccountId },
    ],
    ...(eventName === "PutObject"
      ? { userIdentity: { type: "AWSService", invokedBy: "cloudtrail.amazonaws.com" } }
      : {}),
  };
}
