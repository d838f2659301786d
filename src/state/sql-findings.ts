import type { ExpressionBuilder, Kysely } from "kysely";
import type { FindingTables } from "./database/finding-tables.ts";
import { chunksOf } from "../base/chunks.ts";
import { systemClock } from "../base/clock.ts";
import { putSetting, readSetting } from "./database/settings.ts";
import { storableText } from "./database/storable-text.ts";
import { findingOfRow, hitOfRow, keyOf } from "./finding-rows.ts";
import type { DirtySpan, FindingAsk, FindingRow, FindingTable, HitRow, RuleCount, TakeRest } from "./finding-table.ts";
import { countByRule } from "./hit-days.ts";
import { takeHits } from "./take-hits.ts";

/** Keys asked for in one statement. */
const atOnce = 500;

/** Hits of rules, and the findings that they add up to, as rows. */
export class SqlFindings implements FindingTable {
  readonly #database: Kysely<FindingTables>;

  constructor(database: Kysely<FindingTables>) {
    this.#database = database;
  }

  take(hits: readonly HitRow[], rest: TakeRest = {}): Promise<FindingRow[]> {
    return takeHits(this.#database, hits, rest, Math.trunc(rest.at ?? systemClock.now()));
  }

  async get(id: string): Promise<FindingRow | undefined> {
    const row = await this.#database
      .selectFrom("findings")
      .selectAll()
      .where("id", "=", storableText(id))
      .executeTakeFirst();
    return row && findingOfRow(row);
  }

  async list(
    ask: FindingAsk,
    { after, limit }: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<FindingRow[]> {
    const last = after === undefined ? undefined : await this.get(after);
    if (after !== undefined && last === undefined) return [];
    if (ask.level?.length === 0) return [];
    const rows = await this.#database
      .selectFrom("findings")
      .selectAll()
      .where("merged_into", "is", null)
      .where((is) => asked(is, ask))
      .where((is) => is.and(last === undefined ? [] : [behind(is, last)]))
      .orderBy("to_at", "desc")
      .orderBy("id", "desc")
      .limit(limit)
      .execute();
    return rows.map(findingOfRow);
  }

  async changedSince(changed: number, limit: number): Promise<FindingRow[]> {
    const rows = await this.#database
      .selectFrom("findings")
      .selectAll()
      .where("changed", ">", changed)
      .orderBy("changed")
      .limit(limit)
      .execute();
    return rows.map(findingOfRow);
  }

  async hitsOf(finding: string, limit: number): Promise<HitRow[]> {
    const rows = await this.#database
      .selectFrom("finding_hits")
      .select("content")
      .where("finding", "=", storableText(finding))
      .orderBy("from_at")
      .orderBy("event_key")
      .limit(limit)
      .execute();
    return rows.map(hitOfRow);
  }

  async hitsOn(events: readonly string[]): Promise<Map<string, { rule: string; finding: string }[]>> {
    const names = Map.groupBy(new Set(events), keyOf);
    const found = new Map<string, { rule: string; finding: string }[]>();
    for (const some of chunksOf([...names.keys()], atOnce)) {
      const rows = await this.#database
        .selectFrom("finding_hits")
        .select(["about", "rule", "finding"])
        .distinct()
        .where("about", "in", some)
        .orderBy("rule")
        .orderBy("finding")
        .execute();
      for (const { about, ...hit } of rows) {
        for (const event of names.get(about) ?? []) found.set(event, [...(found.get(event) ?? []), hit]);
      }
    }
    return found;
  }

  countByRule(since: number): Promise<Map<string, RuleCount>> {
    return countByRule(this.#database, since);
  }

  async spans(): Promise<DirtySpan[]> {
    const rows = await this.#database.selectFrom("finding_spans").selectAll().orderBy("id").execute();
    return rows.map(({ id, from_at: from, to_at: to }) => ({ id, from, to }));
  }

  async settleSpan(id: number): Promise<void> {
    await this.#database.deleteFrom("finding_spans").where("id", "=", id).execute();
  }

  setting(name: string): Promise<unknown> {
    return readSetting(this.#database, "finding_settings", name);
  }

  setSetting(name: string, value: unknown): Promise<void> {
    return putSetting(this.#database, "finding_settings", name, value);
  }
}

type Findings = ExpressionBuilder<FindingTables, "findings">;

/** Findings about a time that has any part in common with the one asked for; an instant has itself. */
function asked(is: Findings, { rule, accountId, actor, level, from, to, isStaged }: FindingAsk) {
  return is.and([
    ...(rule === undefined ? [] : [is("rule", "=", storableText(rule))]),
    ...(accountId === undefined ? [] : [is("account_id", "=", storableText(accountId))]),
    ...(actor === undefined ? [] : [is("actor", "=", storableText(actor))]),
    ...(level === undefined ? [] : [is("level", "in", level.map(storableText))]),
    ...(isStaged === undefined ? [] : [is("is_staged", "=", isStaged ? 1 : 0)]),
    ...(from === undefined ? [] : [is("to_at", ">=", from)]),
    ...(to === undefined ? [] : [is("from_at", "<", to)]),
  ]);
}

/** What comes after a finding, the newest first. */
function behind(is: Findings, { to, id }: FindingRow) {
  // The first part says nothing new: it tells the engine where to begin.
  return is.and([is("to_at", "<=", to), is.or([is("to_at", "<", to), is("id", "<", id)])]);
}
