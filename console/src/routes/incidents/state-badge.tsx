import type { Incident } from "../../incidents-api.ts";
import { Icon } from "../../parts/icon.tsx";
import { reasonWords, stateWords } from "./incident-words.ts";
import classes from "./state-badge.module.css";

/** Where an incident stands: a sign, a word, and why it was closed. */
export function StateBadge({ state, closedAs }: Pick<Incident, "state" | "closedAs">) {
  const [word, icon, what] = stateWords[state];
  return (
    <span className={classes["badge"]} data-state={state} title={what}>
      <Icon name={icon} size={12} />
      {word}
      {state === "closed" && closedAs !== null ? `: ${reasonWords[closedAs][0].toLowerCase()}` : ""}
    </span>
  );
}
