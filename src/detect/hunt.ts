import { recordTime } from "../cloudtrail/index.ts";
import type { EventStore, StoredEvent } from "../store/index.ts";
import { candidatesOf } from "./candidates.ts";
import { Correlator } from "./correlate/correlator.ts";
import type { CorrelationHit } from "./correlate/matched-event.ts";
import { RuleSet } from "./rule-set.ts";
import type { AssembledRule, Assembly } from "./sigma/assemble.ts";
import type { Level, SigmaCorrelation, SigmaRule } from "./sigma/document.ts";

/** What a hunt asks of the store. */
export type HuntStore = Pick<EventStore, "countMatches" | "page" | "wholeEvents">;

export interface HuntRequest {
  readonly assembly: Pick<Assembly, "rules" | "correlations">;
  /** Milliseconds since the epoch; `from` is included, `to` is not. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Events that are told of each rule that fires, newest first. */
  readonly examples: number;
}

/** What a hunt tells as it goes. */
export type HuntStep =
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | { readonly kind: "found"; readonly found: HuntFinding }
  /** A rule that can be held against single records, and not against all that is stored. */
  | { readonly kind: "skipped"; readonly title: string; readonly reason: string }
  | { readonly kind: "summary"; readonly summary: HuntSummary };

/** A rule, or a correlation, that fires on what is stored. */
export interface HuntFinding {
  readonly of: "rule" | "correlation";
  readonly key: string;
  readonly title: string;
  readonly level: Level;
  readonly tags: readonly string[];
  /** Events of a rule; stories of a correlation. */
  readonly count: number;
  /** Milliseconds since the epoch. */
  readonly firstAt: number;
  readonly lastAt: number;
  readonly examples: readonly StoredEvent[];
  /** Of a correlation: the values that its events have in common, story by story. */
  readonly groups: readonly (readonly string[])[];
}

export interface HuntSummary {
  readonly rules: number;
  readonly correlations: number;
  readonly fired: number;
  /** The events that correlations are about were more than are looked at: the oldest were, the rest was not. */
  readonly isCut: boolean;
}

/** Rules whose counts are asked for together, so that progress shows. */
const rulesAtOnce = 80;
/** Events that correlations are judged on in one hunt. */
const correlatedEventsMax = 500_000;
const groupsMax = 20;

/** Looks for rules and correlations in everything that is stored. */
export async function* hunt(
  store: HuntStore,
  request: HuntRequest,
  signal: AbortSignal,
): AsyncGenerator<HuntStep, void, undefined> {
  const { assembly } = request;
  const alone = assembly.rules.filter(({ isAlone }) => isAlone);
  const total = alone.length + assembly.correlations.length;
  let [done, fired] = [0, 0];
  for (let first = 0; first < alone.length; first += rulesAtOnce) {
    yield { kind: "progress", done, total };
    const some = alone.slice(first, first + rulesAtOnce);
    for await (const step of findRules(store, some, request, signal)) {
      if (step.kind === "found") fired += 1;
      yield step;
    }
    done += some.length;
  }
  yield { kind: "progress", done, total };
  const { found, isCut } = await findCorrelations(store, request, signal);
  for (const one of found) yield { kind: "found", found: one };
  yield {
    kind: "summary",
    summary: { rules: alone.length, correlations: assembly.correlations.length, fired: fired + found.length, isCut },
  };
}

async function* findRules(
  store: HuntStore,
  rules: readonly AssembledRule[],
  { from, to, examples }: HuntRequest,
  signal: AbortSignal,
): AsyncGenerator<HuntStep, void, undefined> {
  const span = { from, to };
  const counts = await store.countMatches({ predicates: rules.map(({ predicate }) => predicate), ...span }, signal);
  for (const [index, { rule, predicate }] of rules.entries()) {
    const counted = counts[index];
    if (counted === undefined) {
      yield { kind: "skipped", title: rule.title, reason: "Its condition is too long for the event engine" };
      continue;
    }
    const { count, first, last } = counted;
    if (count === 0) continue;
    // The newest ones lie at the end of the span: there is no need to look for them from today on.
    const request = { predicate, from: first, to: last + 1, order: "newest" as const, limit: examples };
    const rows = examples === 0 ? [] : (await store.page(request, signal)).rows;
    const when = { count, firstAt: first, lastAt: last };
    yield { kind: "found", found: { of: "rule", ...headOf(rule), ...when, examples: rows, groups: [] } };
  }
}

function headOf({ key, title, level, own, tags }: SigmaRule | SigmaCorrelation) {
  return { key, title, level: own.severity ?? level ?? "medium", tags };
}

interface Correlated {
  readonly found: readonly HuntFinding[];
  readonly isCut: boolean;
}

async function findCorrelations(store: HuntStore, request: HuntRequest, signal: AbortSignal): Promise<Correlated> {
  const { correlations, rules } = request.assembly;
  if (correlations.length === 0) return { found: [], isCut: false };
  const wanted = new Set(correlations.flatMap((each) => each.rules));
  const bases = rules.filter(({ rule }) => wanted.has(rule.key));
  const set = new RuleSet(bases);
  const correlator = new Correlator(correlations);
  const hits: CorrelationHit[] = [];
  let events = 0;
  const { from, to } = request;
  const predicate = candidatesOf(bases);
  for await (const { event, raw } of store.wholeEvents({ predicate, from, to }, signal)) {
    if (events >= correlatedEventsMax) break;
    events += 1;
    const text = raw.toString("utf8");
    const record: unknown = JSON.parse(text);
    const matched = set.matching(record, text).map(({ rule }) => rule.key);
    const at = recordTime(record as Parameters<typeof recordTime>[0]) ?? event.time;
    if (matched.length > 0) hits.push(...correlator.take({ id: event.id, at, record, rules: matched }));
  }
  hits.push(...correlator.settle(Infinity));
  const found = correlations
    .filter(({ isAlone }) => isAlone)
    .flatMap(({ correlation }) => findingOf(correlation, hits) ?? []);
  return { found, isCut: events >= correlatedEventsMax };
}

function findingOf(correlation: SigmaCorrelation, all: readonly CorrelationHit[]): HuntFinding | undefined {
  const hits = all.filter((hit) => hit.correlation === correlation.key);
  const stories = hits.filter(({ continues }) => continues === undefined);
  if (stories.length === 0) return undefined;
  return {
    of: "correlation",
    ...headOf(correlation),
    count: stories.length,
    firstAt: Math.min(...stories.map(({ from }) => from)),
    lastAt: hits.reduce((last, { to }) => Math.max(last, to), 0),
    examples: [],
    groups: stories.slice(0, groupsMax).map(({ group }) => group),
  };
}
