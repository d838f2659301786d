import { readRecord, recordTime, RecordScanner, type ReadRecordResult } from "../cloudtrail/index.ts";
import type { CarefulReading } from "../store/index.ts";

/**
 * Looks again at bytes that the engine's parser refused: a record that only a strict parser minds is kept, with a clean
 * stand-in for its columns; two records that a lost quotation mark has joined are told apart.
 */
export function readCarefully(raw: Uint8Array): CarefulReading {
  const reading = readRecord(raw);
  if (reading.ok) return { records: [{ raw, clean: withPlainTime(reading) }], refused: [] };
  if (reading.reason !== "not-json") return { records: [], refused: [refusalOf(raw, reading)] };
  const parts = readParts(raw);
  return parts.records.length > 0 ? parts : { records: [], refused: [refusalOf(raw, reading)] };
}

type Read = ReadRecordResult & { readonly ok: true };
type Refused = ReadRecordResult & { readonly ok: false };
type Refusal = CarefulReading["refused"][number];

function readParts(raw: Uint8Array): CarefulReading {
  const records: { raw: Uint8Array; clean: string }[] = [];
  const refused: Refusal[] = [];
  const scanner = new RecordScanner({
    isCareful: true,
    onRecord(bytes, start, end) {
      const part = Uint8Array.from(bytes.subarray(start, end));
      const reading = readRecord(part);
      if (reading.ok) records.push({ raw: part, clean: withPlainTime(reading) });
      else refused.push(refusalOf(part, reading));
    },
    onReject: ({ lengthBytes, reason, message, excerpt }) => refused.push({ lengthBytes, reason, message, excerpt }),
  });
  scanner.push(raw);
  scanner.end();
  return { records, refused };
}

/** A time that we can read but the engine might not is written as the engine expects it. */
function withPlainTime(reading: Read): string {
  const at = recordTime(reading.record);
  if (at === undefined) return reading.clean;
  const clean = JSON.parse(reading.clean) as Record<string, unknown>;
  return JSON.stringify({ ...clean, eventTime: new Date(at).toISOString() });
}

function refusalOf(raw: Uint8Array, { reason, message }: Refused): Refusal {
  const excerpt = Buffer.from(raw.subarray(0, 200))
    .toString("utf8")
    .replace(/[\p{Cc}\p{Cf}]/gu, "\u{b7}");
  return { lengthBytes: raw.length, reason, message, excerpt };
}
