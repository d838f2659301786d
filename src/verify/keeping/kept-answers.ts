import type { Clock } from "../../base/clock.ts";

/** An answer that took so long is kept for others who ask the same. */
const slowMs = 300;
/** At most for so long; what is judged is judged in rounds of a minute. */
const keptMs = 60_000;
/** Answers for thousands of accounts are large. */
const answersMax = 16;

interface Kept {
  readonly answer: Promise<unknown>;
  readonly askedAt: number;
}

/** Shares answers that take long among those who ask the same: pages ask every few seconds, each of them. */
export class KeptAnswers {
  readonly #clock: Clock;
  readonly #answers = new Map<string, Kept>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async of<Answer>(question: string, ask: object, answer: () => Promise<Answer>): Promise<Answer> {
    const id = `${question} ${JSON.stringify(Object.entries(ask).sort(([a], [b]) => (a < b ? -1 : 1)))}`;
    const kept = this.#answers.get(id);
    const now = this.#clock.now();
    if (kept !== undefined && now < kept.askedAt + keptMs) return kept.answer as Promise<Answer>;
    const own: Kept = { answer: answer(), askedAt: now };
    this.#keep(id, own);
    let isKept = false;
    try {
      const given = await own.answer;
      isKept = this.#clock.now() - now >= slowMs;
      return given as Answer;
    } finally {
      if (!isKept && this.#answers.get(id) === own) this.#answers.delete(id);
    }
  }

  /** Something was judged: what was said before does not count any more. */
  forget(): void {
    this.#answers.clear();
  }

  #keep(id: string, kept: Kept): void {
    this.#answers.delete(id);
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size < answersMax) break;
      this.#answers.delete(oldest);
    }
    this.#answers.set(id, kept);
  }
}
