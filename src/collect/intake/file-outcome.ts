import { CollectError } from "../errors.ts";
import { archiveRead } from "../reading/file-reading.ts";
import type { ReadFile } from "../reading-session.ts";
import type { FetchedFile, FileOutcome } from "./intake.ts";

export type OutcomeResult =
  | { readonly ok: true; readonly outcome: FileOutcome }
  | { readonly ok: false; readonly error: CollectError };

/** What became of a fetched file, from what was listed for it: itself or, when it is an archive, its members. */
export function outcomeOf({ name, version }: FetchedFile, read: readonly ReadFile[]): OutcomeResult {
  const unread = read.find(({ stored }) => stored === undefined);
  if (read.length === 0 || unread) {
    const reason = unread?.file.kind === "skipped" ? unread.file.reason : "it was not looked at";
    return {
      ok: false,
      error: new CollectError(`${name} could not be read: ${reason}`, {
        code: "file-unread",
        fault: "ours",
        help: "It is tried again by itself; what is already stored is not doubled",
      }),
    };
  }
  const listed = read.flatMap(({ stored }) => (stored === undefined ? [] : [stored]));
  const isArchive = read.some(({ file }) => file.kind === "skipped" && file.reason === archiveRead);
  const sum = (of: (file: (typeof listed)[number]) => number) => listed.reduce((total, file) => total + of(file), 0);
  return {
    ok: true,
    outcome: {
      name,
      version,
      kind: isArchive ? "archive" : (listed[0]?.kind ?? "skipped"),
      records: sum((file) => file.records),
      stored: sum((file) => file.stored),
      duplicates: sum((file) => file.duplicates),
      rejected: sum((file) => file.rejected),
      dropped: sum((file) => file.dropped),
      lastEventAt: greatest(listed.flatMap((file) => file.lastEventAt ?? [])),
      note: listed.find(({ note }) => note !== "")?.note ?? "",
    },
  };
}

/** The same file once more: it brings nothing. */
export function knownOutcome(outcome: FileOutcome): FileOutcome {
  return { ...outcome, stored: 0, duplicates: outcome.records - outcome.rejected - outcome.dropped };
}

function greatest(numbers: readonly number[]): number | undefined {
  return numbers.length === 0 ? undefined : numbers.reduce((a, b) => Math.max(a, b));
}
