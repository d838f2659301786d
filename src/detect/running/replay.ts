import { Correlator } from "../correlate/correlator.ts";
import { CorrelatorInOrder } from "../correlate/correlator-in-order.ts";
import type { HitRow } from "../../state/index.ts";
import { baseEvents } from "./base-events.ts";
import { HitTaker } from "./hit-taker.ts";
import { rowsOfTold } from "./hit-rows.ts";
import type { Matching } from "./matching.ts";
import type { DetectionOptions } from "./options.ts";
import type { ReadyRules } from "./ready-rules.ts";
import { mergeSpans, type Span } from "./spans.ts";

/** Events that are looked at before it is written down how far it came. */
const stepEvents = 100_000;
/** Between them it is asked whether something more urgent waits. */
const breathEvents = 500;

/** Times that lie no further apart are judged together. */
const apartMs = 2 * 3_600_000;

export interface ReplayParts {
  readonly rules: ReadyRules;
  readonly matching: Matching;
  /** Up to when no more events are waited for. */
  readonly settledUntil: number;
  readonly onChanged: () => void;
  /** Called every now and then: what has just arrived comes first. */
  breathe(): Promise<void>;
}

/**
 * Judges correlations once more on the earliest time that late events are about, or on a part of it. Returns the span that
 * was judged; undefined when there was none.
 */
export async function replay(
  options: Pick<DetectionOptions, "store" | "findings" | "clock">,
  parts: ReplayParts,
  signal: AbortSignal,
): Promise<Span | undefined> {
  const { store, findings } = options;
  const dirty = await findings.spans();
  // What lies near is read anyway, or sooner than it is asked for apart.
  const [span] = mergeSpans(dirty, Math.max(2 * parts.rules.reaches.longestMs, apartMs));
  if (span === undefined) return undefined;
  const taker = new HitTaker(options, parts.onChanged);
  const run = new Run(parts, span);
  const { rules, matching } = parts;
  const events = baseEvents(store, { rules, matching }, { from: span.from, to: span.to + 1 }, signal);
  let [seen, reached, last] = [0, span.to, span.from];
  for await (const event of rules.correlations.length === 0 ? [] : events) {
    signal.throwIfAborted();
    // All events of one instant are looked at together.
    if (seen >= stepEvents && event.at > last) {
      reached = last;
      break;
    }
    run.take(event);
    if (event.at >= span.from) [seen, last] = [seen + 1, event.at];
    if (run.taken % breathEvents === 0) {
      await taker.add(run.drain());
      await parts.breathe();
    }
  }
  run.settle(reached);
  await taker.add(run.drain());
  await taker.finish(reached < span.to ? [{ from: reached + 1, to: span.to }] : []);
  for (const { id, from, to } of dirty) if (from >= span.from && to <= span.to) await findings.settleSpan(id);
  return { from: span.from, to: reached };
}

/** One look at a span. */
class Run {
  readonly #correlator: CorrelatorInOrder;
  taken = 0;
  #rows: HitRow[] = [];

  constructor({ rules, settledUntil }: ReplayParts, span: Span) {
    const correlator = new Correlator(rules.correlations, (told) => {
      const found = rules.correlation.get(told.correlation);
      // What windows before the span are about was not read as a whole.
      if (found === undefined || !found.isAlone || told.to < span.from) return;
      this.#rows.push(...rowsOfTold(told, found.correlation, rules.terms(told.correlation)));
    });
    this.#correlator = new CorrelatorInOrder(correlator, settledUntil);
  }

  take(event: Parameters<Correlator["take"]>[0]): void {
    this.#correlator.take(event);
    this.taken += 1;
  }

  settle(until: number): void {
    this.#correlator.settle(until);
  }

  drain(): readonly HitRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }
}
