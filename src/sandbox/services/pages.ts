/** A part of a list, and how to ask for the next. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

/**
 * Cuts a list, ordered by `keyOf`, into pages. The token names the last thing that was given out, so that things that come
 * and go meanwhile neither repeat nor hide others. An unreadable token is undefined.
 */
export function pageOf<Item>(
  items: Iterable<Item>,
  keyOf: (item: Item) => string,
  size: number,
  token: string | undefined,
): Page<Item> | undefined {
  const after = token === undefined ? undefined : readToken(token);
  if (token !== undefined && after === undefined) return undefined;
  const found: Item[] = [];
  for (const item of items) {
    if (after !== undefined && keyOf(item) <= after) continue;
    if (found.length === size) {
      const last = found.at(-1);
      return { items: found, next: last === undefined ? undefined : writeToken(keyOf(last)) };
    }
    found.push(item);
  }
  return { items: found, next: undefined };
}

function writeToken(key: string): string {
  return Buffer.from(`after ${key}`, "utf8").toString("base64url");
}

function readToken(token: string): string | undefined {
  if (token.length > 4_096) return undefined;
  const text = Buffer.from(token, "base64url").toString("utf8");
  return text.startsWith("after ") ? text.slice("after ".length) : undefined;
}
