import type { Outcome } from "../../detect-api.ts";
import { ChoiceField } from "../../parts/choice-field.tsx";
import { outcomeWords } from "./rule-words.ts";

const outcomes: readonly Outcome[] = ["incident", "notification", "observation"];
const options = outcomes.map((outcome) => [outcome, outcomeWords[outcome][0]] as const);

export interface OutcomeChoiceProps {
  readonly outcome: Outcome;
  readonly onPick: (outcome: Outcome) => void;
}

/** What becomes of the findings of a rule, and what that means. */
export function OutcomeChoice({ outcome, onPick }: OutcomeChoiceProps) {
  return (
    <ChoiceField
      title="What becomes of what it finds"
      value={outcome}
      options={options}
      note={outcomeWords[outcome][1]}
      onPick={onPick}
    />
  );
}
