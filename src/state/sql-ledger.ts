import { setImmediate as turn } from "node:timers/promises";
import { sql, type ExpressionBuilder, type Kysely } from "kysely";
import { chunksOf } from "../base/chunks.ts";
import { storableText, storableTexts } from "./database/storable-text.ts";
import type { CollectTables } from "./database/tables.ts";
import { changeEntries, entriesAtOnce, readEntries } from "./ledger-changes.ts";
import { countNames, entryOf, hourOf } from "./ledger-row.ts";
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

/** The ledger as rows; every change of a row goes with the counts of its hour, in one transaction. */
export class SqlLedger implements Ledger {
  readonly #database: Kysely<CollectTables>;

  constructor(database: Kysely<CollectTables>) {
    this.#database = database;
  }

  async note(list: LedgerList, objects: readonly LedgerObject[], at: number): Promise<LedgerEntry[]> {
    const stored = objects.map(storableTexts);
    const unique = [...new Map(stored.map((object) => [object.name, object])).values()];
    const names = unique.map(({ name }) => name);
    // Of what a digest names and nobody heard of, no notice is on its way: it is fetched without waiting for one.
    const heardAt = (before: LedgerEntry | undefined) => (list === "named" && before === undefined ? 0 : at);
    const now = await changeEntries(this.#database, names, heardAt, (entry, index) =>
      noted(list, entry, unique[index] as LedgerObject, at),
    );
    return stored.map(({ name }) => now.get(name) as LedgerEntry);
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
    let count = 0;
    for (const state of states) count += await this.#takeUpAgain(selection, state);
    return count;
  }

  async #takeUpAgain(selection: LedgerSelection, state: "left out" | "failing"): Promise<number> {
    let [count, after] = [0, ""];
    const takeUp = (entry: LedgerEntry | undefined) => {
      // Somebody else may have read it since.
      if (entry?.state !== state) return entry;
      count++;
      return takenUpAgain(entry);
    };
    for (;;) {
      const waiting = this.#database
        .selectFrom("ledger")
        .select("name")
        // As the indexes say it: a parameter would not be recognised in them.
        .where("state", "=", sql.lit(state))
        .where("name", ">", after)
        .where((where) => selected(where, selection))
        .orderBy("name")
        .limit(entriesAtOnce);
      const rows = await (state === "failing" ? waiting.where("due_at", "is not", null) : waiting).execute();
      const names = rows.map(({ name }) => name);
      await changeEntries(this.#database, names, () => 0, takeUp);
      after = names.at(-1) ?? "";
      if (names.length < entriesAtOnce) return count;
      await turn();
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
    for (const some of chunksOf(names.map(storableText), entriesAtOnce)) {
      found.push(...(await readEntries(this.#database, some)).values());
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
    const rows = await this.#database
      .selectFrom("ledger_hours")
      .select("kind")
      .select((of) => countNames.map((name) => of.fn.sum<number>(name).as(name)))
      .where((where) => selected(where, selection))
      .groupBy("kind")
      .execute();
    const digests = sumOf(rows.filter(({ kind }) => kind === "digest"));
    const files = sumOf(rows.filter(({ kind }) => kind !== "digest"));
    return {
      known: files.known,
      read: files.read,
      waiting: files.known - files.read - files.failing,
      failing: files.failing,
      leftOut: files.left_out,
      noticed: files.noticed,
      listed: files.listed,
      named: files.named,
      digests: { known: digests.known, read: digests.read, failing: digests.failing },
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
      .where("name", ">", storableText(after))
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
      .where("name", ">=", storableText(prefix))
      // No character of a name comes after this one.
      .where("name", "<", `${storableText(prefix)}\u{10ffff}`)
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
    const unique = [...new Map(objects.map(storableTexts).map((object) => [object.name, object])).values()];
    const names = unique.map(({ name }) => name);
    await changeEntries(
      this.#database,
      names,
      () => at,
      (entry, index) => entry && step(entry, unique[index] as Named),
    );
  }
}

type Counts = Record<(typeof countNames)[number], number>;

function sumOf(rows: readonly Counts[]): Counts {
  const sums = { known: 0, noticed: 0, listed: 0, named: 0, read: 0, failing: 0, left_out: 0 };
  for (const row of rows) for (const name of countNames) sums[name] += row[name];
  return sums;
}

function selected(
  where: ExpressionBuilder<CollectTables, "ledger"> | ExpressionBuilder<CollectTables, "ledger_hours">,
  { source, accountId, region, isDigest, from, to }: LedgerSelection,
) {
  const is = where as ExpressionBuilder<CollectTables, "ledger_hours">;
  return is.and([
    ...(source === undefined ? [] : [is("source", "=", source)]),
    ...(accountId === undefined ? [] : [is("account_id", "=", accountId)]),
    ...(region === undefined ? [] : [is("region", "=", region)]),
    ...(isDigest === undefined ? [] : [is("kind", isDigest ? "=" : "!=", "digest")]),
    ...(from === undefined ? [] : [is("hour", ">=", from)]),
    ...(to === undefined ? [] : [is("hour", "<", to)]),
  ]);
}
