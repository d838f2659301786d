import { type LastingState } from "../../../../base/lasting.ts";

/** Numbers that only grow, over restarts too. */
export class Sequence {
  readonly #limits;
  #next: number;
  #limit: number;

  constructor(state: LastingState) {
    this.#limits = state.collection<number>("s3/sequence");
    this.#next = this.#limits.get("limit") ?? 1;
    this.#limit = this.#next;
  }

  next(): number {
    // Written once for many; what is left of them when the program ends is never used.
    if (this.#next >= this.#limit) this.#limits.put("limit", (this.#limit = this.#next + 4096));
    return this.#next++;
  }
}
