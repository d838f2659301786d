import { keyOf } from "../../base/lasting.ts";
import { type CloudTrailRecord, type SelectableRecord } from "../../cloudtrail/index.ts";
import { eventBytesMax } from "../capture/limits.ts";
import { type JournalEntry } from "../journal/entry.ts";
import { type BusEvent, type Outlets } from "../outlets.ts";
import { type Trail, wasLoggingAt } from "../trail.ts";
import { takenBy, type TrailHistory, type TrailTimes } from "./trail-times.ts";

/** EventBridge User Guide, "AWS service events delivered via AWS CloudTrail". */
const detailTypes: ReadonlyMap<string, string> = new Map([
  ["AwsApiCall", "AWS API Call via CloudTrail"],
  ["AwsConsoleSignIn", "AWS Console Signin via CloudTrail"],
  ["AwsConsoleAction", "AWS Console Action via CloudTrail"],
  ["AwsServiceEvent", "AWS Service Event via CloudTrail"],
]);

export interface BusParts {
  readonly history: TrailHistory;
  readonly outlets: Pick<Outlets, "putBusEvent">;
  readonly selects: (trail: Trail, record: SelectableRecord) => boolean;
  readonly failed: (error: unknown) => void;
}

/**
 * Hands records to the default bus of their account and region, where a trail is logging: management events then all,
 * data events when a trail selects them. It is a best effort, as AWS's is: what a bus refuses is not tried again.
 */
export async function putBusEvents(entries: readonly JournalEntry[], parts: BusParts): Promise<void> {
  const trails = new Map<string, readonly TrailTimes[]>();
  for (const entry of entries) {
    const { recipientId, region } = entry;
    const key = keyOf(recipientId, region);
    const seeing = trails.get(key) ?? (await parts.history.seeing(recipientId, region));
    trails.set(key, seeing);
    const event = busEventOf(entry, seeing, parts.selects);
    if (event === undefined) continue;
    try {
      await parts.outlets.putBusEvent(recipientId, region, event);
    } catch (error) {
      parts.failed(error);
    }
  }
}

function busEventOf(
  { at, record: text }: JournalEntry,
  trails: readonly TrailTimes[],
  selects: BusParts["selects"],
): BusEvent | undefined {
  // A larger one is not sent to EventBridge (CloudTrail User Guide, "Quotas in AWS CloudTrail").
  if (trails.length === 0 || Buffer.byteLength(text) > eventBytesMax) return undefined;
  // The journal holds only what `recordOf` made.
  const record = JSON.parse(text) as CloudTrailRecord;
  const isManagement = record.eventCategory === "Management";
  const detailType = detailTypes.get(record.eventType ?? "");
  const isTaken = trails.some((times) =>
    isManagement ? isLogging(times, at) : takenBy(times, at, record, selects) !== undefined,
  );
  if (detailType === undefined || !isTaken) return undefined;
  return {
    detailType,
    source: `aws.${(record.eventSource ?? "").split(".")[0] ?? ""}`,
    at,
    detail: text,
    isReadOnlyManagement: isManagement && record.readOnly === true,
  };
}

function isLogging(times: TrailTimes, at: number): boolean {
  const trail = times.at(at);
  return trail !== undefined && wasLoggingAt(trail, at);
}
