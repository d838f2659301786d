import { setImmediate } from "node:timers/promises";

const sortedAtOnce = 5_000;
const mergedAtOnce = 20_000;

/** Puts many things in order in short turns, between which others have theirs. */
export async function sortInTurns<Thing>(
  things: readonly Thing[],
  compare: (a: Thing, b: Thing) => number,
): Promise<readonly Thing[]> {
  let runs: (readonly Thing[])[] = [];
  for (let from = 0; from < things.length; from += sortedAtOnce) {
    runs.push(things.slice(from, from + sortedAtOnce).sort(compare));
    await setImmediate();
  }
  while (runs.length > 1) {
    const merged: (readonly Thing[])[] = [];
    for (let at = 0; at < runs.length; at += 2) merged.push(await merge(runs[at] ?? [], runs[at + 1] ?? [], compare));
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge<Thing>(
  left: readonly Thing[],
  right: readonly Thing[],
  compare: (a: Thing, b: Thing) => number,
): Promise<readonly Thing[]> {
  const merged: Thing[] = [];
  let [at, other] = [0, 0];
  while (at < left.length || other < right.length) {
    const [a, b] = [left[at], right[other]];
    const isLeft = other >= right.length || (at < left.length && compare(a as Thing, b as Thing) <= 0);
    merged.push((isLeft ? a : b) as Thing);
    if (isLeft) at += 1;
    else other += 1;
    if (merged.length % mergedAtOnce === 0) await setImmediate();
  }
  return merged;
}
