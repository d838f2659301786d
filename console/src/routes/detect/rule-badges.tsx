import type { FiringAnswer, RuleStatus } from "../../detect-api.ts";
import { Icon } from "../../parts/icon.tsx";
import classes from "./rule-badges.module.css";
import { firingWords, statusWords } from "./rule-words.ts";

/** Whether a rule is on. */
export function RuleStatusBadge({ status }: { readonly status: RuleStatus }) {
  const [word, icon, what] = statusWords[status];
  return (
    <span className={classes["badge"]} data-look={status} title={what}>
      <Icon name={icon} size={12} />
      {word}
    </span>
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
