/** How much all correlations may remember together. */
export interface LoadMax {
  readonly entries: number;
  readonly groups: number;
}

/** Some hundred megabytes: an entry takes half a kilobyte, a group about one. */
export const usualLoadMax: LoadMax = { entries: 500_000, groups: 100_000 };

/** What all correlations of a `Correlator` remember together, and what took no part in them. */
export class Load {
  entries = 0;
  groups = 0;
  readonly counts = { repeated: 0, late: 0, ungrouped: 0, overflowed: 0, givenUp: 0 };
}
