import type { Company } from "../company.ts";
import type { Random } from "../random.ts";
import type { Happening } from "../record.ts";

/** One day of one kind of actor. */
export interface Shift {
  readonly company: Company;
  readonly random: Random;
  /** Midnight, UTC. */
  readonly dayStart: number;
  readonly isWeekend: boolean;
  /** About how many records the day should bring. */
  readonly budget: number;
}

/** Somebody or something that makes records all day. */
export interface Actor {
  readonly name: string;
  /** Share of the company's records on a working day. */
  readonly share: number;
  /** Share of it that is left at weekends. */
  readonly weekend: number;
  readonly work: (shift: Shift) => Iterable<Happening>;
}

export const minute = 60_000;
export const hour = 60 * minute;
