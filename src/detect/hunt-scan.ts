import { parseStored } from "../cloudtrail/index.ts";
import { Correlator } from "./correlate/correlator.ts";
import { CorrelatorInOrder } from "./correlate/correlator-in-order.ts";
import type { CorrelationHit } from "./correlate/matched-event.ts";
import type { HuntFinding, HuntRequest, HuntStep, HuntStore } from "./hunt.ts";
import { headOf } from "./hunt-head.ts";
import { compileRules } from "./rule-set.ts";
import type { AssembledRule } from "./sigma/assemble.ts";
import { candidatesOf, type EventPlace, type StoredRecord } from "../store/index.ts";

/** Records after which it is told how far it came. */
const progressRecords = 20_000;
const groupsMax = 20;

/**
 * Looks at everything that is stored once, for all of some rules together: the engine picks what any of them may be
 * about, and each of those records is held against them here. Correlations are judged along the way.
 */
export async function* scan(
  store: HuntStore,
  rules: readonly AssembledRule[],
  { assembly: { correlations }, from, to, examples }: HuntRequest,
  signal: AbortSignal,
): AsyncGenerator<HuntStep, { readonly fired: number; readonly isCut: boolean }, undefined> {
  const { set, broken } = compileRules(rules);
  for (const { rule } of broken) yield { kind: "skipped", title: rule.title, reason: "Its condition cannot be run" };
  const candidates = candidatesOf(rules.map(({ predicate }) => predicate));
  const ask = { predicate: candidates.any, mark: candidates.unnamed, from, to };
  const [counted] = await store.countMatches({ predicates: [candidates.any], from, to }, signal);
  const total = counted?.count ?? 0;
  const tallies = new Map(rules.filter(({ isAlone }) => isAlone).map(({ rule }) => [rule.key, new Tally(examples)]));
  const stories = new Stories(correlations);
  let [done, told] = [0, 0];
  yield { kind: "progress", done, total, unit: "events" };
  for await (const records of store.records(ask, signal)) {
    for (const stored of records) {
      const text = stored.raw.toString("utf8");
      const record = parseStored(stored.raw, text);
      if (record === undefined) continue;
      const matched = set.matching(record, text, stored.isMarked);
      if (matched.length === 0) continue;
      for (const { rule } of matched) tallies.get(rule.key)?.add(stored);
      stories.take(stored, record, matched);
    }
    done += records.length;
    if (done - told < progressRecords) continue;
    told = done;
    yield { kind: "progress", done, total: Math.max(done, total), unit: "events" };
  }
  let fired = 0;
  for (const { rule } of rules) {
    const tally = tallies.get(rule.key);
    if (tally === undefined || tally.count === 0) continue;
    fired += 1;
    const events = await store.eventsAt(tally.newest, signal);
    const newest = events.map(({ event }) => event).sort((one, other) => other.time - one.time);
    const { count, firstAt, lastAt } = tally;
    const rest = { count, firstAt, lastAt, examples: newest, groups: [] };
    yield { kind: "found", found: { of: "rule", ...headOf(rule), ...rest } };
  }
  const found = stories.end();
  for (const one of found) yield { kind: "found", found: one };
  return { fired: fired + found.length, isCut: stories.isCut };
}

/** What is told of a rule; records come in the order of time. */
class Tally {
  readonly #examplesMax: number;
  count = 0;
  firstAt = 0;
  lastAt = 0;
  readonly newest: EventPlace[] = [];

  constructor(examplesMax: number) {
    this.#examplesMax = examplesMax;
  }

  add({ account, id, time }: StoredRecord): void {
    if (this.count === 0) this.firstAt = time;
    this.count += 1;
    this.lastAt = time;
    if (this.#examplesMax === 0) return;
    if (this.newest.length === this.#examplesMax) this.newest.shift();
    this.newest.push({ account, id, time });
  }
}

interface Story {
  count: number;
  firstAt: number;
  lastAt: number;
  readonly groups: (readonly string[])[];
}

/** What is told of correlations. */
class Stories {
  readonly #correlations: HuntRequest["assembly"]["correlations"];
  readonly #bases: ReadonlySet<string>;
  readonly #correlator: Correlator;
  readonly #inOrder: CorrelatorInOrder;
  readonly #found = new Map<string, Story>();

  constructor(correlations: HuntRequest["assembly"]["correlations"]) {
    this.#correlations = correlations;
    this.#bases = new Set(correlations.flatMap(({ rules }) => rules));
    this.#correlator = new Correlator(correlations);
    this.#inOrder = new CorrelatorInOrder(this.#correlator);
  }

  /** There was too much to remember. */
  get isCut(): boolean {
    return this.#correlator.counts.givenUp > 0;
  }

  take({ account, id, time: at }: StoredRecord, record: unknown, matched: readonly AssembledRule[]): void {
    const rules = matched.map(({ rule }) => rule.key).filter((key) => this.#bases.has(key));
    if (rules.length === 0) return;
    this.#add(this.#inOrder.take({ id: `${account}/${id}`, at, record, rules }));
  }

  end(): HuntFinding[] {
    this.#add(this.#inOrder.settle(Number.POSITIVE_INFINITY));
    return this.#correlations.flatMap(({ isAlone, correlation }) => {
      const story = this.#found.get(correlation.key);
      if (!isAlone || story === undefined || story.count === 0) return [];
      return [{ of: "correlation" as const, ...headOf(correlation), ...story, examples: [] }];
    });
  }

  #add(hits: readonly CorrelationHit[]): void {
    for (const { correlation, continues, from, to, group } of hits) {
      const story = this.#found.get(correlation) ?? { count: 0, firstAt: Infinity, lastAt: 0, groups: [] };
      this.#found.set(correlation, story);
      story.lastAt = Math.max(story.lastAt, to);
      if (continues !== undefined) continue;
      story.count += 1;
      story.firstAt = Math.min(story.firstAt, from);
      if (story.groups.length < groupsMax) story.groups.push(group);
    }
  }
}
