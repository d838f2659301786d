import { forEachAtOnce } from "../../base/for-each-at-once.ts";
import type { IntegrityTable } from "../../state/index.ts";
import type { UnjudgedSelection } from "../../store/index.ts";
import type { ChainMemory } from "./chain-memory.ts";
import { ChainJudge } from "./judge-chains.ts";
import { FileJudge } from "./judge-files.ts";
import type { KeepingParts, Look, Scope } from "./look.ts";
import type { VerificationOptions } from "./options.ts";
import { Reaching } from "./reaching.ts";
import { DailySample } from "./daily-sample.ts";
import { Sweep } from "./sweep.ts";
import { Tails } from "./tails.ts";

/** Chains that are judged at the same time. */
const chainsAtOnce = 4;
/** A digest is written down a little after the instant that it is said to be collected at. */
const overlapMs = 60_000;
/** Objects that are fetched once more in one round. */
const fetchesMax = 2_000;
/** Log files without a verdict that are asked for at once, and how often in one round; more make another at once. */
const [newFilesMax, newPagesMax] = [10_000, 10];
/** How much of all log files is looked at in one round when there never was one, and how much then, and how often. */
const firstSteps = { days: 500, files: 100_000, atOnce: newFilesMax };
const sweepSteps = { days: 20, files: 2_000, atOnce: 2_000 };
const sweepEveryMs = 3_600_000;
/** A log file is written down a little after the instant that it is said to be read at. */
const readOverlapMs = 15 * 60_000;
/** Named log files that nobody has read yet, looked at in one round. */
const unreadMax = 5_000;
/** More lanes than that are looked at together. */
const scopesMax = 50;
/** What may change with a digest, or with time. */
const open = ["waiting", "unproven"];

/** Settings in the state: how far digests were looked at, and when all was judged last. */
export const collectedSetting = "verify/digests-collected-until";
export const judgedSetting = "verify/judged-at";
/** Up to when log files were read that have been judged once. */
const readSetting = "verify/judged-of-read-until";

/** One round of judging after another: what came, what is due, what is late. */
export class Rounds {
  readonly #options: VerificationOptions;
  readonly #parts: KeepingParts;
  readonly #files: FileJudge;
  readonly #chains: ChainJudge;
  readonly #tails: Tails;
  readonly #sample: DailySample;
  /** All that was read before the first round, while that is judged. */
  #first: { readonly sweep: Sweep; readonly readUntil: number } | undefined;
  #sweep: Sweep | undefined;
  #sweptAt = -Infinity;

  constructor(options: VerificationOptions, parts: KeepingParts) {
    this.#options = options;
    this.#parts = parts;
    this.#files = new FileJudge(parts);
    this.#chains = new ChainJudge(parts, this.#files);
    this.#tails = new Tails(parts);
    this.#sample = new DailySample(options, parts);
  }

