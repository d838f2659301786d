import { AwsError } from "../../aws/index.ts";
import { parseArn, printArn } from "../arn.ts";
import { type By } from "../by.ts";
import { type AuditErrorCode, readAuditEvent } from "./audit-event.ts";
import { type AuditRecord, type AuditSink } from "./audit-log.ts";
import { type Channel, type LakeParts, channelsOf, ingestionsOf, policiesOf, storesOf } from "./lake-things.ts";

/** What `POST /PutAuditEvents` of cloudtrail-data is asked with: two parameters of the query, and the body's JSON. */
export interface AuditEventsInput {
  /** The channel's ARN, or the ARN's last part. */
  readonly channelArn: string | undefined;
  /** Only asked of the caller by conditions of the channel's policy. */
  readonly externalId?: string | undefined;
  readonly body: unknown;
}

export interface AuditEventsOutput {
  readonly successful: readonly { readonly id: string; readonly eventID: string }[];
  readonly failed: readonly { readonly id: string; readonly errorCode: string; readonly errorMessage: string }[];
}

export interface AuditParts extends LakeParts {
  readonly auditSink?: AuditSink | undefined;
}

/** API Reference of cloudtrail-data, PutAuditEvents. */
const eventsMax = 100;
const callBytesMax = 1024 * 1024;
/** The version of stored audit records; AWS's pages do not tell theirs. */
const eventVersion = "1.0";
const dayMilliseconds = 24 * 3_600_000;

/** The channel that a call means; its policy decides with the caller's own whether the call is allowed. */
export function findAuditChannel(parts: LakeParts, channelArn: string | undefined, by: By) {
  const given = channelArn ?? "";
  const arn = given.startsWith("arn:")
    ? given
    : printArn({ kind: "channel", region: by.region, accountId: by.accountId, id: given });
  const parsed = parseArn(arn);
  if (parsed === undefined || parsed.kind !== "channel") {
    throw new AwsError("InvalidChannelARN", "The channel is named neither by its ARN nor by its identifier");
  }
  const channel = parsed.region === by.region ? channelsOf(parts.state).get(arn) : undefined;
  if (channel === undefined) throw new AwsError("ChannelNotFound", `There is no channel ${arn}`);
  return { channel, policy: policiesOf(parts.state).get(arn) };
}

/** Takes an application's events into the stores of a channel. Some may fail, and are told; the others are kept. */
export async function putAuditEvents(parts: AuditParts, input: AuditEventsInput, by: By): Promise<AuditEventsOutput> {
  const events = readEvents(input.body);
  const { channel } = findAuditChannel(parts, input.channelArn, by);
  const read = events.map(({ id, eventData, eventDataChecksum }) => ({
    id,
    eventID: parts.newId(),
    event: readAuditEvent(eventData, eventDataChecksum, channel.ownerId),
  }));
  const records = read.flatMap(({ event, eventID }) =>
    "code" in event ? [] : recordsOf(parts, channel, { eventID, ...event }, by),
  );
  parts.auditLog.add(records);
  for (const arn of channel.destinations) expireOld(parts, arn, by.at);
  const failed = read.flatMap(({ id, eventID, event }) =>
    "code" in event ? [{ id, eventID, errorCode: event.code, errorMessage: event.message }] : [],
  );
  const successful = read.flatMap(({ id, eventID, event }) => ("code" in event ? [] : [{ id, eventID }]));
  noteIngestion(parts, channel, successful.at(-1)?.eventID, failed.at(-1), by.at);
  await parts.auditSink?.accept(records);
  return { successful, failed: failed.map(({ id, errorCode, errorMessage }) => ({ id, errorCode, errorMessage })) };
}

interface GivenEvent {
  readonly id: string;
  readonly eventData: string;
  readonly eventDataChecksum: string | undefined;
}

function readEvents(body: unknown): readonly GivenEvent[] {
  const list = isObject(body) ? body["auditEvents"] : undefined;
  if (!Array.isArray(list) || list.length === 0 || list.length > eventsMax) {
    throw invalid(`auditEvents has 1 to ${eventsMax} members`);
  }
  const events = list.map((entry: unknown): GivenEvent => {
    const { id, eventData, eventDataChecksum } = isObject(entry) ? entry : {};
    if (typeof id !== "string" || !/^[-_A-Za-z0-9]{1,128}$/.test(id)) {
      throw invalid("id has 1 to 128 letters, digits, dashes and underscores");
    }
    if (typeof eventData !== "string" || eventData === "") throw invalid(`eventData of ${id} is missing`);
    const hasSum = eventDataChecksum !== undefined && eventDataChecksum !== null;
    if (hasSum && typeof eventDataChecksum !== "string") throw invalid(`eventDataChecksum of ${id} is not a string`);
    return { id, eventData, eventDataChecksum: hasSum ? eventDataChecksum : undefined };
  });
  const bytes = events.reduce((sum, { eventData }) => sum + Buffer.byteLength(eventData), 0);
  if (bytes > callBytesMax) throw invalid("All events of a call together have at most 1 MB");
  if (new Set(events.map(({ id }) => id)).size < events.length) {
    throw new AwsError("DuplicatedAuditEventId", "Two or more entries in the request have the same event ID");
  }
  return events;
}

function recordsOf(
  parts: LakeParts,
  channel: Channel,
  event: { readonly eventID: string; readonly at: number; readonly eventData: string },
  by: By,
): readonly AuditRecord[] {
  const head = JSON.stringify({
    eventVersion,
    eventCategory: "ActivityAuditLog",
    eventType: "ActivityLog",
    eventID: event.eventID,
    eventTime: secondsOf(event.at),
    awsRegion: by.region,
    recipientAccountId: channel.ownerId,
    metadata: { ingestionTime: secondsOf(by.at), channelARN: channel.arn },
  });
  const json = `${head.slice(0, -1)},"eventData":${event.eventData}}`;
  return channel.destinations
    .filter((arn) => storesOf(parts.state).get(arn)?.status === "ENABLED")
    .map((storeArn) => ({
      storeArn,
      accountId: channel.ownerId,
      region: by.region,
      eventId: event.eventID,
      at: event.at,
      json,
    }));
}

/** Retention goes by the time of the event (API Reference, CreateEventDataStore). */
function expireOld(parts: LakeParts, storeArn: string, at: number): void {
  const store = storesOf(parts.state).get(storeArn);
  if (store !== undefined) parts.auditLog.expire(storeArn, at - store.retentionDays * dayMilliseconds);
}

function noteIngestion(
  parts: LakeParts,
  channel: Channel,
  lastGood: string | undefined,
  lastBad: { readonly eventID: string; readonly errorCode: AuditErrorCode } | undefined,
  at: number,
): void {
  const ingestions = ingestionsOf(parts.state);
  const { errorCode: _, ...before } = ingestions.get(channel.arn) ?? {};
  ingestions.put(channel.arn, {
    ...before,
    attemptAt: at,
    attemptEventId: lastBad?.eventID ?? lastGood ?? "",
    ...(lastGood === undefined ? {} : { successAt: at, successEventId: lastGood }),
    ...(lastBad === undefined ? {} : { errorCode: lastBad.errorCode }),
  });
}

/** `2026-11-20T12:00:00Z` */
function secondsOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What AWS's REST services answer to a body that is not of the form (not on PutAuditEvents' page). */
function invalid(message: string) {
  return new AwsError("ValidationException", message);
}
