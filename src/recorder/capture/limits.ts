import { type JsonObject } from "../../cloudtrail/index.ts";

/** CloudTrail User Guide, "CloudTrail record contents": how large a record and its fields may be, in bytes. */
export const eventBytesMax = 256 * 1024;
export const parametersBytesMax = 100 * 1024;
export const additionalDataBytesMax = 28 * 1024;
const textBytesMax = 1024;

/** What is left of a field that is too large: its content is omitted; how that looks is not documented. */
export const omitted: JsonObject = { omitted: true };

export function withinBytes(value: JsonObject | null, bytesMax: number): JsonObject | null {
  return value !== null && Buffer.byteLength(JSON.stringify(value)) > bytesMax ? omitted : value;
}

/** A text that is too long is cut, between two of its signs. */
export function cutText(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= textBytesMax) return text;
  let end = textBytesMax;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end).toString("utf8");
}
