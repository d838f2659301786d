import { checkRange, constraintError } from "./validation.ts";

interface PageInput {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

interface Page<Item> {
  readonly items: Item[];
  readonly IsTruncated: boolean;
  readonly Marker?: string;
}

const itemsMax = 1000;

/**
 * The page that a marker asks for, of up to `MaxItems`, 100 where none is said. The marker names the last item of the
 * page before, so that what comes and goes meanwhile neither hides nor repeats another. `keyOf` gives each item a key, in
 * whose order the items come.
 */
export function pageOf<Item>(all: Iterable<Item>, input: PageInput, keyOf: (item: Item) => string): Page<Item> {
  const size = input.MaxItems ?? 100;
  checkRange("maxItems", size, 1, itemsMax);
  const after = input.Marker === undefined ? undefined : readMarker(input.Marker);
  const items: Item[] = [];
  let last = "";
  const ordered = [...all].map((item) => [keyOf(item), item] as const).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  for (const [key, item] of ordered) {
    if (after !== undefined && key <= after) continue;
    if (items.length === size) return { items, IsTruncated: true, Marker: writeMarker(last) };
    items.push(item);
    last = key;
  }
  return { items, IsTruncated: false };
}

function writeMarker(key: string): string {
  return Buffer.from(JSON.stringify({ after: key })).toString("base64url");
}

function readMarker(marker: string): string {
  try {
    const value: unknown = JSON.parse(Buffer.from(marker.slice(0, 4096), "base64url").toString());
    if (typeof value === "object" && value !== null && "after" in value && typeof value.after === "string") {
      return value.after;
    }
  } catch {
    // Told below, as any other marker that is not ours.
  }
  throw constraintError("marker", marker, "be a marker of an earlier answer");
}

/** Those whose path begins so. */
export function underPath<Thing extends { readonly path: string }>(
  things: Iterable<Thing>,
  prefix: string,
): readonly Thing[] {
  return [...things].filter(({ path }) => path.startsWith(prefix));
}
