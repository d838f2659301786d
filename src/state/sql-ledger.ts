import { sql, type ExpressionBuilder, type Kysely, type Transaction } from "kysely";
import { isPostgres } from "./database/engine.ts";
import type { Tables } from "./database/tables.ts";
import { changedHours, countNames, entryOf, hourOf, rowOf } from "./ledger-row.ts";
import { failing, leftOut, noted, read, takenUpAgain } from "./ledger-steps.ts";
import type {
  Ledger,
  LedgerEntry,
  LedgerHour,
  LedgerList,
  LedgerObject,
  LedgerSelection,
  LedgerTotals,
} from "./ledger.ts";

/** Entries changed in one transaction: 19 values each, of the 32,766 that SQLite takes in one statement. */
const atOnce = 500;

type Step = (entry: LedgerEntry | undefined, index: number) => LedgerEntry | undefined;

/** The ledger as rows; every change of a row goes with the counts of its hour, in one transaction. */
export class SqlLedger implements Ledger {
  readonly #database: Kysely<Tables>;

  constructor(database: Kysely<Tables>) {
    this.#database = database;
  }

  async note(list: LedgerList, objects: readonly LedgerObject[], at: number): Promise<LedgerEntry[]> {
    const byName = new Map(objects.map((object) => [object.name, object]));
    const unique = [...byName.values()];
    const names = unique.map(({ name }) => name);
    const now = await this.#change(names, at, (entry, index) => noted(list, entry, unique[index] as LedgerObject, at));
    return objects.map(({ name }) => now.get(name) as LedgerEntry);
  }

  async markRead(
    objects: readonly { readonly name: string; readonly records: number; readonly version: string }[],
    at: number,
  ): Promise<void> {
    await this.#changeNamed(objects, at, (entry, object) => read(entry, object, at));
  }

  async markFailing(
    objects: readonly { readonly name: string; readonly problem: string; readonly nextTryAt: number }[],
    at: number,
  ): Promise<void> {
    await this.#changeNamed(objects, at, failing);
  }

  async markLeftOut(
    objects: readonly { readonly name: string; readonly problem: string }[],
    at: number,
  ): Promise<void> {
    await this.#changeNamed(objects, at, leftOut);
  }

  async takeUpAgain(selection: LedgerSelection, states: readonly ("left out" | "failing")[]): Promise<number> {
    let [count, after] = [0, ""];
    for (;;) {
      const rows = await this.#database
        .selectFrom("ledger")
        .select("name")
        .where("state", "in", [...states])
        .where("name", ">", after)
        .where((where) => selected(where, selection))
        .orderBy("name")
        .limit(atOnce)
        .execute();
      const names = rows.map(({ name }) => name);
      await this.#change(names, 0, (entry) => entry && takenUpAgain(entry));
      count += names.length;
      after = names.at(-1) ?? "";
      if (names.length < atOnce) return count;
    }
  }

  async due(
    source: string,
    { now, heardBefore, limit }: { readonly now: number; readonly heardBefore: number; readonly limit: number },
  ): Promise<LedgerEntry[]> {
    const open = (state: "waiting" | "failing", before: number) =>
      this.#database
        .selectFrom("ledger")
        .selectAll()
        .where("source", "=", source)
        .where("state", "=", state)
        .where("due_at", "<=", before)
        .orderBy("due_at")
        .limit(limit)
        .execute();
    const rows = [...(await open("waiting", heardBefore)), ...(await open("failing", now))];
    return rows
      .sort((a, b) => (a.due_at ?? 0) - (b.due_at ?? 0))
      .slice(0, limit)
      .map(entryOf);
  }

