import type { Rule } from "../../../detect-api.ts";
import { DialogForm, type DialogFormProps } from "../../../parts/dialog-form.tsx";
import { levelWords } from "../../../parts/levels.ts";
import { countOf } from "../../../parts/numbers.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";

export type SwitchedRule = Pick<Rule, "key" | "title" | "status" | "level" | "findings">;

/** Whether somebody would miss a rule: it finds things, or looks for what is severe. */
export function isMissed({ level, findings }: SwitchedRule): boolean {
  return findings > 0 || level === "high" || level === "critical";
}

export interface SwitchOffDialogProps extends Pick<DialogFormProps, "sending" | "onSend" | "onClose"> {
  readonly rule: SwitchedRule;
}

/** Says what is no longer seen without a rule, and asks. */
export function SwitchOffDialog({ rule: { title, level, findings }, ...form }: SwitchOffDialogProps) {
  return (
    <DialogForm title="Switch the rule off?" yes="Switch it off" isQuestion {...form}>
      <p>
        Until somebody switches it on again, this is not seen any more: “
        <VisibleText text={title} />
        ”, of severity {levelWords[level].toLowerCase()}, with{" "}
        {findings === 0 ? "no finding" : countOf(findings, "finding")} in the last 30 days.
      </p>
    </DialogForm>
  );
}
