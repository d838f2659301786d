import { type LogGroupAddress } from "../outlets.ts";
import { type Destination } from "./parcel.ts";

export interface LogEvent {
  readonly at: number;
  readonly text: string;
}

/**
 * `<account>_CloudTrail_<region>` with the trail's home region, to whose group all its regions write; of an
 * organization's members with the organization before it (CloudTrail User Guide, "Role policy document for CloudTrail to
 * use CloudWatch Logs for monitoring", which shows `<organization>_*`; that the account follows is not documented).
 */
export function logStream(destination: Destination, accountId: string): LogGroupAddress["stream"] {
  const { organizationId, ownerId, homeRegion } = destination;
  const isMember = organizationId !== undefined && accountId !== ownerId;
  return `${isMember ? `${organizationId}_` : ""}${accountId}_CloudTrail_${homeRegion}`;
}

/** One event a line: its instant, its text. */
export function logEventsBody(events: readonly LogEvent[]): Buffer {
  return Buffer.from(events.map(({ at, text }) => `${at}\t${text}\n`).join(""));
}

export function readLogEvents(body: Buffer): readonly LogEvent[] {
  return body
    .toString("utf8")
    .split("\n")
    .slice(0, -1)
    .map((line) => {
      const tab = line.indexOf("\t");
      return { at: Number(line.slice(0, tab)), text: line.slice(tab + 1) };
    });
}

/** What one PutLogEvents takes (CloudWatch Logs API Reference, PutLogEvents): events, bytes with 26 each, hours. */
const batchEventsMax = 10_000;
const batchBytesMax = 1_048_576;
const eventOverheadBytes = 26;
const batchMillisecondsMax = 24 * 3_600_000;

/** The next events that go out together, at least one of them. */
export function nextBatch(events: readonly LogEvent[], from: number): readonly LogEvent[] {
  let bytes = 0;
  let oldest = Infinity;
  let newest = 0;
  let end = from;
  for (; end < events.length && end - from < batchEventsMax; end += 1) {
    const { at, text } = events[end] ?? { at: 0, text: "" };
    bytes += Buffer.byteLength(text) + eventOverheadBytes;
    oldest = Math.min(oldest, at);
    newest = Math.max(newest, at);
    if (end > from && (bytes > batchBytesMax || newest - oldest >= batchMillisecondsMax)) break;
  }
  // They have to be in the order of time.
  return events.slice(from, end).sort((a, b) => a.at - b.at);
}
