import { editDistance } from "../base/edit-distance.ts";

/** The candidate that is at most two slips of the keyboard away. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates.map((candidate) => ({
    candidate,
    far: editDistance(word.toLowerCase(), candidate.toLowerCase()),
  }));
  const best = ranked.sort((a, b) => a.far - b.far)[0];
  return best && best.far <= 2 ? best.candidate : undefined;
}
