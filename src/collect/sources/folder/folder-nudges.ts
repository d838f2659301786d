import { watch, type FSWatcher } from "node:fs";
import type { Clock } from "../../../base/clock.ts";

/** Folders that are listened to at once: the system has few places for that, and every one is only a help. */
const watchedMax = 16;

/**
 * Hears from the system that something happens in a folder, so that the next look comes sooner. It may hear nothing (a
 * network share, a system without a free place): what is true, a look finds out.
 */
export class FolderNudges implements Disposable {
  readonly #root: string;
  readonly #watchers = new Map<string, FSWatcher>();
  #hasHeard = false;
  #wake: () => void = () => undefined;

  constructor(root: string) {
    this.#root = root;
    this.#listen(root);
  }

  /** Files have come into these folders: more may follow. */
  follow(folders: Iterable<string>): void {
    if (!this.#watchers.has(this.#root)) this.#listen(this.#root);
    for (const folder of folders) {
      if (folder === this.#root) continue;
      this.#forget(folder);
      this.#listen(folder);
    }
    // The root stays; of the others, those that were lively last.
    const others = [...this.#watchers.keys()].filter((path) => path !== this.#root);
    for (const path of others.slice(0, Math.max(0, others.length - watchedMax + 1))) this.#forget(path);
  }

  /** Resolves at the instant, or sooner when something happens, but not before `notBefore`. Rejects when aborted. */
  async waitUntil(
    at: number,
    options: { readonly notBefore: number; readonly clock: Clock; readonly signal: AbortSignal },
  ): Promise<void> {
    const { notBefore, clock, signal } = options;
    await clock.waitUntil(notBefore, signal);
    if (!this.#hasHeard) {
      const cut = new AbortController();
      this.#wake = () => cut.abort();
      await clock.waitUntil(at, AbortSignal.any([signal, cut.signal])).catch(() => signal.throwIfAborted());
    }
    this.#wake = () => undefined;
    this.#hasHeard = false;
  }

  [Symbol.dispose](): void {
    for (const path of [...this.#watchers.keys()]) this.#forget(path);
  }

  #listen(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, () => {
        this.#hasHeard = true;
        this.#wake();
      });
      watcher.on("error", () => this.#forget(folder));
      this.#watchers.set(folder, watcher);
    } catch {
      // No place left, or the folder went: looking finds what comes.
    }
  }

  #forget(folder: string): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
  }
}
