import { setImmediate as turn } from "node:timers/promises";
import { sql, type Kysely, type Transaction } from "kysely";
import type { FindingTables } from "./database/finding-tables.ts";
import { chunksOf } from "../base/chunks.ts";
import { isPostgres } from "./database/engine.ts";
import { findingOfRow, hitOf, rowOfHit, type Hit } from "./finding-rows.ts";
import type { FindingRow, HitRow, TakeRest } from "./finding-table.ts";
import { growFindings, type GrownFindings } from "./grow-findings.ts";
import { keepSome } from "./hit-days.ts";

type Change = Transaction<FindingTables>;

/** Rows in one statement. */
const atOnce = 500;

/** Who holds it writes findings in Postgres: their changes must appear in the order of their numbers. */
const lockNumber = 7_006_001;

/** Takes all hits, or none. Those that wait for a turn of the same event loop get one between two statements. */
export async function takeHits(
  database: Kysely<FindingTables>,
  rows: readonly HitRow[],
  { spans = [] }: TakeRest,
  now: number,
): Promise<FindingRow[]> {
  if (rows.length === 0 && spans.length === 0) return [];
  return await database.transaction().execute(async (change) => {
    if (isPostgres(change)) await sql`select pg_advisory_xact_lock(${sql.lit(lockNumber)})`.execute(change);
    await putSpans(change, spans);
    const fresh = await keepSome(change, await unknownOf(change, rows.map(hitOf)));
    const changed = new Set<string>();
    // Hits of one story together: each of its findings is then written once.
    for (const some of chunksOf(fresh.sort(byStory), atOnce)) {
      for (const id of await write(change, await growFindings(change, some, now), now)) changed.add(id);
      await turn();
    }
    return await readAll(change, [...changed]);
  });
}

function byStory(one: Hit, other: Hit): number {
  return (
    compare(one.rule, other.rule) ||
    compare(one.groupKey, other.groupKey) ||
    one.from - other.from ||
    byEvent(one, other)
  );
}

function byEvent(one: Hit, other: Hit): number {
  return compare(one.eventKey, other.eventKey);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Each of them once; those that are kept already are left out. */
async function unknownOf(change: Change, hits: readonly Hit[]): Promise<Hit[]> {
  const unknown = new Map<string, Hit>();
  for (const hit of hits.toReversed()) unknown.set(nameOf(hit.eventKey, hit.rule), hit);
  for (const some of chunksOf([...new Set(hits.map(({ eventKey }) => eventKey))], atOnce)) {
    const known = await change
      .selectFrom("finding_hits")
      .select(["event_key", "rule"])
      .where("event_key", "in", some)
      .execute();
    for (const { event_key: event, rule } of known) unknown.delete(nameOf(event, rule));
  }
  return [...unknown.values()];
}

function nameOf(event: string, rule: string): string {
  return JSON.stringify([event, rule]);
}

/** Writes findings with their hits, and gives those that changed. */
async function write(change: Change, { written, moved, hits }: GrownFindings, now: number): Promise<string[]> {
  const last = await countOn(change, "changed", written.length);
  const numbered = written.map((row, index) => ({
    ...row,
    changed_at: now,
    changed: last - written.length + 1 + index,
  }));
  for (const some of chunksOf(numbered, atOnce)) {
    await change
      .insertInto("findings")
      .values(some)
      .onConflict((conflict) =>
        conflict.column("id").doUpdateSet((of) => ({
          ...{ level: of.ref("excluded.level"), outcome: of.ref("excluded.outcome") },
          ...{ account_id: of.ref("excluded.account_id"), region: of.ref("excluded.region") },
          ...{ actor: of.ref("excluded.actor"), first_event: of.ref("excluded.first_event") },
          ...{ from_at: of.ref("excluded.from_at"), to_at: of.ref("excluded.to_at") },
          ...{ reach_from: of.ref("excluded.reach_from"), reach_to: of.ref("excluded.reach_to") },
          ...{ hits: of.ref("excluded.hits"), merged_into: of.ref("excluded.merged_into") },
          ...{ changed: of.ref("excluded.changed"), changed_at: of.ref("excluded.changed_at") },
          // Empty where it stays: contents are large, and seldom change.
          content: sql<string>`case when excluded.content = '' then findings.content else excluded.content end`,
        })),
      )
      .execute();
  }
  for (const { from, to } of moved) await move(change, from, to);
  const rows = hits.map(({ hit, finding }) => rowOfHit(hit, finding));
  for (const some of chunksOf(rows, atOnce)) await change.insertInto("finding_hits").values(some).execute();
  return written.map(({ id }) => id);
}

/** All hits of a finding belong to another one from now on, and so does what was part of it. */
async function move(change: Change, from: string, to: string): Promise<void> {
  await change.updateTable("finding_hits").set({ finding: to }).where("finding", "=", from).execute();
  await change.updateTable("findings").set({ merged_into: to }).where("merged_into", "=", from).execute();
}

async function putSpans(change: Change, spans: NonNullable<TakeRest["spans"]>): Promise<void> {
  if (spans.length === 0) return;
  const first = (await countOn(change, "span", spans.length)) - spans.length + 1;
  const rows = spans.map(({ from, to }, index) => ({
    id: first + index,
    from_at: Math.trunc(from),
    to_at: Math.trunc(to),
  }));
  for (const some of chunksOf(rows, atOnce)) await change.insertInto("finding_spans").values(some).execute();
}

/** Takes so many numbers, which nobody has had; gives the last of them. */
async function countOn(change: Change, name: string, by: number): Promise<number> {
  const { last } = await change
    .insertInto("finding_counters")
    .values({ name, last: by })
    .onConflict((conflict) =>
      conflict.column("name").doUpdateSet({ last: sql<number>`finding_counters.last + excluded.last` }),
    )
    .returning("last")
    .executeTakeFirstOrThrow();
  return last;
}

async function readAll(change: Change, ids: readonly string[]): Promise<FindingRow[]> {
  const rows: FindingRow[] = [];
  for (const some of chunksOf(ids, atOnce)) {
    rows.push(...(await change.selectFrom("findings").selectAll().where("id", "in", some).execute()).map(findingOfRow));
  }
  return rows.sort((a, b) => a.changed - b.changed);
}
