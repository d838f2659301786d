import { randomUUID } from "node:crypto";
import type { Selectable, Transaction } from "kysely";
import { chunksOf } from "../base/chunks.ts";
import type { FindingsTable, FindingTables } from "./database/finding-tables.ts";
import { jsonOf, storableText } from "./database/storable-text.ts";
import { strongerOutcome, worseLevel, type Hit } from "./finding-rows.ts";
import { joinNear, type Reaching } from "./join-near.ts";

/** What becomes of findings with some more hits. */
export interface GrownFindings {
  /** New and changed ones, without the numbers that writing gives them; no content where it stays as it is. */
  readonly written: readonly Omit<FindingsTable, "changed" | "changed_at">[];
  readonly moved: readonly { readonly from: string; readonly to: string }[];
  readonly hits: readonly { readonly hit: Hit; readonly finding: string }[];
}

type Growing = { readonly [Name in keyof GrownFindings]: GrownFindings[Name][number][] };
type Change = Transaction<FindingTables>;
type Near = Omit<Selectable<FindingsTable>, "content">;

/** A finding, or a new hit. */
type Node = Reaching & ({ readonly finding: Near } | { readonly hit: Hit });

/** Groups asked for in one statement. */
const groupsAtOnce = 500;

/** Puts new hits and the findings near to them together. Changes nothing yet. */
export async function growFindings(change: Change, hits: readonly Hit[], now: number): Promise<GrownFindings> {
  const stories = new Map<string, Node[]>();
  const add = (rule: string, isStaged: boolean, group: string, node: Node) => {
    const story = JSON.stringify([rule, isStaged, group]);
    const nodes = stories.get(story);
    if (nodes) nodes.push(node);
    else stories.set(story, [node]);
  };
  for (const hit of hits) {
    const { from, to, reachFrom, reachTo } = hit;
    add(hit.rule, hit.isStaged, hit.groupKey, { from, to, reachFrom, reachTo, hit });
  }
  for (const finding of await findNear(change, hits)) {
    const { from_at: from, to_at: to, reach_from: reachFrom, reach_to: reachTo } = finding;
    add(finding.rule, finding.is_staged !== 0, finding.group_key, { from, to, reachFrom, reachTo, finding });
  }
  const grown: Growing = { written: [], moved: [], hits: [] };
  for (const nodes of stories.values()) {
    for (const cluster of joinNear(nodes)) await grow(change, cluster, now, grown);
  }
  return grown;
}

/** Findings that hits may belong to, and some more of the same groups. */
async function findNear(change: Change, hits: readonly Hit[]): Promise<Near[]> {
  const near: Near[] = [];
  for (const [rule, own] of Map.groupBy(hits, (hit) => hit.rule)) {
    const from = own.reduce((least, { reachFrom }) => Math.min(least, reachFrom), Infinity);
    const to = own.reduce((most, { reachTo }) => Math.max(most, reachTo), -Infinity);
    for (const some of chunksOf([...new Set(own.map(({ groupKey }) => groupKey))], groupsAtOnce)) {
      const rows = await change
        .selectFrom("findings")
        .select(nearColumns)
        .where("rule", "=", rule)
        .where("group_key", "in", some)
        .where("merged_into", "is", null)
        .where("reach_to", ">=", from)
        .where("reach_from", "<=", to)
        .execute();
      near.push(...rows);
    }
  }
  return near;
}

const nearColumns = [
  ...(["id", "rule", "group_key", "group_text", "is_staged", "level", "outcome", "account_id", "region"] as const),
  ...(["actor", "from_at", "to_at", "reach_from", "reach_to", "first_event", "hits", "created_at"] as const),
  ...(["changed_at", "changed", "merged_into"] as const),
] as const;

async function grow(change: Change, cluster: readonly Node[], now: number, grown: Growing): Promise<void> {
  const hits = cluster.flatMap((node) => ("hit" in node ? [node.hit] : []));
  if (hits.length === 0) return;
  const [oldest, ...others] = cluster.flatMap((node) => ("finding" in node ? [node.finding] : [])).sort(byCreation);
  const parts = [...hits.map((hit) => partOf(hit, now)), ...(oldest ? [oldest, ...others] : [])];
  const first = parts.reduce((earliest, part) => (isEarlier(part, earliest) ? part : earliest));
  const id = oldest?.id ?? randomUUID();
  grown.written.push({
    ...sumOf(parts, first),
    id,
    created_at: oldest?.created_at ?? now,
    merged_into: null,
    content: await contentOf(change, first, id),
  });
  for (const other of others) {
    const { changed: _, changed_at: __, ...row } = other;
    grown.written.push({ ...row, hits: 0, merged_into: id, content: "" });
    grown.moved.push({ from: other.id, to: id });
  }
  for (const hit of hits) grown.hits.push({ hit, finding: id });
}

/** A finding, or a hit as one that it is alone in. */
type Part = Omit<Near, "changed" | "changed_at"> & { readonly content?: string };

function partOf(hit: Hit, now: number): Part {
  return {
    id: "",
    ...{ rule: hit.rule, group_key: hit.groupKey, group_text: storableText(hit.group) },
    ...{ is_staged: hit.isStaged ? 1 : 0, level: storableText(hit.level), outcome: hit.outcome },
    ...{ account_id: storableText(hit.accountId), region: storableText(hit.region), actor: storableText(hit.actor) },
    ...{ from_at: hit.from, to_at: hit.to, reach_from: hit.reachFrom, reach_to: hit.reachTo },
    ...{ first_event: hit.eventKey, hits: 1, created_at: now, merged_into: null },
    content: jsonOf(hit.content),
  };
}

/** What the parts add up to, with the words of the earliest. */
function sumOf(parts: readonly Part[], first: Part): Part {
  return parts.reduce<Part>(
    (sum, part) => ({
      ...sum,
      hits: sum.hits + part.hits,
      level: worseLevel(sum.level, part.level),
      outcome: strongerOutcome(sum.outcome, part.outcome),
      to_at: Math.max(sum.to_at, part.to_at),
      reach_from: Math.min(sum.reach_from, part.reach_from),
      reach_to: Math.max(sum.reach_to, part.reach_to),
    }),
    { ...first, hits: 0 },
  );
}

function isEarlier(one: Part, other: Part): boolean {
  return one.from_at < other.from_at || (one.from_at === other.from_at && one.first_event < other.first_event);
}

function byCreation(one: Near, other: Near): number {
  return one.created_at - other.created_at || (one.id < other.id ? -1 : 1);
}

async function contentOf(change: Change, first: Part, survivor: string): Promise<string> {
  if (first.content !== undefined) return first.content;
  if (first.id === survivor) return "";
  const { content } = await change
    .selectFrom("findings")
    .select("content")
    .where("id", "=", first.id)
    .executeTakeFirstOrThrow();
  return content;
}
