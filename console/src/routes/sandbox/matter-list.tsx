import { Link } from "@tanstack/react-router";
import { Icon, type IconName } from "../../parts/icon.tsx";
import type { Zone } from "../../parts/instants.ts";
import { VisibleText } from "../../parts/visible-text.tsx";
import classes from "./stories.module.css";
import type { MatterProgress } from "./seen.ts";

const looks: Readonly<Record<MatterProgress["state"], readonly [icon: IconName, words: string]>> = {
  "to-come": ["unknown", "to come"],
  made: ["clock", "happened"],
  seen: ["check", "seen"],
};

export interface MatterListProps {
  readonly progress: readonly MatterProgress[];
  readonly hasPlay: boolean;
  readonly zone: Zone;
}

/** The calls that matter, in the story's order, each with its technique and why; seen ones lead to their event. */
export function MatterList({ progress, hasPlay, zone }: MatterListProps) {
  return (
    <ol className={classes["matters"]}>
      {progress.map(({ matter, made, state, event }) => (
        <li key={`${matter.eventName} ${matter.why}`} data-state={hasPlay ? state : undefined}>
          <span className={classes["mark"]}>
            {hasPlay ? (
              <>
                <Icon name={looks[state][0]} />
                <span>{looks[state][1]}</span>
              </>
            ) : null}
          </span>
          <span className={classes["call"]}>
            {event === undefined ? (
              <VisibleText text={matter.eventName} />
            ) : (
              <Link
                to="/"
                search={{
                  query: `eventID:${event.id}`,
                  event: event.id,
                  account: event.account,
                  ...(zone === "local" && { tz: "local" }),
                }}
              >
                <VisibleText text={matter.eventName} />
              </Link>
            )}
            {made > 1 ? <span className={classes["times"]}> ×{made}</span> : null}
          </span>
          <span className={classes["why"]}>
            <VisibleText text={matter.why} />
          </span>
          <code className={classes["technique"]}>{matter.technique}</code>
        </li>
      ))}
    </ol>
  );
}
