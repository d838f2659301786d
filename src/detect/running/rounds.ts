import type { ArrivedFile, RecordAsk } from "../../store/index.ts";
import { matchedEvent } from "./base-events.ts";
import { FactTaker } from "./event-facts.ts";
import { HitTaker } from "./hit-taker.ts";
import { rowOfJudged, rowOfRule } from "./hit-rows.ts";
import type { LiveCorrelations } from "./live-correlations.ts";
import { Matching } from "./matching.ts";
import type { DetectionOptions } from "./options.ts";
import { type ReadyRules, readyRules } from "./ready-rules.ts";
import { replay } from "./replay.ts";
import { seedLive } from "./seed.ts";

/** Log files and events of one round; the others that wait are known by their times only. */
const roundMax = { files: 1_000, events: 40_000 };
const waitingMax = 3_000;
/** So many events are all looked at. */
const fewEvents = 2_000;
/** Events of correlations after which time goes on. */
const settleEvents = 1_000;

/** A log file that fails alone waits so long, and twice as long each time. */
const setAsideMs = 5_000;
const setAsideDoublingsMax = 10;

/** One round of judging after another; whoever calls sees to it that there are never two at once. */
export class Rounds {
  readonly #options: DetectionOptions;
  readonly #matching: Matching;
  readonly #taker: FactTaker;
  readonly #onChanged: () => void;
  #rules: ReadyRules | undefined;
  #live: LiveCorrelations | undefined;
  #isCut = false;
  /** What is in force is to be asked for anew. */
  #isStale = true;
  /** Log files that failed alone, and how often; each waits longer. */
  readonly #setAside = new Map<number, { readonly failures: number; readonly until: number }>();
  #filesMax = roundMax.files;

  constructor(options: DetectionOptions, onChanged: () => void) {
    this.#options = options;
    this.#taker = new FactTaker(options.actorOf);
    this.#matching = new Matching(this.#taker, options.onFailure);
    this.#onChanged = onChanged;
  }

