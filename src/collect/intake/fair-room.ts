import type { Room } from "./intake.ts";

interface Asked {
  readonly bytes: number;
  readonly grant: () => void;
}

/**
 * Room in memory for files on their way. Lanes take turns: one that asks for much waits behind itself only. A file larger
 * than all the room there is gets it when nobody else has any.
 */
export class FairRoom {
  readonly #bytesMax: number;
  readonly #filesMax: number;
  /** In the order of their turns. */
  readonly #lanes = new Map<string, Asked[]>();
  #bytes = 0;
  #files = 0;

  constructor(limits: { readonly bytesMax: number; readonly filesMax: number }) {
    this.#bytesMax = limits.bytesMax;
    this.#filesMax = limits.filesMax;
  }

  get files(): number {
    return this.#files;
  }

  /** Rejects with the signal's reason when it is aborted first. */
  room(lane: string, bytes: number, signal: AbortSignal): Promise<Room> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const stop = () => {
        this.#leave(lane, asked);
        reject(signal.reason as Error);
        this.#next();
      };
      const asked: Asked = {
        bytes,
        grant: () => {
          signal.removeEventListener("abort", stop);
          resolve(this.#take(bytes));
        },
      };
      signal.addEventListener("abort", stop, { once: true });
      const waiting = this.#lanes.get(lane);
      if (waiting) waiting.push(asked);
      else this.#lanes.set(lane, [asked]);
      this.#next();
    });
  }

  #take(bytes: number): Room {
    let isHeld = true;
    return {
      bytes,
      [Symbol.dispose]: () => {
        if (!isHeld) return;
        isHeld = false;
        this.#bytes -= bytes;
        this.#files--;
        this.#next();
      },
    };
  }

  #next(): void {
    for (;;) {
      const [first] = this.#lanes;
      const asked = first?.[1][0];
      if (!first || !asked) return;
      const isTooMuch = this.#files >= this.#filesMax || this.#bytes + asked.bytes > this.#bytesMax;
      if (isTooMuch && this.#files > 0) return;
      const [lane, waiting] = first;
      waiting.shift();
      this.#lanes.delete(lane);
      if (waiting.length > 0) this.#lanes.set(lane, waiting);
      this.#bytes += asked.bytes;
      this.#files++;
      asked.grant();
    }
  }

  #leave(lane: string, asked: Asked): void {
    const waiting = this.#lanes.get(lane) ?? [];
    const at = waiting.indexOf(asked);
    if (at >= 0) waiting.splice(at, 1);
    if (waiting.length === 0) this.#lanes.delete(lane);
  }
}
