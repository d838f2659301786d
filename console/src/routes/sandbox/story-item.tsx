import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Icon } from "../../parts/icon.tsx";
import type { Zone } from "../../parts/instants.ts";
import { countOf } from "../../parts/numbers.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { VisibleText } from "../../parts/visible-text.tsx";
import { playStory, type Play, type Story } from "../../sandbox-api.ts";
import { MatterList } from "./matter-list.tsx";
import { PlayLine } from "./play-line.tsx";
import classes from "./stories.module.css";
import { useAskAgain } from "./use-sandbox.ts";
import { useSeen } from "./use-seen.ts";

/** An hour of the actors' waiting passes in a minute: stories last about that long, with waits one can see. */
const pace = 60;

export interface StoryItemProps {
  readonly story: Story;
  /** Its last play. */
  readonly play: Play | undefined;
  readonly zone: Zone;
}

/** One story: what happens, the button that plays it, and what became of each of its calls that matter. */
export function StoryItem({ story, play, zone }: StoryItemProps) {
  const id = useId();
  const askAgain = useAskAgain();
  const [isOpen, setOpen] = useState(false);
  const seen = useSeen(story, play);
  const start = useMutation({
    mutationFn: () => playStory(story.name, pace),
    onSuccess: () => {
      setOpen(true);
      askAgain("plays");
    },
  });
  const isPlaying = play?.state === "playing" || start.isPending;
  const techniques = [...new Set(story.matters.map(({ technique }) => technique))];
  return (
    <li className={classes["story"]} aria-labelledby={`${id}-title`}>
      <div className={classes["head"]}>
        <h3 id={`${id}-title`}>{story.title}</h3>
        <button
          type="button"
          className={classes["play"]}
          disabled={isPlaying}
          aria-label={`Play: ${story.title}`}
          onClick={() => {
            start.mutate();
          }}
        >
          <Icon name={isPlaying ? "clock" : "play"} /> {isPlaying ? "Playing" : "Play"}
        </button>
      </div>
      <p className={classes["summary"]}>
        <VisibleText text={story.summary} />
      </p>
      {start.isError ? <ProblemNote error={start.error} /> : null}
      {play === undefined ? null : <PlayLine play={play} seen={seen} zone={zone} hasMatters={techniques.length > 0} />}
      {techniques.length === 0 ? null : (
        <>
          <button
            type="button"
            className={classes["toggle"]}
            aria-expanded={isOpen}
            aria-controls={`${id}-matters`}
            onClick={() => {
              setOpen(!isOpen);
            }}
          >
            <Icon name={isOpen ? "down" : "right"} />
            <span className={classes["count"]}>{countOf(story.matters.length, "call matters", "calls matter")}</span>
            <span className={classes["techniques"]}>{techniques.join(" ")}</span>
          </button>
          <div id={`${id}-matters`} hidden={!isOpen}>
            {isOpen ? <MatterList progress={seen.progress} hasPlay={play !== undefined} zone={zone} /> : null}
          </div>
        </>
      )}
    </li>
  );
}
