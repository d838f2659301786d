import { type TruthLine } from "./ground-truth.ts";
import { openStage, type StageOptions } from "./stage.ts";
import { type AnyStory } from "./story.ts";

/** Sets a story up and plays it to its end; answers which calls mattered. */
export async function playStory(story: AnyStory, options: StageOptions): Promise<readonly TruthLine[]> {
  using stage = openStage(story.name, options);
  await story.setUp(stage);
  await story.play(stage);
  return stage.truth;
}
