import type { Clock } from "../../base/clock.ts";
import type { Ledger, LedgerEntry } from "../../state/index.ts";
import { judgeKey } from "../sources/judge-key.ts";
import { ledgerObject } from "../sources/object-taker.ts";
import type { Branch } from "./branch.ts";
import { dayFolder, type Day } from "./days.ts";
import type { FolderLister, ListedObject, ListedPage } from "./folder-lister.ts";

export interface LookContext {
  readonly source: string;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly lister: FolderLister;
  /** Told of what is new and neither log file nor digest, by its kind. */
  readonly onStrange: (kind: string, count: number) => void;
}

type Known = Awaited<ReturnType<Ledger["known"]>>;

/**
 * Lists a day of a branch, notes in the ledger what it did not have, and gives, page by page, what of that is to be
 * read. All names are compared each time, so that it makes no difference when a file came or how its name sorts.
 */
export async function* lookAtDay(
  branch: Branch,
  day: Day,
  context: LookContext,
  signal: AbortSignal,
): AsyncGenerator<readonly LedgerEntry[]> {
  const folder = `${branch.path}${dayFolder(day)}`;
  for await (const page of context.lister.pages(branch.bucket, folder, signal)) {
    const unread = await compare(branch, page, context);
    if (unread.length > 0) yield unread;
  }
}

async function compare(branch: Branch, { objects }: ListedPage, context: LookContext): Promise<readonly LedgerEntry[]> {
  const { source, ledger, clock, onStrange } = context;
  if (objects.length === 0) return [];
  const known = await ledger.known(`s3://${branch.bucket}/${sharedBeginning(objects.map(({ key }) => key))}`);
  const fresh = objects.filter((object) => isNews(object, known.get(`s3://${branch.bucket}/${object.key}`)));
  if (fresh.length === 0) return [];
  const now = clock.now();
  const entries = await ledger.note(
    "listed",
    fresh.map((object) => ledgerObject({ bucket: branch.bucket, ...object }, source, now)),
    now,
  );
  const waiting = entries.filter(({ state }) => state === "waiting");
  const strange = waiting.flatMap((entry) => {
    const kind = strangeKind(entry);
    return kind === undefined ? [] : [{ name: entry.name, kind }];
  });
  if (strange.length === 0) return waiting;
  await ledger.markLeftOut(
    strange.map(({ name, kind }) => ({ name, problem: `It is no log file: ${kind}` })),
    now,
  );
  for (const { kind } of strange) onStrange(kind, 1);
  const leftOut = new Set(strange.map(({ name }) => name));
  return waiting.filter(({ name }) => !leftOut.has(name));
}

/** New, not yet known to be in the bucket, or another object than the one that was read. */
function isNews({ etag }: ListedObject, known: ReturnType<Known["get"]>): boolean {
  if (known?.listedAt === undefined) return true;
  return known.state === "read" && known.version !== undefined && etag !== "" && known.version !== etag;
}

/** What an object in a day's folder is, where it is neither log file nor digest. */
function strangeKind({ key, sizeBytes }: LedgerEntry): string | undefined {
  const { fate, kind } = judgeKey(key);
  if (fate === "nothing") return kind;
  // A digest that somebody has emptied proves nothing any more, which is to be seen.
  return sizeBytes === 0 && fate !== "digest" ? "empty object" : undefined;
}

function sharedBeginning([first = "", ...rest]: readonly string[]): string {
  let { length } = first;
  for (const key of rest) {
    let same = 0;
    while (same < length && first[same] === key[same]) same++;
    length = same;
  }
  // Half a character is none.
  return /[\ud800-\udbff]$/.test(first.slice(0, length)) ? first.slice(0, length - 1) : first.slice(0, length);
}
