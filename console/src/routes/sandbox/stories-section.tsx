import { Delayed } from "../../parts/delayed.tsx";
import type { Zone } from "../../parts/instants.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import classes from "./stories.module.css";
import { StoryItem } from "./story-item.tsx";
import { usePlays, useStories } from "./use-sandbox.ts";

/** Stories that can be played, each with its last play. */
export function StoriesSection({ zone }: { readonly zone: Zone }) {
  const stories = useStories(true);
  const plays = usePlays(true);
  return (
    <section aria-labelledby="stories">
      <h2 id="stories">Stories</h2>
      <p className={classes["lead"]}>
        Actors make real calls, and which of them matter is known beforehand: see whether they are found. Here an hour
        of theirs passes in a minute. Now and then the company is attacked without being asked.
      </p>
      {stories.data !== undefined ? (
        <ul className={classes["list"]}>
          {stories.data.map((story) => (
            <StoryItem
              key={story.name}
              story={story}
              play={plays.data?.findLast((play) => play.story === story.name)}
              zone={zone}
            />
          ))}
        </ul>
      ) : stories.isError ? (
        <ProblemNote error={stories.error} onRetry={() => void stories.refetch()} />
      ) : (
        <Delayed>
          <p className={classes["lead"]}>Asking for the stories…</p>
        </Delayed>
      )}
    </section>
  );
}
