import { appendFile } from "node:fs/promises";
import { join } from "node:path";

import { createRandom } from "./made-up-events/random.ts";
import { type Sandbox } from "./start-sandbox.ts";
import { type AnyStory, playCompany, printTruth, stories, type TruthLine } from "./stories/index.ts";

export interface LiveCompanyOptions {
  readonly folder: string;
  readonly seed: string;
  readonly signal: AbortSignal;
  /** Told of what did not go as written, such as when a fault made a call fail; the company goes on. */
  readonly onTrouble: (what: string, error: unknown) => void;
}

/** Stories that are long in an attacker's life go by this much faster for people who look on. */
const storyPace = 6;
const minutesBetweenStories = 15;

/**
 * The company's days, and an attack on it now and then, until the signal: people who look on see the first one at once.
 * Which calls were the attacks' is written to `truth.jsonl` in the folder.
 */
export async function liveCompany(sandbox: Sandbox, options: LiveCompanyOptions): Promise<void> {
  const { signal, seed, onTrouble } = options;
  await Promise.all([
    playCompany({ ...sandbox.stage, seed, signal, onBrokenScene: (scene, error) => onTrouble(scene, error) }),
    playAttacks(sandbox, options),
  ]).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

async function playAttacks(sandbox: Sandbox, { folder, seed, signal, onTrouble }: LiveCompanyOptions): Promise<void> {
  const { plays, clock } = sandbox;
  const onTruth = (line: TruthLine) =>
    void appendFile(join(folder, "truth.jsonl"), printTruth([line])).catch(() => undefined);
  for (let round = 0; !signal.aborted; round++) {
    for (const story of inOrder(seed, round)) {
      try {
        // Somebody who looks on may have asked for it just now.
        if (!plays.isPlaying(story)) await plays.run(story, storyPace, { seed: `${seed}/${round}`, signal, onTruth });
      } catch (error) {
        if (signal.aborted) return;
        onTrouble(story.name, error);
      }
      await clock.waitUntil(clock.now() + minutesBetweenStories * 60_000, signal);
    }
  }
}

/** The attacks in an order of their own each time round; the first time it begins with a leaked key. */
function inOrder(seed: string, round: number): readonly AnyStory[] {
  const random = createRandom(`${seed}/attacks/${round}`);
  const attacks = stories
    .filter(({ name }) => name !== "quiet-company")
    .map((story) => ({ story, at: round === 0 && story.name === "leaked-key" ? -1 : random.fraction() }));
  return attacks.sort((a, b) => a.at - b.at).map(({ story }) => story);
}
