import { type CloudTrailRecord, recordTime } from "../../cloudtrail/index.ts";
import { type EventResource, resourcesOf } from "./event-resources.ts";

/** What the event history keeps: management events and insights, never data or network events (User Guide). */
export type HistoryCategory = "management" | "insight";

/** An event as `LookupEvents` tells it; the record itself stays text. */
export interface HistoryEntry {
  readonly category: HistoryCategory;
  readonly accountId: string;
  readonly region: string;
  readonly at: number;
  readonly eventId: string;
  readonly eventName: string | undefined;
  readonly eventSource: string | undefined;
  readonly readOnly: string | undefined;
  readonly accessKeyId: string | undefined;
  readonly username: string | undefined;
  readonly resources: readonly EventResource[];
}

/** What the event history takes of a record; undefined for one that it does not keep. */
export function historyEntryOf(record: CloudTrailRecord): HistoryEntry | undefined {
  const category = record.eventCategory === "Insight" ? "insight" : "management";
  if (category === "management" && record.eventCategory !== "Management") return undefined;
  const at = recordTime(record);
  const { recipientAccountId: accountId, awsRegion: region, eventID: eventId } = record;
  if (at === undefined || accountId === undefined || region === undefined || eventId === undefined) return undefined;
  return {
    category,
    accountId,
    region,
    at,
    eventId,
    eventName: record.eventName ?? record.insightDetails?.eventName,
    eventSource: record.eventSource ?? record.insightDetails?.eventSource,
    readOnly: record.readOnly === undefined ? undefined : String(record.readOnly),
    accessKeyId: filled(record.userIdentity?.accessKeyId),
    username: usernameOf(record),
    resources: resourcesOf(record),
  };
}

/** What an entry is found by, under the names of `LookupAttributeKey`. */
export function attributesOf(entry: HistoryEntry): readonly (readonly [key: string, value: string])[] {
  const single = [
    ["EventId", entry.eventId],
    ["EventName", entry.eventName],
    ["EventSource", entry.eventSource],
    ["ReadOnly", entry.readOnly],
    ["AccessKeyId", entry.accessKeyId],
    ["Username", entry.username],
  ] as const;
  const several = entry.resources.flatMap(({ type, name }) => [
    ["ResourceType", type] as const,
    ["ResourceName", name] as const,
  ]);
  const all = [...single, ...several].flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  return [...new Map(all.map((pair) => [JSON.stringify(pair), pair])).values()];
}

/** `root` for the root user (User Guide, "Viewing Event history"); of a role's session its name. */
function usernameOf({ userIdentity: identity }: CloudTrailRecord): string | undefined {
  if (identity?.type === "Root") return "root";
  const ofSession = identity?.principalId?.split(":").slice(1).join(":");
  return filled(identity?.userName) ?? filled(ofSession);
}

function filled(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}
