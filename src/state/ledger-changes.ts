import { setImmediate as turn } from "node:timers/promises";
import { sql, type ExpressionBuilder, type Kysely, type Transaction } from "kysely";
import { changeUnflushed, isPostgres } from "./database/engine.ts";
import type { CollectTables } from "./database/tables.ts";
import { changedHours, type countNames, entryOf, rowOf } from "./ledger-row.ts";
import type { LedgerEntry } from "./ledger.ts";

/** Entries changed in one transaction: 19 values each, of the 32,766 that SQLite takes in one statement. */
export const entriesAtOnce = 500;

export type LedgerStep = (entry: LedgerEntry | undefined, index: number) => LedgerEntry | undefined;

/** When an entry that waits was heard of, as far as its turn goes: at 0 it is due at once. */
export type HeardAt = (before: LedgerEntry | undefined) => number;

interface Change {
  readonly before: LedgerEntry | undefined;
  readonly after: LedgerEntry;
}

/** Takes each of these names a step on, with the counts of its hour; gives what is known of them then. */
export async function changeEntries(
  database: Kysely<CollectTables>,
  names: readonly string[],
  heardAt: HeardAt,
  step: LedgerStep,
): Promise<Map<string, LedgerEntry>> {
  const all = new Map<string, LedgerEntry>();
  for (let first = 0; first < names.length; first += entriesAtOnce) {
    // SQLite answers without a pause: whoever else has something to do gets a turn here.
    if (first > 0) await turn();
    const some = names.slice(first, first + entriesAtOnce);
    // What a power cut takes is heard of again from the queue or the bucket, and the store knows what it has read.
    const now = await changeUnflushed(database, async (transaction) => {
      await lockForChange(transaction);
      const before = await readEntries(transaction, some);
      const changes = some.flatMap((name, index) => {
        const after = step(before.get(name), first + index);
        return after === undefined ? [] : [{ before: before.get(name), after }];
      });
      await write(
        transaction,
        changes.filter(({ before: was, after }) => was !== after),
        heardAt,
      );
      return changes;
    });
    for (const { after } of now) all.set(after.name, after);
  }
  return all;
}

/** Two processes that change the ledger take turns: what one reads here is still so when it writes. */
export async function lockForChange(transaction: Transaction<CollectTables>): Promise<void> {
  if (isPostgres(transaction)) await sql`select pg_advisory_xact_lock(${ledgerLock})`.execute(transaction);
}

/** Any number that no other lock of this program has. */
const ledgerLock = 7_236_001;

/** No more than `entriesAtOnce`. */
export async function readEntries(
  database: Kysely<CollectTables>,
  names: readonly string[],
): Promise<Map<string, LedgerEntry>> {
  if (names.length === 0) return new Map();
  const rows = await database
    .selectFrom("ledger")
    .selectAll()
    .where("name", "in", [...names])
    .execute();
  return new Map(rows.map((row) => [row.name, entryOf(row)]));
}

async function write(
  transaction: Transaction<CollectTables>,
  changes: readonly Change[],
  heardAt: HeardAt,
): Promise<void> {
  if (changes.length === 0) return;
  await transaction
    .insertInto("ledger")
    .values(changes.map(({ before, after }) => rowOf(after, heardAt(before))))
    .onConflict((conflict) =>
      conflict.column("name").doUpdateSet((of) => ({
        size_bytes: of.ref("excluded.size_bytes"),
        version: of.ref("excluded.version"),
        state: of.ref("excluded.state"),
        noticed_at: of.ref("excluded.noticed_at"),
        listed_at: of.ref("excluded.listed_at"),
        named_at: of.ref("excluded.named_at"),
        read_at: of.ref("excluded.read_at"),
        records: of.ref("excluded.records"),
        tries: of.ref("excluded.tries"),
        due_at: of.ref("excluded.due_at"),
        problem: of.ref("excluded.problem"),
      })),
    )
    .execute();
  await addToHours(transaction, changes);
}

async function addToHours(transaction: Transaction<CollectTables>, changes: readonly Change[]): Promise<void> {
  const hours = changedHours(changes);
  if (hours.length === 0) return;
  await transaction
    .insertInto("ledger_hours")
    .values(hours)
    .onConflict((conflict) =>
      conflict.columns(["hour", "account_id", "region", "kind", "source"]).doUpdateSet((of) => ({
        known: sumWith(of, "known"),
        noticed: sumWith(of, "noticed"),
        listed: sumWith(of, "listed"),
        named: sumWith(of, "named"),
        read: sumWith(of, "read"),
        failing: sumWith(of, "failing"),
        left_out: sumWith(of, "left_out"),
      })),
    )
    .execute();
}

function sumWith(of: ExpressionBuilder<CollectTables, "ledger_hours">, name: (typeof countNames)[number]) {
  return sql<number>`${of.ref(`ledger_hours.${name}`)} + ${sql.ref(`excluded.${name}`)}`;
}
