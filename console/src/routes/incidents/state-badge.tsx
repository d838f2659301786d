import type { Incident, IncidentState } from "../../incidents-api.ts";
import { Badge, type BadgeTone } from "../../parts/badge.tsx";
import { reasonWords, stateWords } from "./incident-words.ts";

const tones: Readonly<Record<IncidentState, BadgeTone>> = {
  new: "bad",
  triaged: "open",
  contained: "fine",
  closed: "plain",
};

/** Where an incident stands: a sign, a word, and why it was closed. */
export function StateBadge({ state, closedAs }: Pick<Incident, "state" | "closedAs">) {
  const [word, icon, what] = stateWords[state];
  return (
    <Badge isSmall tone={tones[state]} icon={icon} what={what}>
      {word}
      {state === "closed" && closedAs !== null ? `: ${reasonWords[closedAs][0].toLowerCase()}` : ""}
    </Badge>
  );
}
