import { byteOrder } from "./byte-order.ts";

export interface PageRequest {
  readonly prefix: string;
  /** Empty for none. */
  readonly delimiter: string;
  /** Only what comes after this key, or common prefix. */
  readonly after: string;
  readonly max: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly commonPrefixes: readonly string[];
  /** The last key or common prefix of the page, when more follows. */
  readonly next: string | undefined;
  readonly isTruncated: boolean;
}

/**
 * One page out of keys in their order: those that have the delimiter after the prefix are rolled up to what stands
 * before it, each counting as one. API Reference, ListObjectsV2.
 */
export function listPage<Item extends { readonly key: string }>(
  items: Iterable<Item>,
  { prefix, delimiter, after, max }: PageRequest,
): Page<Item> {
  const found: Item[] = [];
  const commonPrefixes: string[] = [];
  const from = byteOrder(after);
  let last = "";
  let rolledUp: string | undefined;
  if (max === 0) return { items: [], commonPrefixes: [], next: undefined, isTruncated: false };
  for (const item of items) {
    if (rolledUp !== undefined && item.key.startsWith(rolledUp)) continue;
    const cut = delimiter === "" ? -1 : item.key.indexOf(delimiter, prefix.length);
    const name = cut < 0 ? item.key : item.key.slice(0, cut + delimiter.length);
    if (cut >= 0) rolledUp = name;
    if (byteOrder(name) <= from) continue;
    if (found.length + commonPrefixes.length === max) {
      return { items: found, commonPrefixes, next: last, isTruncated: true };
    }
    if (cut < 0) found.push(item);
    else commonPrefixes.push(name);
    last = name;
  }
  return { items: found, commonPrefixes, next: undefined, isTruncated: false };
}
