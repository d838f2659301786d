import { createHash } from "node:crypto";
import type { Selectable } from "kysely";
import type { FindingHitsTable, FindingsTable } from "./database/finding-tables.ts";
import { storableText } from "./database/storable-text.ts";
import type { FindingOutcome, FindingRow, HitRow } from "./finding-table.ts";

/** Texts from events may be of any length, and an index of Postgres takes some 2,700 bytes. */
const keyLengthMax = 300;

/** A text as an index keeps it: itself, or a hash of a long one. */
export function keyOf(text: string): string {
  if (text.length <= keyLengthMax) return storableText(text);
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

/** Evidence that is kept of one hit. */
const eventsMax = 1_000;

/** A longer dedup period would make one finding of what has nothing to do with each other. */
const dedupMsMax = 366 * 86_400_000;

/** A hit with what it is looked up by; its numbers are whole. */
export interface Hit extends HitRow {
  readonly eventKey: string;
  readonly groupKey: string;
  readonly reachFrom: number;
  readonly reachTo: number;
}

export function hitOf(row: HitRow): Hit {
  const from = wholeOf(row.from);
  const to = Math.max(from, wholeOf(row.to));
  const dedupMs = Math.min(Math.max(0, wholeOf(row.dedupMs)), dedupMsMax);
  return {
    ...row,
    ...{ from, to, dedupMs, rule: storableText(row.rule), events: row.events.slice(0, eventsMax) },
    ...{ eventKey: keyOf(row.event), groupKey: keyOf(row.group) },
    ...{ reachFrom: from - dedupMs, reachTo: to + dedupMs },
  };
}

function wholeOf(value: number): number {
  return Number.isFinite(value) ? Math.trunc(value) : 0;
}

export function rowOfHit(hit: Hit, finding: string): FindingHitsTable {
  const { rule, event, from, to, events, accountId, region, group, dedupMs, level, outcome, isStaged, actor } = hit;
  const row: HitRow = {
    ...{ rule, event, from, to, events, accountId, region, group, dedupMs, level, outcome, isStaged, actor },
    content: hit.content ?? null,
  };
  const [only = hit.event] = hit.events.length === 1 ? hit.events : [];
  return {
    ...{ rule: hit.rule, event_key: hit.eventKey, finding, about: keyOf(only), from_at: hit.from, to_at: hit.to },
    content: JSON.stringify(row),
  };
}

export function hitOfRow({ content }: Selectable<Pick<FindingHitsTable, "content">>): HitRow {
  return JSON.parse(content) as HitRow;
}

export function findingOfRow(row: Selectable<FindingsTable>): FindingRow {
  return {
    id: row.id,
    rule: row.rule,
    group: row.group_text,
    level: row.level,
    outcome: row.outcome as FindingOutcome,
    isStaged: row.is_staged !== 0,
    accountId: row.account_id,
    region: row.region,
    actor: row.actor,
    from: row.from_at,
    to: row.to_at,
    hits: row.hits,
    createdAt: row.created_at,
    changedAt: row.changed_at,
    changed: row.changed,
    mergedInto: row.merged_into ?? undefined,
    content: JSON.parse(row.content) as unknown,
  };
}

const levels = ["informational", "low", "medium", "high", "critical"];
const outcomes = ["observation", "notification", "incident"];

/** The more severe of two levels, the same whichever is asked first. */
export function worseLevel(one: string, other: string): string {
  return later(levels, one, other);
}

/** The outcome that more is done for. */
export function strongerOutcome(one: string, other: string): string {
  return later(outcomes, one, other);
}

function later(order: readonly string[], one: string, other: string): string {
  const ranks = order.indexOf(one) - order.indexOf(other);
  return ranks > 0 || (ranks === 0 && one > other) ? one : other;
}
