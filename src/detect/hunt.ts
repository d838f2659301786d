import type { EventStore, StoredEvent } from "../store/index.ts";
import { headOf, type HuntHead } from "./hunt-head.ts";
import { scan } from "./hunt-scan.ts";
import type { AssembledRule, Assembly } from "./sigma/assemble.ts";

/** What a hunt asks of the store. */
export type HuntStore = Pick<EventStore, "countMatches" | "eventsAt" | "page" | "records">;

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
  | { readonly kind: "progress"; readonly done: number; readonly total: number; readonly unit: "rules" | "events" }
  | { readonly kind: "found"; readonly found: HuntFinding }
  /** A rule that can be held against single records, and not against all that is stored. */
  | { readonly kind: "skipped"; readonly title: string; readonly reason: string }
  | { readonly kind: "summary"; readonly summary: HuntSummary };

/** A rule, or a correlation, that fires on what is stored. */
export interface HuntFinding extends HuntHead {
  readonly of: "rule" | "correlation";
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
  /** There was too much for correlations to remember at once: some stories may be missing. */
  readonly isCut: boolean;
}

/**
 * So many rules at most are counted by the engine, each by itself: a rule that asks of columns alone is counted without
 * looking at records. With more, one look at all that any of them may be about is quicker.
 */
const countedMax = 12;

/** Looks for rules and correlations in everything that is stored. */
export async function* hunt(
  store: HuntStore,
  request: HuntRequest,
  signal: AbortSignal,
): AsyncGenerator<HuntStep, void, undefined> {
  const { rules, correlations } = request.assembly;
  const alone = rules.filter(({ isAlone }) => isAlone);
  const isCounted = alone.length <= countedMax;
  let [fired, isCut] = [0, false];
  if (isCounted) {
    yield { kind: "progress", done: 0, total: alone.length, unit: "rules" };
    for await (const step of findRules(store, alone, request, signal)) {
      if (step.kind === "found") fired += 1;
      yield step;
    }
  }
  const bases = new Set(correlations.flatMap((each) => each.rules));
  const scanned = isCounted ? rules.filter(({ rule }) => bases.has(rule.key)).map(onlyBase) : rules;
  if (scanned.length > 0) {
    const seen = yield* scan(store, scanned, request, signal);
    [fired, isCut] = [fired + seen.fired, seen.isCut];
  }
  yield { kind: "summary", summary: { rules: alone.length, correlations: correlations.length, fired, isCut } };
}

/** A rule that was counted already. */
function onlyBase(rule: AssembledRule): AssembledRule {
  return { ...rule, isAlone: false };
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
