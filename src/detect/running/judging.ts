import { growingPauseMs } from "../../base/growing-pause.ts";
import { pauseOrStop } from "../../base/clock.ts";
import type { DetectionOptions } from "./options.ts";
import type { Rounds } from "./rounds.ts";

const usualEveryMs = 3_000;
const retryMs = { first: 1_000, most: 60_000 };
/** Judging once more may take so large a part of the time, while more may come that asks for it again. */
const restShare = 2;

/** Runs rounds one after another, never two at once, whoever asks for them. */
export class Judging {
  readonly #options: DetectionOptions;
  readonly #rounds: Rounds;
  #stopping = new AbortController();
  #loop: Promise<void> | undefined;
  /** The last turn that was asked for. */
  #last: Promise<unknown> = Promise.resolve();
  #waking = new AbortController();
  /** Something was stored since the last round began. */
  #isKicked = false;
  #replayedAt = Number.NEGATIVE_INFINITY;
  #restMs = 0;
  #problem: string | undefined;
  #judgedAt: number | undefined;

  constructor(options: DetectionOptions, rounds: Rounds) {
    this.#options = options;
    this.#rounds = rounds;
  }

  get judgedAt(): number | undefined {
    return this.#judgedAt;
  }

  /** What keeps it from judging, as a sentence. */
  get problem(): string | undefined {
    return this.#problem ?? this.#rounds.problem;
  }

  start(): void {
    if (this.#loop !== undefined) return;
    this.#stopping = new AbortController();
    this.#loop = this.#run(this.#stopping.signal);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
    await this.#last;
    this.#loop = undefined;
  }

  wake(): void {
    this.#isKicked = true;
    this.#waking.abort();
  }

  /** Everything that is there when it is asked is judged when it resolves. */
  async now(signal: AbortSignal): Promise<void> {
    await this.#inTurn(async () => {
      await this.#judgeWaiting(signal);
      while (await this.#rounds.replay(signal, () => this.#breathe(signal))) await this.#judgeWaiting(signal);
    });
  }

  async #inTurn(act: () => Promise<void>): Promise<void> {
    const turn = this.#after(this.#last, act);
    this.#last = turn.catch(() => undefined);
    await turn;
  }

  async #after(last: Promise<unknown>, act: () => Promise<void>): Promise<void> {
    await last;
    try {
      await act();
      this.#problem = undefined;
    } catch (error) {
      this.#problem = `Judging failed and is tried again: ${error instanceof Error ? error.message : String(error)}`;
      throw error;
    }
  }

  async #judgeWaiting(signal: AbortSignal): Promise<void> {
    let isMore = true;
    while (isMore) {
      signal.throwIfAborted();
      this.#isKicked = false;
      isMore = await this.#rounds.judge(signal);
      this.#judgedAt = this.#options.clock.now();
    }
  }

  /** In the middle of judging once more, what has just arrived comes first. */
  async #breathe(signal: AbortSignal): Promise<void> {
    if (this.#isKicked) await this.#judgeWaiting(signal);
  }

  async #replayWhenDue(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const began = clock.now();
    if (began < this.#replayedAt + this.#restMs) return;
    const isMore = await this.#rounds.replay(signal, () => this.#breathe(signal));
    this.#replayedAt = clock.now();
    this.#restMs = isMore ? restShare * (this.#replayedAt - began) : 0;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock, onFailure, everyMs = usualEveryMs } = this.#options;
    let failures = 0;
    while (!signal.aborted) {
      this.#waking = new AbortController();
      try {
        await this.#inTurn(async () => {
          await this.#judgeWaiting(signal);
          await this.#replayWhenDue(signal);
        });
        failures = 0;
      } catch (error) {
        if (!signal.aborted) onFailure(error);
        // What is stored meanwhile does not make it try any sooner.
        await pauseOrStop(clock, growingPauseMs(retryMs, failures), signal);
        failures += 1;
        continue;
      }
      if (this.#isKicked) continue;
      await pauseOrStop(clock, everyMs, AbortSignal.any([signal, this.#waking.signal]));
    }
  }
}
