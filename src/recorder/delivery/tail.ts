import { type LastingState } from "../../base/lasting.ts";
import { type JournalEntry } from "../journal/entry.ts";
import { type Journal } from "../journal/journal.ts";
import { Position } from "./position.ts";

const pageBytes = 1024 * 1024;

/** Hands all that comes into the journal on, at once and in its order; after a kill from where it was. */
export class Tail {
  readonly #journal: Journal;
  readonly #take: (entries: readonly JournalEntry[]) => Promise<void>;
  readonly #failed: (error: unknown) => void;
  readonly position: Position;
  #running: Promise<void> | undefined;
  #isStopped = false;

  constructor(
    parts: { readonly journal: Journal; readonly state: LastingState; readonly failed: (error: unknown) => void },
    name: string,
    take: (entries: readonly JournalEntry[]) => Promise<void>,
  ) {
    this.#journal = parts.journal;
    this.#failed = parts.failed;
    this.#take = take;
    this.position = new Position(parts.state, name, parts.journal);
  }

  /** Resolves when all that stands in the journal has been handed on, or could not be. */
  run(): Promise<void> {
    if (this.#isStopped) return Promise.resolve();
    return (this.#running ??= this.#handOn().finally(() => (this.#running = undefined)));
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  async #handOn(): Promise<void> {
    try {
      while (this.position.at < this.#journal.end && !this.#isStopped) {
        const { entries, next } = await this.#journal.read(this.position.at, pageBytes);
        await this.#take(entries);
        this.position.move(next);
      }
    } catch (error) {
      // The next record that comes, or the next round, tries again from the same place.
      this.#failed(error);
    }
  }
}
