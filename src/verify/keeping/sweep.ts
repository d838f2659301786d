import type { ReadLogFile, UnjudgedSelection } from "../../store/index.ts";
import type { KeepingParts } from "./look.ts";

const dayMs = 86_400_000;
/** How often all is gone through. */
const everyMs = 3_600_000;
/** Days and log files that one look goes through. */
const [daysMax, filesMax] = [20, 5_000];
/** Names that tell older times are looked at together: nobody has more than ten years, but a name can claim it. */
const oldestMs = 3_660 * dayMs;

type Part = Pick<UnjudgedSelection, "from" | "to" | "isUndated">;

/**
 * Goes through all log files whose verdicts may still change, so that whatever was overlooked is found when its turn comes.
 * One day after the other: to tell what has no verdict takes all verdicts of its time.
 */
export class Sweep {
  readonly #parts: Pick<KeepingParts, "proofs" | "clock">;
  #beganAt = -Infinity;
  #left: readonly Part[] = [];
  #after: string | undefined;

  constructor(parts: Pick<KeepingParts, "proofs" | "clock">) {
    this.#parts = parts;
  }

  /** The next of them, for one look. */
  async *next(verdicts: readonly string[]): AsyncGenerator<readonly ReadLogFile[], void, undefined> {
    const { proofs, clock } = this.#parts;
    const now = clock.now();
    if (this.#left.length === 0 && now >= this.#beganAt + everyMs) {
      this.#beganAt = now;
      this.#left = await this.#begin(now);
    }
    let files = 0;
    for (let days = 0; days < daysMax && files < filesMax; days += 1) {
      const [part] = this.#left;
      if (part === undefined) return;
      const page = { limit: filesMax, ...(this.#after === undefined ? {} : { after: this.#after }) };
      const found = await proofs.unjudged({ ...part, verdicts }, page);
      if (found.length > 0) yield found;
      files += found.length;
      this.#after = found.length < filesMax ? undefined : found.at(-1)?.name;
      if (this.#after === undefined) this.#left = this.#left.slice(1);
    }
  }

  async #begin(now: number): Promise<readonly Part[]> {
    const span = await this.#parts.proofs.readSpan();
    if (span === undefined) return [];
    const undated: Part = { isUndated: true };
    if (span.deliveredFrom === undefined || span.deliveredTo === undefined) return [undated];
    const first = dayOf(Math.max(span.deliveredFrom, now - oldestMs)) + dayMs;
    const last = dayOf(Math.min(span.deliveredTo, now));
    const days: Part[] = [];
    for (let day = first; day < last; day += dayMs) days.push({ from: day, to: day + dayMs });
    return [undated, { to: first }, ...days, { from: Math.max(first, last) }];
  }
}

function dayOf(at: number): number {
  return Math.floor(at / dayMs) * dayMs;
}
