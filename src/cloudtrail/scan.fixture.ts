import { RecordScanner, type ScanSummary } from "./record-scanner.ts";
import type { RejectedPart } from "./rejected-part.ts";

/** All that a scan of one text gave. */
export interface Scan extends ScanSummary {
  readonly found: readonly string[];
  readonly parts: readonly RejectedPart[];
}

/** Scans a text in chunks, each in memory that is wiped afterwards, as a caller's buffer may be. */
export function scan(
  input: string | Uint8Array,
  options: { chunk?: number; recordBytesMax?: number; isCareful?: boolean } = {},
): Scan {
  const bytes = typeof input === "string" ? Buffer.from(input) : input;
  const found: string[] = [];
  const parts: RejectedPart[] = [];
  const scanner = new RecordScanner({
    limits: options.recordBytesMax === undefined ? {} : { recordBytesMax: options.recordBytesMax },
    isCareful: options.isCareful ?? false,
    onRecord: (view, start, end) => found.push(Buffer.from(view.subarray(start, end)).toString()),
    onReject: (part) => parts.push(part),
  });
  const chunk = options.chunk ?? Math.max(1, bytes.length);
  for (let i = 0; i < bytes.length; i += chunk) {
    const piece = Uint8Array.from(bytes.subarray(i, i + chunk));
    scanner.push(piece);
    piece.fill(0x7d);
  }
  return { ...scanner.end(), found, parts };
}

/** A record as CloudTrail orders it. */
export const login =
  '{"eventVersion":"1.08","eventTime":"2024-05-01T08:00:00Z","eventName":"ConsoleLogin","eventID":"a1"}';
/** A record full of what misleads a scanner: escaped quotes, backslashes, `Records` inside a string. */
export const tricky = `{"eventVersion":"1.09","eventTime":"2024-05-01T08:00:01Z","requestParameters":{"policy":"{\\"Records\\":[{}]} \\\\\\\\\\"","path":"C:\\\\","list":[[],{}]},"eventID":"a2"}`;
/** A record whose keys stand in the order of the alphabet, as some exports write them. */
export const sorted =
  '{"awsRegion":"eu-west-1","eventID":"a3","eventTime":"2024-05-01T08:00:02Z","eventVersion":"1.10"}';
/** A record over several lines. */
export const pretty = JSON.stringify(JSON.parse(login), null, 2);
/** Three different records. */
export const three = [login, tricky, sorted];
/** A record as an entry of LookupEvents. */
export const lookup = (record: string): string =>
  JSON.stringify({ EventId: "x", Username: "anaya", CloudTrailEvent: record });
/** A record as an event of EventBridge. */
export const envelope = (detail: string): string =>
  `{"version":"0","id":"7","detail-type":"AWS API Call via CloudTrail","source":"aws.s3","detail":${detail},"region":"eu-west-1"}`;
/** A record as an event of CloudWatch Logs. */
export const message = (record: string): string => JSON.stringify({ id: "1", timestamp: 1, message: record });

/** Why parts were rejected, in their order. */
export function reasons(result: Scan): readonly string[] {
  return result.parts.map((part) => part.reason);
}
