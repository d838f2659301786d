import { z } from "zod";
import { growingPauseMs } from "../../base/growing-pause.ts";
import type { Branch } from "./branch.ts";
import { type Day, dayOf, printDay, readDay } from "./days.ts";
import { daysOfRedelivery, isSettled, lookEveryMs, type Rhythm } from "./rhythm.ts";

/** What is kept of looks into days, across restarts. */
export const keptPlan = z.object({
  /** When the source began. */
  began: z.number(),
  /** When each day was last looked into whole, by its date; 0 for one that has to be and was not yet. */
  looks: z.record(z.string(), z.number()),
});

export type KeptPlan = z.infer<typeof keptPlan>;

/** A look into a day that is due: into all branches, or into those of the last look that failed. */
export interface DueLook {
  readonly day: Day;
  readonly only: readonly Branch[] | undefined;
}

interface DayLook {
  /** When it was last looked into whole. */
  lookedAt: number | undefined;
  /** When a look began, whole or not. */
  triedAt: number | undefined;
  failures: number;
  failed: readonly Branch[];
  retryAt: number;
}

const retryMs = { first: 2_000, most: 60_000 };

export interface DayPlanOptions {
  readonly fromDay: Day;
  readonly everyMs: number;
  readonly rhythm?: Rhythm;
}

/** Says which day is to be looked into next. */
export class DayPlan {
  readonly #began: number;
  readonly #fromDay: Day;
  readonly #everyMs: number;
  readonly #rhythm: Rhythm;
  readonly #days = new Map<Day, DayLook>();
  /** The newest day that was looked into before a restart, until the days since then are planned. */
  #lastLooked: Day | undefined;

  constructor(kept: KeptPlan, { fromDay, everyMs, rhythm = "log files" }: DayPlanOptions) {
    this.#began = kept.began;
    this.#fromDay = fromDay;
    this.#everyMs = everyMs;
    this.#rhythm = rhythm;
    this.#lastLooked = dayOf(kept.began) - 1;
    for (const [date, lookedAt] of Object.entries(kept.looks)) {
      const day = readDay(date);
      if (day === undefined) continue;
      this.#lastLooked = Math.max(this.#lastLooked, day);
      this.#days.set(day, { ...freshLook(), lookedAt: lookedAt === 0 ? undefined : lookedAt });
    }
  }

  get isWell(): boolean {
    return [...this.#days.values()].every(({ failed }) => failed.length === 0);
  }

  kept(): KeptPlan {
    const looks = [...this.#days].map(([day, { lookedAt = 0 }]) => [printDay(day), lookedAt] as const);
    return { began: this.#began, looks: Object.fromEntries(looks) };
  }

  /** The newest day that is due; else the instant at which one will be. */
  next(now: number): DueLook | { readonly at: number } {
    let at = Infinity;
    for (const day of this.#watched(now)) {
      const look = this.#days.get(day) ?? freshLook();
      const wholeAt = this.#wholeDueAt(day, look, now);
      if (wholeAt <= now) return { day, only: undefined };
      if (look.failed.length > 0 && look.retryAt <= now) return { day, only: look.failed };
      at = Math.min(at, wholeAt, look.failed.length > 0 ? look.retryAt : Infinity);
    }
    return { at };
  }

  /** A look began at an instant and has ended now; what failed is tried again soon. */
  looked({ day, only }: DueLook, began: number, failed: readonly Branch[], now: number): void {
    const look = this.#days.get(day) ?? freshLook();
    this.#days.set(day, look);
    look.failed = failed;
    look.failures = failed.length === 0 ? 0 : look.failures + 1;
    look.retryAt = now + growingPauseMs(retryMs, look.failures - 1);
    if (only === undefined) look.triedAt = began;
    // The branches that had not failed were looked into when the look began that this one mends.
    if (failed.length === 0) look.lookedAt = only === undefined ? began : (look.triedAt ?? began);
    for (const old of this.#days.keys()) if (!this.#isWatched(old, now)) this.#days.delete(old);
  }

  /** Newest first. */
  #watched(now: number): readonly Day[] {
    const today = dayOf(now);
    // However long nothing ran: whatever came since then is looked into.
    for (let day = this.#lastLooked ?? today; day <= today; day++) {
      if (day >= this.#fromDay && !this.#days.has(day)) this.#days.set(day, freshLook());
    }
    this.#lastLooked = undefined;
    const recent = Array.from({ length: daysOfRedelivery + 1 }, (_, age) => today - age);
    return [...new Set([...recent, ...this.#days.keys()])]
      .filter((day) => this.#isWatched(day, now))
      .sort((a, b) => b - a);
  }

  /** A day too old for its rhythm is looked into until that was once done after it had settled. */
  #isWatched(day: Day, now: number): boolean {
    if (day < this.#fromDay || day > dayOf(now)) return false;
    if (this.#lookEveryMs(day, now) !== undefined) return true;
    const look = this.#days.get(day);
    if (look === undefined) return false;
    return look.failed.length > 0 || look.lookedAt === undefined || !isSettled(day, look.lookedAt);
  }

  #wholeDueAt(day: Day, look: DayLook, now: number): number {
    const every = this.#lookEveryMs(day, now);
    const last = Math.max(look.triedAt ?? -Infinity, this.#lastLookOf(day, look) ?? -Infinity);
    // A clock that was set back must not stop the looks.
    if (last > now) return now;
    if (every !== undefined) return last + every;
    return look.failed.length > 0 ? Infinity : now;
  }

  #lookEveryMs(day: Day, now: number): number | undefined {
    return lookEveryMs(day, now, this.#everyMs, this.#rhythm);
  }

  /** Days from before the source began are the backfill's at first. */
  #lastLookOf(day: Day, look: DayLook): number | undefined {
    return look.lookedAt ?? (day < dayOf(this.#began) - 1 ? this.#began : undefined);
  }
}

function freshLook(): DayLook {
  return { lookedAt: undefined, triedAt: undefined, failures: 0, failed: [], retryAt: 0 };
}
