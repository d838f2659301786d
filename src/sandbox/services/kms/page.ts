import { AwsError } from "../../../aws/index.ts";
import { validation } from "./errors.ts";

export interface PageInput {
  readonly Limit?: number | undefined;
  readonly Marker?: string | undefined;
}

export interface PageOutput {
  readonly Truncated: boolean;
  readonly NextMarker?: string;
}

/** One page of a list; the marker says how many were before. API Reference, ListKeys. */
export function pageOf<Item>(
  items: readonly Item[],
  { Limit: limit = 100, Marker: marker }: PageInput,
  limitMax: number,
): { readonly page: Item[]; readonly about: PageOutput } {
  if (!Number.isInteger(limit) || limit < 1 || limit > limitMax) {
    throw validation(`1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint`);
  }
  const start = marker === undefined ? 0 : Number(Buffer.from(marker, "base64url").toString("utf8"));
  if (!Number.isSafeInteger(start) || start < 0)
    throw new AwsError("InvalidMarkerException", "The marker is not valid");
  const end = start + limit;
  const isMore = end < items.length;
  return {
    page: items.slice(start, end),
    about: { Truncated: isMore, ...(isMore ? { NextMarker: Buffer.from(String(end)).toString("base64url") } : {}) },
  };
}
