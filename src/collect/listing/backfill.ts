import { z } from "zod";
import type { LedgerEntry } from "../../state/index.ts";
import type { SourceMemory, SourceProgress } from "../sources/source.ts";
import type { Branch } from "./branch.ts";
import { BranchCalendar } from "./branch-calendar.ts";
import { type Day, dayOf, printDay, readDay } from "./days.ts";
import { lookAtDay, type LookContext } from "./look-at-day.ts";
import { forEachAtOnce } from "../../base/for-each-at-once.ts";
import { growingPauseMs } from "../../base/growing-pause.ts";

export interface BackfillOptions extends LookContext {
  readonly memory: SourceMemory;
  /** All branches that are known now; more may come. */
  readonly branches: () => readonly Branch[];
  /** The oldest day to read; `all` for whatever there is. */
  readonly from: Day | "all";
  /** Given what is to be read, which the ledger knows of by then; when it resolves, more may come. */
  readonly take: (entries: readonly LedgerEntry[]) => Promise<void>;
  readonly onTrouble: (error: unknown, what: string) => void;
  readonly onProgress: (progress: SourceProgress | undefined) => void;
}

/** How far a branch is read: all days after `next`, up to `top`. */
interface Cursor {
  readonly branch: Branch;
  readonly calendar: BranchCalendar;
  readonly top: Day;
  /** The newest day that is to be read and was not; nothing when all are. */
  next: Day | undefined;
  /** Whether `next` is known to have a folder. */
  isExact: boolean;
  isOldestKnown: boolean;
  failures: number;
  retryAt: number;
}

const keptCursor = z.object({ top: z.string(), next: z.string().nullable() });
const memoryPrefix = "backfill ";
const branchesAtOnce = 2;
/** What lies in younger folders is found by looking into them in their rhythm. */
const youngDays = 2;
const idleMs = 60_000;
const retryMs = { first: 2_000, most: 60_000 };

/**
 * Reads what lies in a bucket from before: day by day, the newest first, so that what matters most is there first. What is
 * done is remembered, so that it goes on where it was stopped.
 */
export class Backfill {
  readonly #options: BackfillOptions;
  readonly #cursors = new Map<string, Cursor>();
  readonly #kept: ReadonlyMap<string, unknown>;
  /** The oldest day of all branches, for the progress; with `all`, known when the branches were asked. */
  #oldest: Day | undefined;

  private constructor(options: BackfillOptions, kept: ReadonlyMap<string, unknown>) {
    this.#options = options;
    this.#kept = kept;
    if (options.from !== "all") this.#oldest = options.from;
  }

  static async open(options: BackfillOptions): Promise<Backfill> {
    return new Backfill(options, await options.memory.all(memoryPrefix));
  }

  /** Reads until the signal is aborted; then it rejects with the signal's reason. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, onProgress } = this.#options;
    for (;;) {
      const at = await this.step(signal);
      if (at === undefined) onProgress(undefined);
      await clock.waitUntil(at ?? clock.now() + idleMs, signal);
    }
  }

  /** Reads the newest day that is left, in the branches that have it; gives when to go on, nothing when all is done. */
  async step(signal: AbortSignal): Promise<number | undefined> {
    signal.throwIfAborted();
    const { clock, branches } = this.#options;
    for (const branch of branches()) this.#cursor(branch);
    const open = [...this.#cursors.values()].filter(({ next }) => next !== undefined);
    if (open.length === 0) return undefined;
    const now = clock.now();
    const ready = open.filter(({ retryAt }) => retryAt <= now);
    if (ready.length === 0) return Math.min(...open.map(({ retryAt }) => retryAt));
    if (
      await this.#tried(
        ready.filter(({ isExact }) => !isExact),
        (cursor) => this.#seek(cursor, signal),
        signal,
      )
    )
      return now;
    const day = ready.reduce((newest, { next = -1 }) => Math.max(newest, next), -1);
    this.#tellProgress(open, day);
    await this.#tried(
      ready.filter(({ next }) => next === day),
      (cursor) => this.#read(cursor, day, signal),
      signal,
    );
    return clock.now();
  }

  /** Gives whether there was anything to do. */
  async #tried(
    cursors: readonly Cursor[],
    work: (cursor: Cursor) => Promise<void>,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { clock, onTrouble } = this.#options;
    await forEachAtOnce(cursors, branchesAtOnce, async (cursor) => {
      try {
        await work(cursor);
        cursor.failures = 0;
      } catch (error) {
        signal.throwIfAborted();
        onTrouble(error, `the bucket ${cursor.branch.bucket}`);
        cursor.retryAt = clock.now() + growingPauseMs(retryMs, cursor.failures++);
      }
    });
    return cursors.length > 0;
  }

  /** Moves to the newest day that has a folder. */
  async #seek(cursor: Cursor, signal: AbortSignal): Promise<void> {
    const { from } = this.#options;
    if (from === "all" && !cursor.isOldestKnown) {
      const oldest = await cursor.calendar.oldest(signal);
      if (oldest !== undefined) this.#oldest = Math.min(oldest, this.#oldest ?? oldest);
      cursor.isOldestKnown = true;
    }
    const found = await cursor.calendar.newestUpTo(cursor.next ?? cursor.top, signal);
    cursor.next = found === undefined || (from !== "all" && found < from) ? undefined : found;
    cursor.isExact = true;
    // With an earlier beginning it would go on from here.
    if (cursor.next === undefined) await this.#keep(cursor, found);
  }

  async #read(cursor: Cursor, day: Day, signal: AbortSignal): Promise<void> {
    for await (const unread of lookAtDay(cursor.branch, day, this.#options, signal)) await this.#options.take(unread);
    cursor.next = day - 1;
    cursor.isExact = false;
    await this.#keep(cursor, cursor.next);
  }

  #cursor(branch: Branch): void {
    const id = `${branch.bucket}/${branch.path}`;
    if (this.#cursors.has(id)) return;
    const { clock, lister, from } = this.#options;
    const calendar = new BranchCalendar(branch, lister);
    const kept = keptCursor.safeParse(this.#kept.get(`${memoryPrefix}${id}`));
    const keptTop = kept.success ? readDay(kept.data.top) : undefined;
    const top = keptTop ?? dayOf(clock.now()) - youngDays;
    const keptNext = kept.success ? readDay(kept.data.next ?? "") : undefined;
    const next = keptTop === undefined ? top : keptNext;
    const isLeft = next !== undefined && (from === "all" || next >= from);
    this.#cursors.set(id, {
      branch,
      calendar,
      top,
      next: isLeft ? next : undefined,
      isExact: false,
      isOldestKnown: false,
      failures: 0,
      retryAt: 0,
    });
  }

  async #keep({ branch, top }: Cursor, next: Day | undefined): Promise<void> {
    const value = { top: printDay(top), next: next === undefined ? null : printDay(next) };
    await this.#options.memory.set(new Map([[`${memoryPrefix}${branch.bucket}/${branch.path}`, value]]));
  }

  #tellProgress(open: readonly Cursor[], day: Day): void {
    const top = Math.max(...[...this.#cursors.values()].map((cursor) => cursor.top));
    const oldest = this.#oldest ?? Math.min(...open.map(({ next = top }) => next));
    this.#options.onProgress({
      what: `Reading ${printDay(oldest)} to ${printDay(top)}, the newest days first`,
      done: top - day,
      total: Math.max(top - oldest + 1, top - day),
      unit: "days",
    });
  }
}
