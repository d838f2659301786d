import { type LastingState } from "../base/lasting.ts";
import { createRandom } from "./made-up-events/random.ts";
import { type Random } from "./world.ts";

/**
 * Chance for a world that lasts: from the seed, and another after each start, so that no identifier comes twice. The
 * same seed in an empty folder gives the same identifiers for the same calls.
 */
export function openRandom(state: LastingState, seed: string): Random {
  const starts = state.collection<number>("sandbox/starts");
  const start = (starts.get("count") ?? 0) + 1;
  starts.put("count", start);
  const random = createRandom(`${seed}/world/${start}`);
  return {
    next: () => random.fraction(),
    hex: (digits) => random.hex(digits),
    letters: (count) => random.capitals(count),
    uuid: () => random.uuid(),
  };
}
