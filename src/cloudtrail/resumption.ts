import { skipBlank } from "./object-members.ts";

/** Where reading may go on inside a lost stretch: at `at`, or not before more bytes than `scanned` are there. */
export type Resumption =
  | { readonly kind: "found"; readonly at: number }
  | { readonly kind: "none" }
  | { readonly kind: "undecided"; readonly scanned: number };

const lookAheadBytes = 256;
const knownStarts = [Buffer.from('"eventVersion"'), Buffer.from('"Records"')];

/**
 * Searches a lost stretch for the next place where a value is likely to begin: a line that opens an object (or, outside
 * lists, a list of objects), or an object whose first key is that of a record or of a log file.
 */
export function findResumption(
  bytes: Uint8Array,
  from: number,
  end: number,
  isFinal: boolean,
  inList: boolean,
): Resumption {
  for (let i = from; i < end; i++) {
    const c = bytes[i];
    if (c !== 0x7b && (c !== 0x5b || inList)) {
      continue;
    }
    const atLineStart = i > 0 && (bytes[i - 1] === 0x0a || bytes[i - 1] === 0x0d);
    // always the same number of bytes, so that chunks of any size lead to the same decision
    if (!isFinal && end - i < lookAheadBytes + 16) {
      return { kind: "undecided", scanned: i };
    }
    const limit = Math.min(end, i + lookAheadBytes);
    const next = skipBlank(bytes, i + 1, limit);
    const isLine = atLineStart && bytes[next] === (c === 0x7b ? 0x22 : 0x7b) && next < limit;
    if (isLine || (c === 0x7b && knownStarts.some((start) => startsWith(bytes, next, end, start)))) {
      return { kind: "found", at: i };
    }
  }
  return { kind: "none" };
}

/** How many bytes a look at the time of ingestion needs. */
export const logTimestampBytesMax = 40;

/** The length of the time of ingestion that CloudWatch Logs' export to S3 writes before each event, or 0. */
export function logTimestampLength(bytes: Uint8Array, start: number, end: number): number {
  const text = String.fromCharCode(...bytes.subarray(start, Math.min(end, start + logTimestampBytesMax)));
  return /^\d{4}-\d\d-\d\dT[\d:.]{8,16}Z /.exec(text)?.[0].length ?? 0;
}

function startsWith(bytes: Uint8Array, at: number, end: number, wanted: Uint8Array): boolean {
  return at + wanted.length <= end && wanted.every((byte, offset) => bytes[at + offset] === byte);
}
