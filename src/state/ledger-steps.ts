import type { LedgerEntry, LedgerList, LedgerObject } from "./ledger.ts";

/** An object stands in a list from now on. The same entry is given back where that says nothing new. */
export function noted(list: LedgerList, entry: LedgerEntry | undefined, object: LedgerObject, at: number): LedgerEntry {
  const field = ({ noticed: "noticedAt", listed: "listedAt", named: "namedAt" } as const)[list];
  if (entry === undefined) {
    return {
      ...object,
      state: "waiting",
      noticedAt: undefined,
      listedAt: undefined,
      namedAt: undefined,
      readAt: undefined,
      records: 0,
      tries: 0,
      nextTryAt: undefined,
      problem: undefined,
      [field]: at,
    };
  }
  const isOverwritten =
    entry.state === "read" &&
    object.version !== undefined &&
    entry.version !== undefined &&
    object.version !== entry.version;
  const isToldAlready = entry[field] !== undefined && (object.sizeBytes === undefined || entry.sizeBytes !== undefined);
  if (isToldAlready && !isOverwritten) return entry;
  // A file that was told of before it came is there now: nobody waits for the next try.
  const isThereNow = list === "listed" && entry.listedAt === undefined && entry.state === "failing";
  return {
    ...(isThereNow ? takenUpAgain(entry) : entry),
    ...(object.sizeBytes === undefined ? {} : { sizeBytes: object.sizeBytes }),
    ...(isOverwritten && object.version !== undefined ? { version: object.version } : {}),
    ...(isOverwritten ? { state: "waiting", tries: 0 } : {}),
    [field]: entry[field] ?? at,
  };
}

export function read(
  entry: LedgerEntry,
  { records, version }: { readonly records: number; readonly version: string },
  at: number,
): LedgerEntry {
  return { ...entry, state: "read", readAt: at, records, version, tries: 0, nextTryAt: undefined, problem: undefined };
}

/** What is read already stays so. */
export function failing(
  entry: LedgerEntry,
  { problem, nextTryAt }: { readonly problem: string; readonly nextTryAt: number },
): LedgerEntry {
  if (entry.state === "read") return entry;
  return { ...entry, state: "failing", tries: entry.tries + 1, nextTryAt, problem };
}

export function leftOut(entry: LedgerEntry, { problem }: { readonly problem: string }): LedgerEntry {
  if (entry.state === "read") return entry;
  return { ...entry, state: "left out", nextTryAt: undefined, problem };
}

export function takenUpAgain(entry: LedgerEntry): LedgerEntry {
  return { ...entry, state: "waiting", tries: 0, nextTryAt: undefined, problem: undefined };
}
