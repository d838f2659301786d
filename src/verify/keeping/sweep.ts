import type { ReadLogFile, UnjudgedSelection } from "../../store/index.ts";
import type { KeepingParts } from "./look.ts";

const dayMs = 86_400_000;
/** Names that tell older times are looked at together: nobody has more than ten years, but a name can claim it. */
const oldestMs = 3_660 * dayMs;
/** Of more days than that, several are taken together. */
const partsMax = 400;

/** How much one look goes through. */
export interface SweepSteps {
  readonly days: number;
  readonly files: number;
  /** Log files that are asked for at once. */
  readonly atOnce: number;
}

type Part = Pick<UnjudgedSelection, "from" | "to" | "isUndated">;

/**
 * Goes once through all log files that have no verdict, or one of some. One day after the other: to tell what has no
 * verdict takes all verdicts of its time.
 */
export class Sweep {
  readonly #parts: Pick<KeepingParts, "proofs" | "clock">;
  readonly #steps: SweepSteps;
  #left: readonly Part[] | undefined;
  #after: string | undefined;

  constructor(parts: Pick<KeepingParts, "proofs" | "clock">, steps: SweepSteps) {
    this.#parts = parts;
    this.#steps = steps;
  }

  get isDone(): boolean {
    return this.#left?.length === 0;
  }

  /** The next of them, for one look. */
  async *next(verdicts: readonly string[]): AsyncGenerator<readonly ReadLogFile[], void, undefined> {
    const { days: daysMax, files: filesMax, atOnce } = this.#steps;
    this.#left ??= await this.#begin();
    let files = 0;
    for (let days = 0; days < daysMax && files < filesMax;) {
      const [part] = this.#left;
      if (part === undefined) return;
      const page = { limit: atOnce, ...(this.#after === undefined ? {} : { after: this.#after }) };
      const found = await this.#parts.proofs.unjudged({ ...part, verdicts }, page);
      if (found.length > 0) yield found;
      files += found.length;
      this.#after = found.length < atOnce ? undefined : found.at(-1)?.name;
      if (this.#after !== undefined) continue;
      this.#left = this.#left.slice(1);
      days += 1;
    }
  }

  async #begin(): Promise<readonly Part[]> {
    const { proofs, clock } = this.#parts;
    const span = await proofs.readSpan();
    if (span === undefined) return [];
    const undated: Part = { isUndated: true };
    if (span.deliveredFrom === undefined || span.deliveredTo === undefined) return [undated];
    const first = dayOf(Math.max(span.deliveredFrom, clock.now() - oldestMs)) + dayMs;
    const last = dayOf(Math.min(span.deliveredTo, clock.now()));
    const partMs = dayMs * Math.max(1, Math.ceil((last - first) / dayMs / partsMax));
    const parts: Part[] = [];
    for (let from = first; from < last; from += partMs) parts.push({ from, to: Math.min(from + partMs, last) });
    return [undated, { to: first }, ...parts, { from: Math.max(first, last) }];
  }
}

function dayOf(at: number): number {
  return Math.floor(at / dayMs) * dayMs;
}
