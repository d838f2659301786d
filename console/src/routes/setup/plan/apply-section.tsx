import { useState } from "react";
import { countOf } from "../../../parts/numbers.ts";
import { applyPlan } from "../../../setup-api.ts";
import type { Bill } from "../../../setup-types.ts";
import { ChangeButton } from "../../../parts/change-button.tsx";
import { ConfirmDialog } from "../confirm-dialog.tsx";
import { addedWords, formatMicros } from "../money.ts";
import shared from "../setup.module.css";
import type { PlanBodyProps } from "./plan-body.tsx";

/** Says once more how much is changed and what that costs, and does exactly the plan that was read. */
export function ApplySection(props: PlanBodyProps) {
  const { answer, wish, depth, accountId, isBlocked, onBegin } = props;
  const { plan, bill } = answer;
  const [isAsking, setAsking] = useState(false);
  const changes = countOf(plan.steps.length, "change");
  const reason = reasonAgainst(depth, plan.obstacles.length, isBlocked);
  if (reason !== undefined) return <p className={shared["soft"]}>{reason}</p>;
  return (
    <>
      <p className={shared["soft"]}>
        The changes are made one after the other. If one fails it stops there, says why, and can go on or be taken back.
        If anything in the account has changed since the plan was made, nothing is done.
      </p>
      <div className={shared["after"]}>
        <ChangeButton
          look="main"
          icon="play"
          onClick={() => {
            setAsking(true);
          }}
        >
          Apply {changes}…
        </ChangeButton>
      </div>
      <ConfirmDialog
        title={`Make ${changes}?`}
        isOpen={isAsking}
        steps={plan.steps}
        yes={`Apply ${changes}`}
        onYes={() => {
          setAsking(false);
          onBegin(applyPlan(plan.deployment, plan.id, wish));
        }}
        onClose={() => {
          setAsking(false);
        }}
      >
        <p>
          Trailwarden makes {changes} in the account {accountId}, and nothing else. {costWords(bill)}
        </p>
      </ConfirmDialog>
    </>
  );
}

function costWords({ addedMicros, totalMicros, unknowns }: Bill): string {
  const known = unknowns.length === 0 ? "" : " Not everything about that is known, see the bill.";
  const total = `all trails of the account together then cost ${formatMicros(totalMicros)} a month`;
  if (addedMicros === null) return `By the bill ${total}.${known}`;
  return `By the bill that costs ${addedWords(addedMicros)} a month; ${total}.${known}`;
}

function reasonAgainst(depth: string, obstacles: number, isBlocked: boolean): string | undefined {
  if (depth === "look") return "This account is under care to look only. Do it yourself: the commands are beside this.";
  if (obstacles > 0) return "Something stands in the way, see above. Put that right first, and make the plan anew.";
  return isBlocked ? "A run has stopped in the middle. Let it go on, or undo it, before another begins." : undefined;
}
