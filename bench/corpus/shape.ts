/** What the corpus looks like; change `corpusVersion` with anything that changes its bytes. */
export const corpusVersion = 2;

export const corpusAccounts: readonly string[] = [
  "111122223333",
  "222233334444",
  "333344445555",
  "444455556666",
  "555566667777",
  "666677778888",
  "777788889999",
  "888899990000",
  "999900001111",
  "123456789012",
  "210987654321",
  "111111111111",
];

export const corpusRegions: readonly string[] = [
  "us-east-1",
  "eu-central-1",
  "eu-west-1",
  "us-west-2",
  "ap-southeast-2",
  "sa-east-1",
];

export const corpusDays = 30;

/** The corpus ends here, whenever it is made, so that its bytes depend on the seed alone. */
export const corpusEndsAt = Date.UTC(2026, 10, 1);
export const corpusStartsAt = corpusEndsAt - corpusDays * 86_400_000;

/** Events a log file: at least, and below. */
export const eventsInFile = { least: 2000, below: 5000 } as const;

/** The fewest events that hold all needles. */
export const fewestEvents = 5000;

export interface Stream {
  readonly accountId: string;
  readonly region: string;
  readonly events: number;
}

/** Shares the events out over accounts and regions, the first of each being the busiest. */
export function shareOut(events: number): readonly Stream[] {
  const weights = corpusAccounts.flatMap((accountId, first) =>
    corpusRegions.map((region, second) => ({
      accountId,
      region,
      weight: 1 / ((first + 3) * (second + 1)),
    })),
  );
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  let sharedOut = 0;
  let reached = 0;
  return weights.map(({ accountId, region, weight }) => {
    reached += weight;
    const upTo = Math.round((reached / total) * events);
    const share = upTo - sharedOut;
    sharedOut = upTo;
    return { accountId, region, events: share };
  });
}
