import { useEffect, useState } from "react";
import { streamHistogram } from "../../api.ts";
import type { HistogramLine, Question } from "../../api.ts";

export interface HistogramState {
  /** Seconds since the epoch where each bar begins, oldest first. */
  readonly at: readonly number[];
  readonly counts: readonly number[];
  readonly errors: readonly number[];
  readonly intervalSeconds: number;
  readonly from: number;
  readonly to: number;
  readonly found: number;
  readonly scanned: number;
  readonly total: number;
  readonly status: "waiting" | "counting" | "done" | "failed";
  readonly error?: unknown;
}

/** Before the first line. */
export const emptyHistogram: HistogramState = {
  at: [],
  counts: [],
  errors: [],
  intervalSeconds: 0,
  from: 0,
  to: 0,
  found: 0,
  scanned: 0,
  total: 0,
  status: "waiting",
};

const barsMax = 5_000;

function begin(line: Extract<HistogramLine, { kind: "range" }>): HistogramState {
  // Without events there is no time for an axis to run along.
  if (line.total === 0) return { ...emptyHistogram, status: "counting" };
  const from = Date.parse(line.from) / 1000;
  const to = Date.parse(line.to) / 1000;
  const step = Math.max(1, line.intervalSeconds);
  const first = Math.floor(from / step) * step;
  const at: number[] = [];
  for (let start = first; start < to && at.length < barsMax; start += step) at.push(start);
  const zeros = at.map(() => 0);
  return {
    ...emptyHistogram,
    at,
    counts: zeros,
    errors: zeros,
    intervalSeconds: step,
    from,
    to,
    total: line.total,
    status: "counting",
  };
}

function add(state: HistogramState, line: Extract<HistogramLine, { kind: "buckets" }>): HistogramState {
  const counts = [...state.counts];
  const errors = [...state.errors];
  const first = state.at[0] ?? 0;
  for (const bucket of line.buckets) {
    const index = Math.floor((Date.parse(bucket.at) / 1000 - first) / state.intervalSeconds);
    if (!(index >= 0 && index < counts.length)) continue;
    counts[index] = (counts[index] ?? 0) + bucket.count;
    errors[index] = (errors[index] ?? 0) + bucket.errors;
  }
  return { ...state, counts, errors, found: line.count, scanned: line.scanned, total: line.total };
}

/** One line of the stream taken into what is shown. */
export function takeLine(state: HistogramState, line: HistogramLine): HistogramState {
  if (line.kind === "range") return begin(line);
  if (line.kind === "buckets") return add(state, line);
  return { ...state, found: line.count, scanned: state.total, status: "done" };
}

/**
 * Counts the answers over time, showing what has come so far; another question, or another turn of the same one, ends
 * the count of the last.
 */
export function useHistogram(question: Question, buckets: number, turn: number): HistogramState {
  const [state, setState] = useState(emptyHistogram);
  useEffect(() => {
    const abort = new AbortController();
    async function count(): Promise<void> {
      let next = emptyHistogram;
      let frame = 0;
      try {
        for await (const line of streamHistogram(question, buckets, abort.signal)) {
          next = takeLine(next, line);
          // The last question's bars stay until the first of this one are there: no flicker between.
          if (frame === 0 && (next.status === "done" || next.scanned > 0)) {
            frame = requestAnimationFrame(() => {
              frame = 0;
              if (!abort.signal.aborted) setState(next);
            });
          }
        }
        if (!abort.signal.aborted) setState(next);
      } catch (error) {
        if (!abort.signal.aborted) setState({ ...emptyHistogram, status: "failed", error });
      }
    }
    setState((last) => (last.status === "waiting" ? last : { ...last, status: "counting", found: 0, scanned: 0 }));
    void count();
    return () => {
      abort.abort();
    };
  }, [question, buckets, turn]);
  return state;
}
