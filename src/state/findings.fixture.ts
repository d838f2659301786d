import { noon } from "./engines.fixture.ts";
import type { FindingRow, FindingTable, HitRow } from "./finding-table.ts";

export const minute = 60_000;

/** A hit of an event at a minute after noon. */
export function hit(at: number, fields: Partial<HitRow> = {}): HitRow {
  const event = `111122223333/event-${at}`;
  return {
    rule: "root-login",
    event,
    from: noon + at * minute,
    to: noon + at * minute,
    events: [event],
    accountId: "111122223333",
    region: "eu-central-1",
    group: "111122223333/alice",
    dedupMs: 60 * minute,
    level: "medium",
    outcome: "incident",
    isStaged: false,
    actor: "alice",
    content: { title: `At ${at}` },
    ...fields,
  };
}

function pick<Item>(random: () => number, items: readonly [Item, ...Item[]]): Item {
  return items[Math.floor(random() * items.length)] ?? items[0];
}

function shuffled<Item>(random: () => number, items: readonly Item[]): Item[] {
  return items
    .map((item) => [random(), item] as const)
    .sort(([one], [other]) => one - other)
    .map(([, item]) => item);
}

/** Lots of any size, of all hits in any order and some of them several times. */
export function* randomLots(random: () => number, hits: readonly HitRow[]): Generator<HitRow[]> {
  const again = hits.filter(() => random() < 0.3);
  const all = shuffled(random, [...hits, ...again]);
  for (let at = 0; at < all.length;) {
    const size = Math.ceil(random() ** 3 * 40);
    yield all.slice(at, at + size);
    at += size;
  }
}

/** Hits of a few rules and groups, with all that may differ between two of them. */
export function randomHits(random: () => number, count: number): HitRow[] {
  return Array.from({ length: count }, (_, index) => {
    const at = Math.floor(random() * 3_000);
    return hit(at, {
      rule: pick(random, ["one", "two"]),
      group: pick(random, ["alice", "bob", "carol"]),
      event: `event-${index}`,
      events: [`event-${index}`],
      to: noon + (at + pick(random, [0, 0, 0, 5, 90])) * minute,
      dedupMs: pick(random, [10, 10, 10, 30, 200]) * minute,
      level: pick(random, ["informational", "low", "medium", "high", "critical"]),
      outcome: pick(random, ["observation", "notification", "incident"]),
      isStaged: random() < 0.2,
      accountId: pick(random, ["111122223333", "444455556666"]),
      content: { index },
    });
  });
}

/** What is promised of a finding, however its hits came: all but its id and when it was made. */
export function essenceOf(finding: FindingRow, hits: readonly HitRow[]): unknown {
  const { rule, group, isStaged, level, outcome, accountId, from, to, content } = finding;
  const events = hits.map(({ event }) => event).sort();
  return { rule, group, isStaged, level, outcome, accountId, from, to, content, hits: finding.hits, events };
}

/** All that stand. */
export async function essencesOf(findings: FindingTable): Promise<string[]> {
  const essences: unknown[] = [];
  for (const finding of await findings.list({}, { limit: 1_000 })) {
    essences.push(essenceOf(finding, await findings.hitsOf(finding.id, 1_000)));
  }
  return inOrder(essences);
}

/** What hits add up to, found slowly: two are together when they are no further apart than either's dedup period. */
export function expectedOf(hits: readonly HitRow[]): unknown[] {
  let clusters: HitRow[][] = [];
  for (const one of hits) {
    const near = clusters.filter((cluster) => cluster.some((other) => areTogether(one, other)));
    clusters = [...clusters.filter((cluster) => !near.includes(cluster)), [one, ...near.flat()]];
  }
  return clusters.map(expectedFinding);
}

function areTogether(one: HitRow, other: HitRow): boolean {
  const isSameStory = one.rule === other.rule && one.group === other.group && one.isStaged === other.isStaged;
  const gap = Math.max(one.from, other.from) - Math.min(one.to, other.to);
  return isSameStory && gap <= Math.max(one.dedupMs, other.dedupMs);
}

function expectedFinding(cluster: readonly HitRow[]): unknown {
  const sorted = cluster.toSorted((a, b) => a.from - b.from || (a.event < b.event ? -1 : 1));
  const [first] = sorted;
  const { rule, group, isStaged, accountId, content } = first ?? hit(0);
  const worst = (order: readonly string[], of: (hit: HitRow) => string) =>
    order.findLast((word) => cluster.some((each) => of(each) === word));
  return {
    ...{ rule, group, isStaged },
    level: worst(["informational", "low", "medium", "high", "critical"], ({ level }) => level),
    outcome: worst(["observation", "notification", "incident"], ({ outcome }) => outcome),
    accountId,
    from: first?.from,
    to: Math.max(...cluster.map(({ to }) => to)),
    content,
    hits: cluster.length,
    events: cluster.map(({ event }) => event).sort(),
  };
}

/** In one order, whatever they were found in. */
export function inOrder(essences: readonly unknown[]): string[] {
  return essences.map((essence) => JSON.stringify(essence)).sort();
}
