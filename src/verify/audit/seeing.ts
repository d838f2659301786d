import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { seenOf } from "../files/judge-log-file.ts";
import type { SeenLogFile } from "../files/seen-log-file.ts";

/** What goes to a thread, and what comes back. */
export interface SeeRequest {
  readonly number: number;
  readonly bucket: string;
  readonly key: string;
  readonly bytes: Uint8Array;
}

export interface SeeAnswer {
  readonly number: number;
  readonly seen: SeenLogFile;
}

/** Smaller ones are seen sooner than they are handed over. */
const handedOverBytesMin = 8 * 1024;
const threadsMax = 4;

interface Awaited {
  readonly resolve: (seen: SeenLogFile) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Sees log files with all processors, beside a server that answers meanwhile. Threads start with the first file that is
 * worth one.
 */
export class Seeing implements AsyncDisposable {
  readonly #count: number;
  readonly #threads: Worker[] = [];
  readonly #awaited = new Map<number, Awaited>();
  #number = 0;

  constructor(threads = Math.min(threadsMax, availableParallelism())) {
    this.#count = threads;
  }

  /** The bytes are gone afterwards. */
  async see(bucket: string, key: string, bytes: Buffer): Promise<SeenLogFile> {
    if (bytes.length < handedOverBytesMin || this.#count === 0) return seenOf(bucket, key, bytes);
    const number = this.#number++;
    const thread = this.#thread(number % this.#count);
    return new Promise((resolve, reject) => {
      this.#awaited.set(number, { resolve, reject });
      const isWhole = bytes.buffer instanceof ArrayBuffer && bytes.buffer.byteLength === bytes.byteLength;
      thread.postMessage({ number, bucket, key, bytes } satisfies SeeRequest, isWhole ? [bytes.buffer] : []);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
    this.#fail(new DOMException("Stopped", "AbortError"));
  }

  #thread(place: number): Worker {
    const known = this.#threads[place];
    if (known !== undefined) return known;
    const thread = new Worker(new URL("./seeing-worker.ts", import.meta.url));
    thread.on("message", ({ number, seen }: SeeAnswer) => {
      this.#awaited.get(number)?.resolve(seen);
      this.#awaited.delete(number);
    });
    thread.on("error", (error) => this.#fail(error));
    this.#threads[place] = thread;
    return thread;
  }

  #fail(error: unknown): void {
    for (const { reject } of this.#awaited.values()) reject(error);
    this.#awaited.clear();
  }
}
