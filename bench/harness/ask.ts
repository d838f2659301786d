import type { Question, Search } from "../../src/search/index.ts";
import { mustBe } from "./errors.ts";

/** A question to the store, asked and checked; the milliseconds until all of its answer was there. */
export interface Probe {
  readonly label: string;
  ask(search: Search): Promise<Timing>;
}

export interface Timing {
  readonly ms: number;
  /** Until the page of the newest rows was whole. */
  readonly wholePageMs?: number;
}

/** Rows on a page, and pieces of the histogram, as the console asks for them. */
export const pageRows = 50;
export const histogramPieces = 120;

/** First page and count at once, as the console asks; both must be true. */
export function answerProbe(question: Question, count: number): Probe {
  return {
    label: question.query,
    async ask(search) {
      const began = performance.now();
      const [page] = await Promise.all([askPage(search, question, count), askCount(search, question, count)]);
      return { ms: performance.now() - began, wholePageMs: page.ms };
    },
  };
}

/** The newest rows alone; the count is asked too, to be sure, but takes no part in the time. */
export function pageProbe(question: Question, count: number): Probe {
  return {
    label: question.query,
    async ask(search) {
      const { ms } = await askPage(search, question, count);
      await askCount(search, question, count);
      return { ms, wholePageMs: ms };
    },
  };
}

/** The first answer to a question for the newest rows: what was found so far, or the whole page. */
export function firstAnswerProbe(question: Question, count: number): Probe {
  return {
    label: question.query,
    async ask(search) {
      const { ms, firstMs } = await askPage(search, question, count);
      await askCount(search, question, count);
      return { ms: firstMs, wholePageMs: ms };
    },
  };
}

/** The counts over time alone. */
export function countProbe(question: Question, count: number): Probe {
  return {
    label: question.query || "everything",
    async ask(search) {
      return { ms: (await askCount(search, question, count)).ms };
    },
  };
}

interface PageTiming {
  /** Until the page was whole. */
  readonly ms: number;
  /** Until there was an answer: the whole page, or what was found of it so far, with how far was looked. */
  readonly firstMs: number;
}

async function askPage(search: Search, question: Question, count: number): Promise<PageTiming> {
  const began = performance.now();
  const times: string[] = [];
  let firstMs: number | undefined;
  let cursor: string | undefined;
  do {
    const limit = pageRows - times.length;
    const page = await search.page({ ...question, limit, order: "newest", cursor });
    firstMs ??= performance.now() - began;
    times.push(...page.events.map(({ time }) => time));
    cursor = page.searchedTo === null ? undefined : (page.cursor ?? undefined);
  } while (cursor !== undefined && times.length < pageRows);
  const ms = performance.now() - began;
  mustBe(`The number of rows on the first page of ${question.query}`, times.length, Math.min(pageRows, count));
  const sorted = times.toSorted().toReversed();
  mustBe(`The order of the first page of ${question.query}`, times.join(), sorted.join());
  return { ms, firstMs };
}

export interface CountTiming {
  readonly ms: number;
  /** How often the person heard of progress, and the longest silence before the end. */
  readonly steps: number;
  readonly longestSilenceMs: number;
}

export async function askCount(search: Search, question: Question, count: number): Promise<CountTiming> {
  const began = performance.now();
  let [steps, heardAt, longestSilenceMs] = [0, began, 0];
  for await (const part of search.histogram({ ...question, buckets: histogramPieces })) {
    const at = performance.now();
    longestSilenceMs = Math.max(longestSilenceMs, at - heardAt);
    heardAt = at;
    if (part.kind === "buckets") steps++;
    if (part.kind === "done") mustBe(`The count of ${question.query || "everything"}`, part.count, count);
  }
  return { ms: performance.now() - began, steps, longestSilenceMs };
}
