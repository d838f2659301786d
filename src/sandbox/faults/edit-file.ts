import { gunzipSync, gzipSync } from "node:zlib";

/** How large a file is opened to be changed; those of CloudTrail hold 50 MB at most, inflated. */
const inflatedBytesMax = 64 * 1024 * 1024;

/** A log file or digest in which something stands otherwise than it was; still good gzip and good JSON. */
export function editFile(body: Uint8Array, how: "edited" | "record-removed"): Uint8Array {
  const text = gunzipSync(body, { maxOutputLength: inflatedBytesMax }).toString("utf8");
  const content = JSON.parse(text) as Record<string, unknown>;
  const list = ["Records", "logFiles"].find((name) => Array.isArray(content[name]));
  const items = list === undefined ? [] : (content[list] as Record<string, unknown>[]);
  if (list === undefined || items.length === 0) return gzipSync(JSON.stringify({ ...content, edited: true }));
  const [first = {}, ...rest] = items;
  const changed =
    how === "record-removed"
      ? rest
      : [
          { ...first, ...(list === "Records" ? { sourceIPAddress: "192.0.2.1" } : { hashValue: "0".repeat(64) }) },
          ...rest,
        ];
  return gzipSync(JSON.stringify({ ...content, [list]: changed }));
}