  /** True when there is more to do at once. */
  async judge(signal: AbortSignal): Promise<boolean> {
    const { chains, keys, clock } = this.#parts;
    await Promise.all([chains.load(), keys.load(), this.#files.load()]);
    await using reaching = new Reaching(this.#options);
    const look: Look = { reaching, signal, fetches: { left: fetchesMax } };
    const startedAt = clock.now();
    const scopes = await this.#judgeChains(look);
    scopes.push(...(await this.#tails.look(look)));
    const isMore = await this.#judgeFiles(scopes, look);
    await this.#sample.read(look);
    await this.#table.setSetting(collectedSetting, startedAt - overlapMs);
    await this.#table.setSetting(judgedSetting, clock.now());
    return isMore;
  }

  get #table(): IntegrityTable {
    return this.#options.state.integrity;
  }

  async #judgeChains(look: Look): Promise<Scope[]> {
    const { proofs, chains } = this.#parts;
    const since = await this.#table.setting(collectedSetting);
    const from = new Map<string, number>();
    for (const row of await proofs.chainsSince(typeof since === "number" ? since : 0)) from.set(row.chain, row.from);
    // What an unknown key signed is judged again once somebody tells it.
    for (const [id, memory] of chains.entries()) {
      const earliest = await this.#earliestNowKnown(memory, look);
      if (earliest !== undefined) from.set(id, Math.min(from.get(id) ?? Infinity, earliest));
    }
    const scopes: Scope[] = [];
    await forEachAtOnce(from, chainsAtOnce, async ([id, earliest]) => {
      look.signal.throwIfAborted();
      const scope = await this.#chains.judge(id, earliest, look);
      if (scope !== undefined) scopes.push(scope);
    });
    return scopes;
  }

  async #earliestNowKnown(
    { unknownKeys, chain: { region }, source, authority }: ChainMemory,
    look: Look,
  ): Promise<number | undefined> {
    let earliest: number | undefined;
    for (const key of unknownKeys) {
      const isKnown = await this.#parts.keys.ask({ authority, region, ...key }, source, look);
      if (isKnown) earliest = Math.min(earliest ?? Infinity, key.from);
    }
    return earliest;
  }

  async #judgeFiles(scopes: readonly Scope[], look: Look): Promise<boolean> {
    await this.#files.judge(this.#files.takeUnread(unreadMax), look);
    await this.#files.judge(this.#files.takeQuiet(unreadMax), look);
    const isMore = await this.#judgeNew(look);
    for (const scope of together(scopes)) {
      await this.#judgeUnjudged({ ...scope, verdicts: open }, Infinity, look);
    }
    await this.#sweepOn(look);
    return isMore;
  }

  /** Of what was read before the last round, all was asked for then; true when there is more than is judged at once. */
  async #judgeNew(look: Look): Promise<boolean> {
    const until = await this.#table.setting(readSetting);
    const span = await this.#parts.proofs.readSpan();
    if (span === undefined) return false;
    if (typeof until !== "number") return this.#judgeFirst(span.readUntil, look);
    const isMore = await this.#judgeUnjudged({ readSince: until - readOverlapMs, verdicts: [] }, newPagesMax, look);
    if (!isMore && until !== span.readUntil) await this.#table.setSetting(readSetting, span.readUntil);
    return isMore;
  }

  /** True when there is more. */
  async #judgeFirst(readUntil: number, look: Look): Promise<boolean> {
    this.#first ??= { sweep: new Sweep(this.#parts, firstSteps), readUntil };
    await this.#judgeSwept(this.#first.sweep, [], look);
    if (!this.#first.sweep.isDone) return true;
    await this.#table.setSetting(readSetting, this.#first.readUntil);
    return this.#first.readUntil < readUntil;
  }

  /** Whatever was overlooked is found when its turn comes. */
  async #sweepOn(look: Look): Promise<void> {
    const now = this.#parts.clock.now();
    if (this.#sweep === undefined || (this.#sweep.isDone && now >= this.#sweptAt + sweepEveryMs)) {
      this.#sweptAt = now;
      this.#sweep = new Sweep(this.#parts, sweepSteps);
    }
    await this.#judgeSwept(this.#sweep, open, look);
  }

  async #judgeSwept(sweep: Sweep, verdicts: readonly string[], look: Look): Promise<void> {
    for await (const files of sweep.next(verdicts)) {
      look.signal.throwIfAborted();
      await this.#files.judge(
        files.map(({ name }) => name),
        look,
      );
    }
  }

  /** True when there are more pages. */
  async #judgeUnjudged(selection: UnjudgedSelection, pagesMax: number, look: Look): Promise<boolean> {
    let after: string | undefined;
    for (let pages = 0; pages < pagesMax; pages += 1) {
      look.signal.throwIfAborted();
      const page = { limit: newFilesMax, ...(after === undefined ? {} : { after }) };
      const files = await this.#parts.proofs.unjudged(selection, page);
      await this.#files.judge(
        files.map(({ name }) => name),
        look,
      );
      if (files.length < newFilesMax) return false;
      after = files.at(-1)?.name;
    }
    return true;
  }
}

/** A thousand lanes in which something came are asked for in one. */
function together(scopes: readonly Scope[]): readonly Partial<Scope>[] {
  if (scopes.length <= scopesMax) return scopes;
  return [{ from: Math.min(...scopes.map(({ from }) => from)), to: Math.max(...scopes.map(({ to }) => to)) }];
}
