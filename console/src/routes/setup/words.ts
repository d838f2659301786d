import type { Depth } from "../../setup-types.ts";

/** How much Trailwarden may do in an account: a word, and one sentence. */
export const depths: readonly (readonly [depth: Depth, word: string, sentence: string])[] = [
  ["look", "Look", "It reads how things stand and tells you; you make every change yourself, by its instructions."],
  ["care", "Care", "It also makes and repairs the way of the log files, after you have read the plan and said yes."],
  ["respond", "Respond", "As care, and prepared for answers to attacks, which will take a role of their own."],
];

export function depthWord(depth: Depth): string {
  return depths.find(([each]) => each === depth)?.[1] ?? depth;
}
