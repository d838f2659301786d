import { parseEventTime } from "./event-time.ts";
import { repairJson } from "./json-repair.ts";
import { newSkimState, skim } from "./json-skim.ts";
import type { CloudTrailRecord } from "./record.ts";
import { defaultRecordLimits } from "./record-scanner.ts";

/** Why a text is no record. */
export type ReadRecordRefusal = "not-json" | "not-an-object" | "too-deep" | "no-time";

/** A record, or why the text is none. */
export type ReadRecordResult =
  | {
      readonly ok: true;
      readonly record: CloudTrailRecord;
      /** Well-formed JSON with the same fields, for typed columns only: the record's own bytes are what is kept. */
      readonly clean: string;
    }
  | { readonly ok: false; readonly reason: ReadRecordRefusal; readonly message: string };

/**
 * Reads a record that a strict parser refused, as far as it can be read: invalid UTF-8 is replaced, raw control
 * characters, lone surrogates and numbers out of range are mended, of a key that comes twice the last counts. A record
 * must be an object and say when it happened.
 */
export function readRecord(
  text: string | Uint8Array,
  depthMax: number = defaultRecordLimits.depthMax,
): ReadRecordResult {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const skimmed = newSkimState();
  skim(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, bytes.length, skimmed);
  if (skimmed.deepest > depthMax) {
    return {
      ok: false,
      reason: "too-deep",
      message: `The record nests more than ${depthMax} levels deep`,
    };
  }
  const repaired = repairJson(typeof text === "string" ? text : new TextDecoder().decode(text));
  let value: unknown;
  try {
    value = JSON.parse(repaired.text);
  } catch (error) {
    return { ok: false, reason: "not-json", message: `The record is not JSON: ${describe(error)}` };
  }
  if (!isRecord(value)) {
    const what = value === null ? "null" : Array.isArray(value) ? "a list" : `a ${typeof value}`;
    return { ok: false, reason: "not-an-object", message: `The record is ${what}, not an object` };
  }
  if (recordTime(value) === undefined) {
    return { ok: false, reason: "no-time", message: missingTime(value) };
  }
  const clean = countKeys(value) === repaired.keys ? repaired.text : JSON.stringify(value);
  return { ok: true, record: value, clean };
}

/** When the record happened: `eventTime`, for aggregated events the start of their window; milliseconds. */
export function recordTime(record: CloudTrailRecord): number | undefined {
  const window: unknown = record.timeWindow;
  const start =
    typeof window === "object" && window !== null && "windowStart" in window ? window.windowStart : undefined;
  return parseEventTime(record.eventTime) ?? parseEventTime(start);
}

function isRecord(value: unknown): value is CloudTrailRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function missingTime(record: CloudTrailRecord): string {
  const given: unknown = record.eventTime ?? record.timeWindow?.windowStart;
  const field = record.eventTime === undefined ? "timeWindow.windowStart" : "eventTime";
  return given === undefined || given === null
    ? "The record has neither eventTime nor timeWindow.windowStart"
    : `The record's ${field} is no time: ${JSON.stringify(given).slice(0, 60)}`;
}

function countKeys(value: unknown): number {
  let count = 0;
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === "object" && next !== null) {
      const members: readonly unknown[] = Object.values(next);
      count += Array.isArray(next) ? 0 : members.length;
      for (const member of members) {
        open.push(member);
      }
    }
  }
  return count;
}

/** V8 quotes the text it could not read; the first line is enough. */
function describe(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/[\p{Cc}\p{Cf}]/gu, "\u00b7").slice(0, 160);
}
