import type { FiringAnswer, RuleStatus } from "../../detect-api.ts";
import { Badge, type BadgeTone } from "../../parts/badge.tsx";
import { Icon } from "../../parts/icon.tsx";
import classes from "./rule-badges.module.css";
import { firingWords, statusWords } from "./rule-words.ts";

const tones: Readonly<Record<RuleStatus, BadgeTone>> = { on: "fine", staged: "open", off: "plain", refused: "bad" };

/** Whether a rule is on. */
export function RuleStatusBadge({ status }: { readonly status: RuleStatus }) {
  const [word, icon, what] = statusWords[status];
  return (
    <Badge isSmall tone={tones[status]} icon={icon} what={what} isPending={status === "staged"}>
      {word}
    </Badge>
  );
}

/** Whether a rule can fire with what is collected; what is well is not told unless it is asked for. */
export function FiringMark({ answer, isWhole = false }: { readonly answer: FiringAnswer; readonly isWhole?: boolean }) {
  if (answer === "yes" && !isWhole) return null;
  const [word, icon, what] = firingWords[answer];
  return (
    <span className={classes["firing"]} data-look={answer} title={what}>
      <Icon name={icon} size={12} />
      {word}
    </span>
  );
}
