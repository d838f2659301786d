import type { Company } from "../company.ts";
import type { Random } from "../random.ts";
import type { Happening } from "../record.ts";

export interface Telling {
  readonly company: Company;
  readonly random: Random;
  /** When the story begins. */
  readonly from: number;
}

/** Something that happens at Example Shop and is worth finding. */
export interface Story {
  readonly id: string;
  readonly title: string;
  /** Who did what, when, from where, in a sentence or two. */
  readonly summary: string;
  /** The query that finds it, and how many events it finds. */
  readonly query: string;
  readonly found: number;
  /** How long before now it begins when a week or more is made up; shorter periods squeeze this. */
  readonly hoursBefore: number;
  readonly tell: (telling: Telling) => Iterable<Happening>;
}
