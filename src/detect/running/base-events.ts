import type { MatchedEvent } from "../correlate/matched-event.ts";
import type { Match, Matching } from "./matching.ts";
import type { DetectionStore } from "./options.ts";
import type { ReadyRules } from "./ready-rules.ts";
import type { Span } from "./spans.ts";

/** Rules that reach less far than that are not worth a reading of their own. */
const apartMs = 2 * 3_600_000;
/** And not unless they reach so many times less far than others. */
const apartFactor = 4;

interface Stretch extends Span {
  /** Rules that reach further than that are looked for in it. */
  readonly beyondMs: number;
}

/**
 * The stretches of time in which to look for what windows that end from `from` on may reach back to, and again as far, so
 * that stories that went on before are known as such. Rules that reach less far are looked for in less.
 */
export function stretchesOf(rules: ReadyRules, from: number): readonly Stretch[] {
  const steps: number[] = [];
  for (const reachMs of rules.reaches.steps()) {
    const last = steps.at(-1);
    if (last === undefined || (last >= apartMs && reachMs * apartFactor <= last)) steps.push(reachMs);
  }
  return steps.map((reachMs, index) => {
    const beyondMs = steps[index + 1] ?? 0;
    const to = index === steps.length - 1 ? Number.POSITIVE_INFINITY : from - 2 * beyondMs;
    return { from: from - 2 * reachMs, to, beyondMs };
  });
}

/** The part of one stretch that lies in a span; undefined where there is none. */
function within(stretch: Stretch, to: number): Stretch | undefined {
  const part = { ...stretch, from: Math.max(0, stretch.from), to: Math.min(stretch.to, to) };
  return part.from >= part.to ? undefined : part;
}

/** What correlations build on, oldest first: for windows that end from `from` on, up to `to`, which is not included. */
export async function* baseEvents(
  store: Pick<DetectionStore, "records">,
  { rules, matching }: { readonly rules: ReadyRules; readonly matching: Matching },
  { from, to }: Span,
  signal: AbortSignal,
): AsyncGenerator<MatchedEvent, void, undefined> {
  for (const stretch of stretchesOf(rules, from)) {
    const part = within(stretch, to);
    if (part === undefined) continue;
    const ends = Number.isFinite(part.to) ? { to: part.to } : {};
    const { set, candidates } = rules.bases(part.beyondMs);
    const ask = { predicate: candidates.any, mark: candidates.unnamed, from: part.from, ...ends };
    for await (const records of store.records(ask, signal)) {
      for (const record of records) {
        const match = matching.match(set, record);
        const matched = match && matchedEvent(rules, match);
        if (matched !== undefined) yield matched;
      }
    }
  }
}

/** How many events `baseEvents` would look at. */
export async function countBaseEvents(
  store: Pick<DetectionStore, "countMatches">,
  rules: ReadyRules,
  { from, to }: Span,
  signal: AbortSignal,
): Promise<number> {
  let sum = 0;
  for (const stretch of stretchesOf(rules, from)) {
    const part = within(stretch, to);
    if (part === undefined) continue;
    const ends = Number.isFinite(part.to) ? { to: part.to } : {};
    const predicates = [rules.bases(part.beyondMs).candidates.any];
    const [counted] = await store.countMatches({ predicates, from: part.from, ...ends }, signal);
    sum += counted?.count ?? 0;
  }
  return sum;
}

/** A match as correlations take it; undefined where it is about none. */
export function matchedEvent(rules: ReadyRules, { facts, record, rules: matched }: Match): MatchedEvent | undefined {
  const keys = matched.map(({ rule }) => rule.key).filter((key) => rules.reaches.isBase(key));
  return keys.length === 0 ? undefined : { id: facts.key, at: facts.at, record, rules: keys, note: facts };
}
