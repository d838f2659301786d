import { pauseOrStop } from "../../base/clock.ts";
import type { Verification } from "../verification.ts";
import { ChainBook } from "./chain-book.ts";
import { viewsOfChains } from "./chain-views.ts";
import { dayStatements } from "./day-statements.ts";
import { FindingBook } from "./finding-book.ts";
import { gridOf } from "./grid.ts";
import { hourEvidence, viewOf } from "./hour-evidence.ts";
import { KeptAnswers } from "./kept-answers.ts";
import { KeyKeeper } from "./key-keeper.ts";
import type { KeepingParts } from "./look.ts";
import type { VerificationOptions } from "./options.ts";
import { overviewOf } from "./overview.ts";
import { reread } from "./reread.ts";
import { Rounds } from "./rounds.ts";

/** Judging all that is collected, all the time, and answering for it. It begins with `start`. */
export function openVerification(options: VerificationOptions): Verification {
  const parts = partsOf(options);
  const kept = new KeptAnswers(options.clock);
  const judging = new Judging(options, new Rounds(options, parts), () => kept.forget());
  return {
    start: () => judging.start(),
    stop: () => judging.stop(),
    judgeNow: (signal) => judging.now(signal),
    overview: (ask) => kept.of("overview", ask, () => overviewOf(ask, options, parts)),
    grid: (ask) => kept.of("grid", ask, () => gridOf(ask, parts)),
    chains: () => viewsOfChains(parts),
    hour: (ask) => hourEvidence(ask, parts),
    findings: ({ isOpen, ...ask }, page) => parts.findings.page(isOpen === undefined ? ask : { ...ask, isOpen }, page),
    statements: (ask) => kept.of("statements", ask, () => dayStatements(ask, parts)),
    async verdictsOf(logFiles) {
      const rows = await parts.proofs.verdictsOf(logFiles);
      return new Map([...rows].map(([id, row]) => [id, viewOf(row)]));
    },
    reread: (ask, signal) => reread(ask, options, parts, signal),
    audit: (ask, signal) => options.audit(ask, signal),
    exportCase: (ask, signal) => options.exportCase(ask, signal),
    [Symbol.asyncDispose]: () => judging.stop(),
  };
}

function partsOf({ store, state, clock }: VerificationOptions): KeepingParts {
  return {
    proofs: store.proofs,
    ledger: state.ledger,
    clock,
    chains: new ChainBook(state.integrity),
    findings: new FindingBook(state.integrity, clock),
    keys: new KeyKeeper(state.integrity, clock),
  };
}

const usualEveryMs = 60_000;

/** Runs rounds one after another, never two at once, whoever asks for them. */
class Judging {
  readonly #options: VerificationOptions;
  readonly #rounds: Rounds;
  readonly #onJudged: () => void;
  #stopping = new AbortController();
  #loop: Promise<void> | undefined;
  /** The last round that was asked for. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: VerificationOptions, rounds: Rounds, onJudged: () => void) {
    this.#options = options;
    this.#rounds = rounds;
    this.#onJudged = onJudged;
  }

  start(): Promise<void> {
    if (this.#loop === undefined) {
      this.#stopping = new AbortController();
      this.#loop = this.#run(this.#stopping.signal);
    }
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
    await this.#last;
    this.#loop = undefined;
  }

  /** Everything that is there when it is asked is judged when it resolves. */
  async now(signal: AbortSignal): Promise<void> {
    const turn = this.#after(this.#last, signal);
    this.#last = turn.catch(() => undefined);
    await turn;
  }

  async #after(last: Promise<unknown>, signal: AbortSignal): Promise<void> {
    await last;
    try {
      while (await this.#rounds.judge(signal)) signal.throwIfAborted();
    } finally {
      this.#onJudged();
    }
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock, onFailure, everyMs = usualEveryMs } = this.#options;
    while (!signal.aborted) {
      await this.now(signal).catch((error: unknown) => {
        if (!signal.aborted) onFailure(error);
      });
      await pauseOrStop(clock, everyMs, signal);
    }
  }
}
