import type { SourceContext } from "../source.ts";
import { askPages, type LookupCall } from "./ask-pages.ts";
import type { CallPace } from "./call-pace.ts";
import { PageRuns } from "./page-runs.ts";
import {
  addSpan,
  floorToSecond,
  halvesOf,
  missingIn,
  printSpans,
  readSpans,
  spansSince,
  type TimeSpan,
  type TimeSpans,
} from "./time-spans.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Events come within 15 minutes, as a rule, and in any order: what is younger than this is asked for again. */
const settledAfterMs = 30 * minuteMs;
/** What lies further back than this is looked up stretch by stretch. */
const liveMs = 60 * minuteMs;
/** Between the looks that settle, a look goes back so far. */
const quickMs = 10 * minuteMs;
/** Pages of a stretch that is looked up in one go, so that a stop costs little. */
const pagesWanted = 100;
const stretchMs = { first: dayMs, least: 10 * minuteMs, most: 2 * dayMs };
/** AWS forgets at the one end while we ask at it. */
const edgeMs = minuteMs;

const tokenLostTooSoon = "AWS forgot its place among the events of a single second before all of them were read";

export interface LookupRegionOptions {
  readonly context: SourceContext;
  readonly accountId: string;
  readonly region: string;
  readonly days: number;
  readonly everyMs: number;
  readonly call: LookupCall;
  readonly pace: CallPace;
  readonly onAnswer: () => void;
  readonly onTrouble: (error: unknown) => void;
  /** How much of the days to look back is not looked up yet, milliseconds. */
  readonly onProgress: (missingMs: number) => void;
}

/**
 * All events of one region: those of the last minutes again and again, until they are settled, and beside that the days
 * before, the oldest first, for AWS forgets those. What is done is remembered.
 */
export class LookupRegion {
  readonly #options: LookupRegionOptions;
  readonly #runs: PageRuns;
  readonly #key: string;
  #done: TimeSpans = [];
  #stretchMs = stretchMs.first;
  #nextLiveAt = 0;
  #settleAt = 0;

  constructor(options: LookupRegionOptions) {
    this.#options = options;
    this.#runs = new PageRuns(options.context, options);
    this.#key = `done/${options.accountId}/${options.region}`;
  }

  /** Rejects when it is aborted. */
  async run(): Promise<void> {
    const { clock, signal, memory } = this.#options.context;
    this.#done = readSpans((await memory.all(this.#key)).get(this.#key));
    for (;;) {
      signal.throwIfAborted();
      if (clock.now() >= this.#nextLiveAt) await this.#lookLive();
      else {
        const [oldest] = this.#missing();
        if (oldest) await this.#lookBack(oldest);
        else await clock.waitUntil(this.#nextLiveAt, signal);
      }
    }
  }

  async #lookLive(): Promise<void> {
    const { context, everyMs } = this.#options;
    const { clock } = context;
    const began = clock.now();
    const liveFrom = this.#liveFrom();
    this.#runs.forgetBefore(liveFrom);
    const isSettling = began >= this.#settleAt;
    const from = isSettling ? liveFrom : Math.max(liveFrom, floorToSecond(began - quickMs));
    await this.#lookThrough({ from, to: floorToSecond(began) + 1000 });
    if (isSettling) this.#settleAt = began + quickMs;
    const tookMs = clock.now() - began;
    // Where so much happens that looking takes long, looking back gets half of the time.
    this.#nextLiveAt = clock.now() + Math.max(everyMs, tookMs);
    this.#tellProgress();
  }

  async #lookBack({ from, to }: TimeSpan): Promise<void> {
    const stretch = { from, to: Math.min(to, from + this.#stretchMs) };
    const pages = await this.#lookThrough(stretch);
    const wanted = ((stretch.to - stretch.from) * pagesWanted) / Math.max(1, pages);
    this.#stretchMs = floorToSecond(Math.max(stretchMs.least, Math.min(stretchMs.most, wanted, this.#stretchMs * 2)));
    this.#tellProgress();
  }

  /** Looks a stretch up, in halves where a token is lost, and remembers what of it is settled. Gives the pages it took. */
  async #lookThrough(whole: TimeSpan): Promise<number> {
    const { clock, signal } = this.#options.context;
    const parts: TimeSpan[] = [whole];
    let pages = 0;
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
      const askedAt = clock.now();
      const asked = await askPages(part, { ...this.#options, clock, signal }, (events) => this.#runs.add(events));
      pages += asked.pages;
      await this.#runs.flush();
      if (asked.isWhole) await this.#markDone({ from: part.from, to: Math.min(part.to, settledAt(askedAt)) });
      else {
        const halves = halvesOf(part);
        if (halves === undefined) this.#options.onTrouble(new Error(tokenLostTooSoon));
        // The later half first, as AWS answers; a single second is asked for once more.
        parts.push(...(halves ?? [part]));
      }
    }
    return pages;
  }

  async #markDone(span: TimeSpan): Promise<void> {
    const { memory, clock } = this.#options.context;
    const done = spansSince(addSpan(this.#done, span), floorToSecond(clock.now() - stretchMs.most - 90 * dayMs));
    if (JSON.stringify(done) === JSON.stringify(this.#done)) return;
    await memory.set(new Map([[this.#key, printSpans(done)]]));
    this.#done = done;
  }

  /** Where looking at the last minutes begins: where the settled part ends, when that is not long ago. */
  #liveFrom(): number {
    const recent = floorToSecond(this.#options.context.clock.now() - liveMs);
    const settled = this.#done.at(-1)?.to ?? 0;
    return Math.max(recent, settled);
  }

  /** The oldest first. */
  #missing(): TimeSpans {
    const { context, days } = this.#options;
    const from = floorToSecond(context.clock.now() - days * dayMs + edgeMs);
    return missingIn({ from, to: this.#liveFrom() }, this.#done);
  }

  #tellProgress(): void {
    this.#options.onProgress(this.#missing().reduce((sum, { from, to }) => sum + to - from, 0));
  }
}

function settledAt(askedAt: number): number {
  return floorToSecond(askedAt - settledAfterMs);
}