  /** Judges some of what waits; true when more does. */
  async judge(signal: AbortSignal): Promise<boolean> {
    const { arrivals } = this.#options.store;
    const now = this.#options.clock.now();
    const all = await arrivals.waiting(waitingMax);
    const waiting = all.filter(({ number }) => (this.#setAside.get(number)?.until ?? 0) <= now);
    // A person may have marked it meanwhile.
    const isThere = (number: number) => all.length === waitingMax || all.some((file) => file.number === number);
    for (const number of [...this.#setAside.keys()].filter((each) => !isThere(each))) this.#setAside.delete(number);
    const rules = await this.#ready();
    const files = this.#portionOf(waiting);
    try {
      await this.#judgeFiles(files, { rules, others: waiting.slice(files.length) }, signal);
    } catch (error) {
      this.#failed(files, signal);
      throw error;
    }
    for (const { number } of files) this.#setAside.delete(number);
    this.#filesMax = Math.min(roundMax.files, this.#filesMax * 2);
    return files.length > 0 && (waiting.length > files.length || all.length === waitingMax);
  }

  /** Judges a part of what is to be judged once more; true when there may be more. */
  async replay(signal: AbortSignal, breathe: () => Promise<void>): Promise<boolean> {
    const { clock } = this.#options;
    const rules = await this.#ready();
    const live = await this.#liveOf(rules, [], signal);
    live.settle(clock.now(), []);
    const [matching, onChanged, settledUntil] = [this.#matching, this.#onChanged, live.settledUntil];
    const parts = { rules, matching, settledUntil, onChanged, breathe };
    const span = await replay(this.#options, parts, signal);
    // What was found late is what later hits may build on.
    if (span !== undefined && rules.reaches.hasChains && span.to >= live.settledUntil - rules.reaches.longestMs) {
      this.#live = undefined;
    }
    return span !== undefined;
  }

  /** What is in force has changed. */
  forgetRules(): void {
    this.#isStale = true;
  }
  get rules(): ReadyRules | undefined {
    return this.#rules;
  }

  /** What keeps some of it from being judged. */
  get problem(): string | undefined {
    const said = [
      this.#rules?.problem,
      this.#matching.unread === 0 ? undefined : `${this.#matching.unread} events could not be judged`,
      this.#setAside.size === 0 ? undefined : `${this.#setAside.size} log files cannot be judged and are tried again`,
      this.#isCut || this.#live?.isLacking === true
        ? "Correlations are about more than is remembered at once, and may lack stories"
        : undefined,
    ].filter((each) => each !== undefined);
    return said.length === 0 ? undefined : said.join("; ");
  }

  async #ready(): Promise<ReadyRules> {
    if (this.#rules === undefined || this.#isStale) {
      this.#isStale = false;
      const inForce = await this.#options.book.inForce();
      if (this.#rules?.inForce !== inForce) {
        this.#rules = readyRules(inForce);
        this.#live = undefined;
      }
    }
    return this.#rules;
  }

  async #liveOf(rules: ReadyRules, waiting: readonly number[], signal: AbortSignal): Promise<LiveCorrelations> {
    if (this.#live === undefined) {
      const parts = { rules, matching: this.#matching, now: this.#options.clock.now(), waiting };
      const { live, isCut } = await seedLive(this.#options.store, parts, signal);
      this.#live = live;
      this.#isCut = isCut;
    }
    return this.#live;
  }

  /** A prefix of what waits. */
  #portionOf(waiting: readonly ArrivedFile[]): readonly ArrivedFile[] {
    let [files, events] = [0, 0];
    for (const file of waiting) {
      if (files >= this.#filesMax || (files > 0 && events + file.events > roundMax.events)) break;
      [files, events] = [files + 1, events + file.events];
    }
    return waiting.slice(0, files);
  }

  async #judgeFiles(
    files: readonly ArrivedFile[],
    { rules, others }: { readonly rules: ReadyRules; readonly others: readonly ArrivedFile[] },
    signal: AbortSignal,
  ): Promise<void> {
    const { store, clock } = this.#options;
    const waiting = others.flatMap(({ firstAt }) => firstAt ?? []);
    const live = await this.#liveOf(rules, [...waiting, ...files.flatMap(({ firstAt }) => firstAt ?? [])], signal);
    const hits = new HitTaker(this.#options, this.#onChanged);
    if (files.length > 0) {
      await this.#matchRules(files, { rules, live, hits, waiting }, signal);
      await this.#askJudges(files, hits, signal);
      const newest = files.reduce((last, { lastAt }) => Math.max(last, lastAt ?? last), Number.NEGATIVE_INFINITY);
      live.see(newest, clock.now());
    }
    live.settle(clock.now(), waiting);
    await hits.add(live.drain());
    await hits.finish(live.drainLate());
    if (files.length > 0) await store.arrivals.markJudged(files);
  }

  async #matchRules(
    files: readonly ArrivedFile[],
    { rules, live, hits, waiting }: RoundParts,
    signal: AbortSignal,
  ): Promise<void> {
    const { store, clock } = this.#options;
    if (rules.candidates === undefined) return;
    // To look at a few is quicker than to have the engine prepare a statement that chooses among them.
    const isFew = files.reduce((sum, { events }) => sum + events, 0) <= fewEvents;
    const ask: RecordAsk = isFew
      ? { predicate: { kind: "all" } }
      : { predicate: rules.candidates.any, mark: rules.candidates.unnamed };
    let taken = 0;
    for await (const records of store.arrivals.records(files, ask, signal)) {
      for (const record of records) {
        const match = this.#matching.match(rules.set, record);
        if (match === undefined) continue;
        const alone = match.rules.filter(({ isAlone }) => isAlone);
        await hits.add(alone.map(({ rule }) => rowOfRule(rule.key, rules.terms(rule.key), match.facts)));
        const correlated = matchedEvent(rules, match);
        if (correlated === undefined) continue;
        live.take(correlated, clock.now());
        taken += 1;
        // The rest of the round is not earlier than this one.
        if (taken % settleEvents === 0) live.settle(clock.now(), waiting, correlated.at - 1);
        await hits.add(live.drain());
      }
    }
  }

  async #askJudges(files: readonly ArrivedFile[], hits: HitTaker, signal: AbortSignal): Promise<void> {
    const { judges, store } = this.#options;
    for (const judge of judges) {
      for await (const judged of judge.judge(store.arrivals, files, signal)) {
        await hits.add([rowOfJudged(judged, this.#taker.factsOf(judged, judged.record))]);
      }
    }
  }

  /** A round failed: what it told the correlations may not be written, and one of its log files may be to blame. */
  #failed(files: readonly ArrivedFile[], signal: AbortSignal): void {
    this.#live = undefined;
    this.#isStale = true;
    const [file] = files;
    if (signal.aborted || file === undefined) return;
    this.#filesMax = Math.max(1, Math.floor(Math.min(this.#filesMax, files.length) / 2));
    if (files.length > 1) return;
    const failures = (this.#setAside.get(file.number)?.failures ?? 0) + 1;
    const until = this.#options.clock.now() + setAsideMs * 2 ** Math.min(failures - 1, setAsideDoublingsMax);
    this.#setAside.set(file.number, { failures, until });
  }
}

interface RoundParts {
  readonly rules: ReadyRules;
  readonly live: LiveCorrelations;
  readonly hits: HitTaker;
  /** When the events of log files begin that are judged in later rounds. */
  readonly waiting: readonly number[];
}
