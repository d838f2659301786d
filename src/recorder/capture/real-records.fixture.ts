import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

import { type CloudTrailRecord } from "../../cloudtrail/index.ts";

const folder = fileURLToPath(new URL("../../../../shared/data", import.meta.url));
const sets = ["invictus-ir", "stratus-red-team", "sans504", "traildiscover", "digest-suite/base"];

export const hasRealRecords = existsSync(folder);

/** Records that AWS wrote; where the folder is. Of many of a kind, the first few. */
export function realRecords(): readonly CloudTrailRecord[] {
  return sets.flatMap((set) =>
    readdirSync(join(folder, set), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .flatMap((entry) => recordsIn(join(entry.parentPath, entry.name))),
  );
}

function recordsIn(path: string): CloudTrailRecord[] {
  const bytes = readFileSync(path);
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("utf8");
  try {
    return records(JSON.parse(text));
  } catch {
    return [];
  }
}

function records(value: unknown): CloudTrailRecord[] {
  if (Array.isArray(value)) return value.flatMap(records);
  if (typeof value !== "object" || value === null) return [];
  if ("Records" in value) return records(value.Records);
  return "eventVersion" in value ? [value as CloudTrailRecord] : [];
}
