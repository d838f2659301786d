import { readRecord } from "./read-record.ts";
import type { CloudTrailRecord } from "./record.ts";

/**
 * A record from its own bytes, as everything that looks at stored events has to see it: one that only a strict parser
 * minds (a raw control character, a number out of range) is read as it was when it was stored. Undefined where it cannot
 * be read at all.
 */
export function parseStored(raw: Uint8Array, text: string = decode(raw)): CloudTrailRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as CloudTrailRecord)
      : undefined;
  } catch {
    const reading = readRecord(raw);
    return reading.ok ? reading.record : undefined;
  }
}

function decode(raw: Uint8Array): string {
  return Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString("utf8");
}
