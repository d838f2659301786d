import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

import { type CloudTrailRecord } from "../../src/cloudtrail/index.ts";
import { sharedData } from "../fixtures/shared-data.ts";

/** Sets of records that AWS wrote; the hand-edited ones are not among them. */
const sets = [
  "awsdocs-cloudtrail-samples",
  "digest-suite/base",
  "invictus-ir",
  "plaso",
  "sans504",
  "stratus-red-team",
  "traildiscover",
  "trailscraper",
];

/** Records that AWS wrote, from log files, look-ups and documentation. */
export function realRecords(): readonly CloudTrailRecord[] {
  return sets.flatMap((set) =>
    readdirSync(join(sharedData, set), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .flatMap((entry) => recordsIn(join(entry.parentPath, entry.name))),
  );
}

function recordsIn(path: string): readonly CloudTrailRecord[] {
  const bytes = readFileSync(path);
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("utf8");
  const whole = parsed(text);
  return whole.length > 0 ? whole : text.split("\n").flatMap(parsed);
}

function parsed(text: string): readonly CloudTrailRecord[] {
  try {
    return records(JSON.parse(text));
  } catch {
    return [];
  }
}

function records(value: unknown): readonly CloudTrailRecord[] {
  if (Array.isArray(value)) return value.flatMap(records);
  if (typeof value !== "object" || value === null) return [];
  if ("Records" in value) return records(value.Records);
  if ("CloudTrailEvent" in value && typeof value.CloudTrailEvent === "string") return parsed(value.CloudTrailEvent);
  return "eventVersion" in value && "eventName" in value ? [value as CloudTrailRecord] : [];
}
