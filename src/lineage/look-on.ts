import type { PagePosition } from "../store/index.ts";

interface Look<Found> {
  readonly found: readonly Found[];
  readonly reached: PagePosition | undefined;
}

/** In a large store a look ends before all was looked through: looks on from there until something is found, so often at most. */
export async function lookOn<Found>(
  looksMax: number,
  look: (after: PagePosition | undefined) => Promise<Look<Found>>,
): Promise<readonly Found[]> {
  let after: PagePosition | undefined;
  for (let looks = 0; looks < looksMax; looks++) {
    const { found, reached } = await look(after);
    if (found.length > 0 || reached === undefined) return found;
    after = reached;
  }
  return [];
}
