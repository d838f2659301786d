/** A stretch of event time, milliseconds, both ends included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Spans that overlap, touch, or lie no further apart than that as one, the earliest first. */
export function mergeSpans(spans: readonly Span[], apartMs = 1): readonly Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((one, other) => one.from - other.from)) {
    const last = merged.at(-1);
    if (last === undefined || span.from > last.to + apartMs) merged.push(span);
    else merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
  }
  return merged;
}

/** Gathers spans as few: of more than `most` those that lie nearest are joined. */
export class SpanGatherer {
  readonly #most: number;
  #spans: readonly Span[] = [];
  #added: Span[] = [];

  constructor(most = 50) {
    this.#most = most;
  }

  add(span: Span): void {
    const last = this.#added.at(-1);
    // Late events come in crowds: most lie where one has just been.
    if (last !== undefined && span.from >= last.from && span.to <= last.to) return;
    this.#added.push(span);
    if (this.#added.length >= 1_000) this.#merge();
  }

  /** What was gathered; nothing is left. */
  take(): readonly Span[] {
    this.#merge();
    const spans = this.#spans;
    this.#spans = [];
    return spans;
  }

  #merge(): void {
    this.#spans = fewer(mergeSpans([...this.#spans, ...this.#added]), this.#most);
    this.#added = [];
  }
}

function fewer(spans: readonly Span[], most: number): readonly Span[] {
  if (spans.length <= most) return spans;
  const gaps = spans.slice(1).map((span, index) => ({ index: index + 1, gap: span.from - (spans[index]?.to ?? 0) }));
  const kept = new Set(
    gaps
      .toSorted((one, other) => other.gap - one.gap)
      .slice(0, most - 1)
      .map(({ index }) => index),
  );
  const joined: Span[] = [];
  for (const [index, span] of spans.entries()) {
    const last = joined.at(-1);
    if (last === undefined || kept.has(index)) joined.push(span);
    else joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
  }
  return joined;
}