  async entries(names: readonly string[]): Promise<LedgerEntry[]> {
    const found: LedgerEntry[] = [];
    for (let at = 0; at < names.length; at += atOnce) {
      found.push(...(await this.#read(this.#database, names.slice(at, at + atOnce))).values());
    }
    return found;
  }

  async hours(selection: LedgerSelection, limit: number): Promise<LedgerHour[]> {
    const rows = await this.#database
      .selectFrom("ledger_hours")
      .select(["account_id", "region", "kind", "hour"])
      .select((of) => countNames.map((name) => of.fn.sum<number>(name).as(name)))
      .where((where) => selected(where, selection))
      .groupBy(["hour", "account_id", "region", "kind"])
      .orderBy("hour", "desc")
      .orderBy("account_id")
      .orderBy("region")
      .orderBy("kind")
      .limit(limit)
      .execute();
    return rows.map(hourOf);
  }

  async totals(selection: LedgerSelection): Promise<LedgerTotals> {
    const row = await this.#database
      .selectFrom("ledger_hours")
      .select((of) => countNames.map((name) => of.fn.sum<number | null>(name).as(name)))
      .where((where) => selected(where, selection))
      .executeTakeFirst();
    const count = (name: (typeof countNames)[number]) => row?.[name] ?? 0;
    const [known, done, bad] = [count("known"), count("read"), count("failing")];
    return {
      known,
      read: done,
      waiting: known - done - bad,
      failing: bad,
      leftOut: count("left_out"),
      noticed: count("noticed"),
      listed: count("listed"),
      named: count("named"),
    };
  }

  async missing(
    selection: LedgerSelection,
    { after = "", limit }: { readonly after?: string; readonly limit: number },
  ): Promise<LedgerEntry[]> {
    const rows = await this.#database
      .selectFrom("ledger")
      .selectAll()
      .where("due_at", "is not", null)
      .where("name", ">", after)
      .where((where) => selected(where, selection))
      .orderBy("name")
      .limit(limit)
      .execute();
    return rows.map(entryOf);
  }

  async failing(source: string, limit: number): Promise<LedgerEntry[]> {
    const rows = await this.#database
      .selectFrom("ledger")
      .selectAll()
      .where("source", "=", source)
      .where("state", "=", "failing")
      .where("due_at", "is not", null)
      .orderBy("due_at")
      .limit(limit)
      .execute();
    return rows.map(entryOf);
  }

  async known(prefix: string): Promise<ReadonlyMap<string, Pick<LedgerEntry, "version" | "state" | "listedAt">>> {
    const rows = await this.#database
      .selectFrom("ledger")
      .select(["name", "version", "state", "listed_at"])
      .where("name", ">=", prefix)
      // No character of a name comes after this one.
      .where("name", "<", `${prefix}\u{10ffff}`)
      .execute();
    return new Map(
      rows.map(({ name, version, state, listed_at: listedAt }) => [
        name,
        {
          ...(version === null ? {} : { version }),
          state: state as LedgerEntry["state"],
          listedAt: listedAt ?? undefined,
        },
      ]),
    );
  }

  async #changeNamed<Named extends { readonly name: string }>(
    objects: readonly Named[],
    at: number,
    step: (entry: LedgerEntry, object: Named) => LedgerEntry,
  ): Promise<void> {
    const unique = [...new Map(objects.map((object) => [object.name, object])).values()];
    const names = unique.map(({ name }) => name);
    await this.#change(names, at, (entry, index) => entry && step(entry, unique[index] as Named));
  }

  async #change(names: readonly string[], at: number, step: Step): Promise<Map<string, LedgerEntry>> {
    const all = new Map<string, LedgerEntry>();
    for (let first = 0; first < names.length; first += atOnce) {
      const some = names.slice(first, first + atOnce);
      const now = await this.#database.transaction().execute(async (transaction) => {
        await lockForChange(transaction);
        const before = await this.#read(transaction, some);
        const changes = some.flatMap((name, index) => {
          const after = step(before.get(name), first + index);
          return after === undefined ? [] : [{ before: before.get(name), after }];
        });
        await this.#write(
          transaction,
          changes.filter(({ before: was, after }) => was !== after),
          at,
        );
        return changes;
      });
      for (const { after } of now) all.set(after.name, after);
    }
    return all;
  }

  async #read(database: Kysely<Tables>, names: readonly string[]): Promise<Map<string, LedgerEntry>> {
    if (names.length === 0) return new Map();
    const rows = await database
      .selectFrom("ledger")
      .selectAll()
      .where("name", "in", [...names])
      .execute();
    return new Map(rows.map((row) => [row.name, entryOf(row)]));
  }

  async #write(
    transaction: Transaction<Tables>,
    changes: readonly { readonly before: LedgerEntry | undefined; readonly after: LedgerEntry }[],
    at: number,
  ): Promise<void> {
    if (changes.length === 0) return;
    await transaction
      .insertInto("ledger")
      .values(changes.map(({ after }) => rowOf(after, at)))
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
}

/** Two processes that change the ledger take turns: what one reads here is still so when it writes. */
async function lockForChange(transaction: Transaction<Tables>): Promise<void> {
  if (isPostgres(transaction)) await sql`select pg_advisory_xact_lock(${ledgerLock})`.execute(transaction);
}

/** Any number that no other lock of this program has. */
const ledgerLock = 7_236_001;

function sumWith(of: ExpressionBuilder<Tables, "ledger_hours">, name: (typeof countNames)[number]) {
  return sql<number>`${of.ref(`ledger_hours.${name}`)} + ${sql.ref(`excluded.${name}`)}`;
}

function selected(
  where: ExpressionBuilder<Tables, "ledger"> | ExpressionBuilder<Tables, "ledger_hours">,
  { source, accountId, region, from, to }: LedgerSelection,
) {
  const is = where as ExpressionBuilder<Tables, "ledger_hours">;
  return is.and([
    ...(source === undefined ? [] : [is("source", "=", source)]),
    ...(accountId === undefined ? [] : [is("account_id", "=", accountId)]),
    ...(region === undefined ? [] : [is("region", "=", region)]),
    ...(from === undefined ? [] : [is("hour", ">=", from)]),
    ...(to === undefined ? [] : [is("hour", "<", to)]),
  ]);
}
