/** JSON as it is built here. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/**
 * One entry of `Records`, with the keys in the order in which CloudTrail writes them. A member that is `undefined` is
 * not written: all records of API calls are built with the same members, which is twice as quick.
 */
export interface MadeUpRecord {
  eventVersion: string;
  userIdentity?: JsonObject | undefined;
  eventTime: string;
  eventSource?: string | undefined;
  eventName?: string | undefined;
  awsRegion: string;
  sourceIPAddress?: string | undefined;
  userAgent?: string | undefined;
  errorCode?: string | undefined;
  errorMessage?: string | undefined;
  requestParameters?: Json | undefined;
  responseElements?: Json | undefined;
  additionalEventData?: JsonObject | undefined;
  requestID?: string | undefined;
  eventID: string;
  readOnly?: boolean | undefined;
  resources?: readonly Resource[] | undefined;
  eventType: string;
  apiVersion?: string | undefined;
  managementEvent?: boolean | undefined;
  recipientAccountId: string;
  serviceEventDetails?: JsonObject | undefined;
  sharedEventID?: string | undefined;
  insightDetails?: JsonObject | undefined;
  vpcEndpointId?: string | undefined;
  vpcEndpointAccountId?: string | undefined;
  eventCategory: "Management" | "Data" | "NetworkActivity" | "Insight";
  tlsDetails?:
    | {
        readonly tlsVersion: string;
        readonly cipherSuite: string;
        readonly clientProvidedHostHeader: string;
      }
    | undefined;
  sessionCredentialFromConsole?: "true" | undefined;
}

/** What a call touched; the keys stand in this order in real records. */
export type Resource =
  | { readonly accountId: string; readonly type: string; readonly ARN: string }
  | { readonly accountId: string; readonly ARN: string }
  | { readonly type: string; readonly ARN: string }
  | { readonly type: string; readonly ARNPrefix: string };

/** A record and when it happened, in milliseconds since the epoch. */
export interface Happening {
  readonly at: number;
  readonly record: MadeUpRecord;
}

/** `2026-01-02T03:04:05Z`, the resolution of `eventTime`. */
export function formatInstant(at: number): string {
  const second = Math.floor(at / 1000);
  const minute = Math.floor(second / 60);
  if (minute !== lastMinute) {
    lastMinute = minute;
    lastMinuteText = new Date(minute * 60_000).toISOString().slice(0, 17);
  }
  return `${lastMinuteText}${twoDigits[second - minute * 60] ?? "00"}Z`;
}

/** Neighbouring records fall into one minute, and `toISOString` is the dear part of a record. */
let lastMinute = Number.NaN;
let lastMinuteText = "";
const twoDigits = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, "0"));

/** The text of a record, minified as AWS writes it. Many records share one identity: its text is kept. */
export function printRecord(record: MadeUpRecord): string {
  const { userIdentity, ...rest } = record;
  if (userIdentity === undefined) return JSON.stringify(record);
  let identity = identityTexts.get(userIdentity);
  if (identity === undefined) {
    identity = JSON.stringify(userIdentity);
    identityTexts.set(userIdentity, identity);
  }
  const text = JSON.stringify(rest);
  const afterVersion = text.indexOf(",");
  return `${text.slice(0, afterVersion)},"userIdentity":${identity}${text.slice(afterVersion)}`;
}

const identityTexts = new WeakMap<JsonObject, string>();

const clockFormat = new Intl.DateTimeFormat("en-US", {
  timeZone: "UTC",
  year: "numeric",
  month: "short",
  day: "numeric",
  hour: "numeric",
  minute: "2-digit",
  second: "2-digit",
});

/** `Jan 2, 2026, 3:04:05 AM`, as dates stand inside `requestParameters` and `responseElements`. */
export function formatClock(at: number): string {
  return clockFormat.format(at).replaceAll("\u202f", " ");
}
