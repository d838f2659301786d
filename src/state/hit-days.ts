import { sql, type Kysely, type Transaction } from "kysely";
import { chunksOf } from "../base/chunks.ts";
import type { FindingDaysTable, FindingTables } from "./database/finding-tables.ts";
import type { Hit } from "./finding-rows.ts";
import type { RuleCount } from "./finding-table.ts";

const dayMs = 86_400_000;

/** Hits of one rule that are kept of a UTC day: a rule that fires on everything must not fill the disk. */
const keptADay = 10_000;

/** Rows in one statement. */
const atOnce = 500;

/**
 * Of new hits those that there is room for, the earliest first where there is little. All are counted; one that is not
 * kept is forgotten, so that it is counted again when it comes again.
 */
export async function keepSome(change: Transaction<FindingTables>, hits: readonly Hit[]): Promise<Hit[]> {
  const kept: Hit[] = [];
  const days: FindingDaysTable[] = [];
  const byDay = Map.groupBy(hits, ({ rule, from }) => JSON.stringify([rule, dayOf(from)]));
  const counted = await countedOn(change, hits);
  for (const [name, own] of byDay) {
    const [rule, day] = JSON.parse(name) as [string, number];
    const room = Math.max(0, keptADay - (counted.get(name) ?? 0));
    const some =
      own.length <= room
        ? own
        : own.toSorted((a, b) => a.from - b.from || (a.eventKey < b.eventKey ? -1 : 1)).slice(0, room);
    kept.push(...some);
    const lastAt = own.reduce((last, { to }) => Math.max(last, to), 0);
    days.push({ rule, day, kept: some.length, not_kept: own.length - some.length, last_at: lastAt });
  }
  for (const some of chunksOf(days, atOnce)) await add(change, some);
  return kept;
}

function dayOf(at: number): number {
  return Math.floor(at / dayMs);
}

/** How many are kept, by rule and day; of some more days as well. */
async function countedOn(change: Transaction<FindingTables>, hits: readonly Hit[]): Promise<Map<string, number>> {
  const counted = new Map<string, number>();
  const rules = [...new Set(hits.map(({ rule }) => rule))];
  for (const days of chunksOf([...new Set(hits.map(({ from }) => dayOf(from)))], atOnce)) {
    for (const some of chunksOf(rules, atOnce)) {
      const rows = await change
        .selectFrom("finding_days")
        .select(["rule", "day", "kept"])
        .where("day", "in", days)
        .where("rule", "in", some)
        .execute();
      for (const { rule, day, kept } of rows) counted.set(JSON.stringify([rule, day]), kept);
    }
  }
  return counted;
}

async function add(change: Transaction<FindingTables>, days: readonly FindingDaysTable[]): Promise<void> {
  await change
    .insertInto("finding_days")
    .values(days)
    .onConflict((conflict) =>
      conflict.columns(["day", "rule"]).doUpdateSet({
        kept: sql<number>`finding_days.kept + excluded.kept`,
        not_kept: sql<number>`finding_days.not_kept + excluded.not_kept`,
        last_at: sql<number>`case when excluded.last_at > finding_days.last_at then excluded.last_at else finding_days.last_at end`,
      }),
    )
    .execute();
}

/** By rule, since the UTC day that a time lies in. */
export async function countByRule(database: Kysely<FindingTables>, since: number): Promise<Map<string, RuleCount>> {
  const day = dayOf(since);
  const hits = await database
    .selectFrom("finding_days")
    .select(({ fn }) => [
      "rule",
      fn.sum<number>("kept").as("kept"),
      fn.sum<number>("not_kept").as("not_kept"),
      fn.max("last_at").as("last_at"),
    ])
    .where("day", ">=", day)
    .groupBy("rule")
    .orderBy("rule")
    .execute();
  const found = await database
    .selectFrom("findings")
    .select(({ fn }) => ["rule", fn.countAll<number>().as("findings")])
    .where("merged_into", "is", null)
    .where("to_at", ">=", day * dayMs)
    .groupBy("rule")
    .execute();
  const findings = new Map(found.map((row) => [row.rule, row.findings]));
  return new Map(
    hits.map(({ rule, kept, not_kept: notKept, last_at: lastAt }) => [
      rule,
      { hits: kept, notKept, lastAt, findings: findings.get(rule) ?? 0 },
    ]),
  );
}
