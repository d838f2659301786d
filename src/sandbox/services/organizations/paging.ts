import { invalidInput } from "./errors.ts";

interface PageInput {
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}

const resultsMax = 20;

/** A page of up to `MaxResults` (20 at most, as in AWS), from where the token says, in the order of the items' keys. */
export function pageOf<Item>(
  all: Iterable<Item>,
  input: PageInput,
  keyOfItem: (item: Item) => string,
): { readonly items: Item[]; readonly NextToken?: string } {
  const size = input.MaxResults ?? resultsMax;
  if (!(size >= 1)) throw invalidInput("MIN_VALUE_EXCEEDED");
  if (size > resultsMax) throw invalidInput("MAX_VALUE_EXCEEDED");
  const after = input.NextToken === undefined ? undefined : readToken(input.NextToken);
  const rest = [...all]
    .map((item) => ({ key: keyOfItem(item), item }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .filter(({ key }) => after === undefined || key > after);
  const page = rest.slice(0, size);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    ...(rest.length > size && last !== undefined
      ? { NextToken: Buffer.from(JSON.stringify({ after: last.key })).toString("base64url") }
      : {}),
  };
}

function readToken(token: string): string {
  try {
    const value: unknown = JSON.parse(Buffer.from(token.slice(0, 4096), "base64url").toString());
    if (typeof value === "object" && value !== null && "after" in value && typeof value.after === "string") {
      return value.after;
    }
  } catch {
    // Told below.
  }
  throw invalidInput("INVALID_NEXT_TOKEN");
}
