import { quoteText as quote } from "../predicate/index.ts";

/** A statement may be a quarter of a mebibyte long; what stands around its list is far smaller than the rest. */
const charactersMax = 100_000;

/** Texts as lists for `IN (…)`, each short enough for a statement. */
export function* quotedLists(texts: readonly string[]): Generator<string, void, undefined> {
  let list: string[] = [];
  let length = 0;
  for (const text of new Set(texts)) {
    const quoted = quote(text);
    // A character may be four bytes; the engine counts those.
    const size = Buffer.byteLength(quoted) + 2;
    if (length + size > charactersMax && list.length > 0) {
      yield list.join(", ");
      list = [];
      length = 0;
    }
    list.push(quoted);
    length += size;
  }
  if (list.length > 0) yield list.join(", ");
}

/** The same for ids of 64 bits, or such written in decimal; what is none is left out. */
export function* idLists(ids: readonly (string | bigint)[]): Generator<string, void, undefined> {
  const whole = [...new Set(ids.map(String))].filter((id) => /^\d{1,20}$/.test(id) && BigInt(id) < 1n << 64n);
  const atOnce = Math.trunc(charactersMax / 22);
  for (let at = 0; at < whole.length; at += atOnce) yield whole.slice(at, at + atOnce).join(", ");
}
