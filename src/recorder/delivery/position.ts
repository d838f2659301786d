import { type Collection, type LastingState } from "../../base/lasting.ts";
import { type Journal } from "../journal/journal.ts";

/** How far in the journal one of its readers is; it lasts. */
export class Position {
  readonly #rows: Collection<number>;
  readonly #name: string;

  constructor(state: LastingState, name: string, journal: Pick<Journal, "start" | "end">) {
    this.#rows = state.collection<number>("recorder/journal-positions");
    this.#name = name;
    const known = this.#rows.get(name);
    // A journal that was thrown away begins again.
    if (known === undefined || known > journal.end) this.#rows.put(name, journal.start);
  }

  get at(): number {
    return this.#rows.get(this.#name) ?? 0;
  }

  move(to: number): void {
    this.#rows.put(this.#name, to);
  }
}
