import type { Insertable, Selectable } from "kysely";
import type { LedgerHoursTable, LedgerTable } from "./database/tables.ts";
import type { LedgerEntry, LedgerHour, LedgerState } from "./ledger.ts";

export function entryOf(row: Selectable<LedgerTable>): LedgerEntry {
  const state = row.state as LedgerState;
  return {
    name: row.name,
    bucket: row.bucket,
    key: row.key,
    source: row.source,
    accountId: row.account_id,
    region: row.region,
    kind: row.kind as LedgerEntry["kind"],
    hour: row.hour,
    ...(row.size_bytes === null ? {} : { sizeBytes: row.size_bytes }),
    ...(row.version === null ? {} : { version: row.version }),
    state,
    noticedAt: row.noticed_at ?? undefined,
    listedAt: row.listed_at ?? undefined,
    namedAt: row.named_at ?? undefined,
    readAt: row.read_at ?? undefined,
    records: row.records,
    tries: row.tries,
    nextTryAt: state === "failing" ? (row.due_at ?? undefined) : undefined,
    problem: row.problem ?? undefined,
  };
}

/** `heardAt` is when something that waits was last heard of. */
export function rowOf(entry: LedgerEntry, heardAt: number | undefined): Insertable<LedgerTable> {
  const due = entry.state === "failing" ? entry.nextTryAt : entry.state === "waiting" ? heardAt : undefined;
  return {
    name: entry.name,
    bucket: entry.bucket,
    key: entry.key,
    source: entry.source,
    account_id: entry.accountId,
    region: entry.region,
    kind: entry.kind,
    hour: entry.hour,
    size_bytes: entry.sizeBytes ?? null,
    version: entry.version ?? null,
    state: entry.state,
    noticed_at: entry.noticedAt ?? null,
    listed_at: entry.listedAt ?? null,
    named_at: entry.namedAt ?? null,
    read_at: entry.readAt ?? null,
    records: entry.records,
    tries: entry.tries,
    due_at: due ?? null,
    problem: entry.problem ?? null,
  };
}

type Counts = Omit<LedgerHoursTable, "source" | "account_id" | "region" | "kind" | "hour">;

/** What one entry adds to its hour's counts. */
function countsOf(entry: LedgerEntry | undefined): Counts {
  const isLeftOut = entry?.state === "left out";
  const one = (is: boolean) => (is ? 1 : 0);
  return {
    known: one(entry !== undefined && !isLeftOut),
    noticed: one(entry?.noticedAt !== undefined && !isLeftOut),
    listed: one(entry?.listedAt !== undefined && !isLeftOut),
    named: one(entry?.namedAt !== undefined && !isLeftOut),
    read: one(entry?.state === "read"),
    failing: one(entry?.state === "failing"),
    left_out: one(isLeftOut),
  };
}

export const countNames = ["known", "noticed", "listed", "named", "read", "failing", "left_out"] as const;

/** How the counts of hours change when entries do. */
export function changedHours(
  changes: readonly { readonly before: LedgerEntry | undefined; readonly after: LedgerEntry }[],
): Insertable<LedgerHoursTable>[] {
  const hours = new Map<string, { -readonly [Name in keyof LedgerHoursTable]: LedgerHoursTable[Name] }>();
  for (const { before, after } of changes) {
    const { source, accountId, region, kind, hour } = after;
    const key = `${hour} ${accountId} ${region} ${kind} ${source}`;
    const place = { source, account_id: accountId, region, kind, hour };
    const sum = hours.get(key) ?? { ...place, ...countsOf(undefined) };
    const [was, is] = [countsOf(before), countsOf(after)];
    for (const name of countNames) sum[name] += is[name] - was[name];
    hours.set(key, sum);
  }
  return [...hours.values()].filter((sum) => countNames.some((name) => sum[name] !== 0));
}

export function hourOf(row: Omit<Selectable<LedgerHoursTable>, "source">): LedgerHour {
  return {
    accountId: row.account_id,
    region: row.region,
    kind: row.kind as LedgerHour["kind"],
    hour: row.hour,
    known: row.known,
    noticed: row.noticed,
    listed: row.listed,
    named: row.named,
    read: row.read,
    failing: row.failing,
    leftOut: row.left_out,
  };
}
