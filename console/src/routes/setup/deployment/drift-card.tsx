import { useState } from "react";
import { countOf } from "../../../parts/numbers.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { repairDrift, type RunStream } from "../../../setup-api.ts";
import type { Drift } from "../../../setup-types.ts";
import { ChangeButton } from "../../../parts/change-button.tsx";
import { ConfirmDialog } from "../confirm-dialog.tsx";
import { CulpritLine } from "../culprit-line.tsx";
import shared from "../setup.module.css";
import { StepItem, StepList } from "../step-list.tsx";
import classes from "./drift.module.css";

const manners: Readonly<Record<Drift["manner"], string>> = {
  repair: "May be repaired",
  propose: "Waits for your yes",
  tell: "Only you can put it right",
};

export interface DriftCardProps {
  readonly deployment: string;
  readonly drift: Drift;
  readonly isBusy: boolean;
  readonly onBegin: (stream: RunStream) => void;
}

/** What has changed, what is lost by it, who did it, and what would put it right. */
export function DriftCard({ deployment, drift, isBusy, onBegin }: DriftCardProps) {
  const { check, about, sentence, loss, manner, help, heldBack, plan, culprit } = drift;
  const [isAsking, setAsking] = useState(false);
  const steps = plan?.steps ?? [];
  const word = manner === "propose" ? "Approve" : "Repair";
  return (
    <li className={shared["card"]} data-look={manner === "tell" ? "warn" : "bad"}>
      <div className={shared["head"]}>
        <h3 className={classes["sentence"]}>
          <VisibleText text={sentence} />
        </h3>
        {steps.length === 0 || manner === "tell" ? null : (
          <ChangeButton
            look="main"
            icon="tool"
            isBusy={isBusy}
            label={`${word}: ${about}`}
            onClick={() => {
              setAsking(true);
            }}
          >
            {word}…
          </ChangeButton>
        )}
      </div>
      <p className={classes["manner"]}>
        {manners[manner]} · <VisibleText text={about} /> · {check}
      </p>
      <dl className={classes["says"]}>
        <div>
          <dt>What is lost</dt>
          <dd>
            <VisibleText text={loss} />
          </dd>
        </div>
        <div>
          <dt>Who did it</dt>
          <dd>
            {culprit === null ? (
              "Not known: none of the events that are here tells of it."
            ) : (
              <CulpritLine culprit={culprit} />
            )}
          </dd>
        </div>
        {heldBack === null ? null : (
          <div>
            <dt>Held back</dt>
            <dd>
              <VisibleText text={heldBack} />
            </dd>
          </div>
        )}
        {help === "" ? null : (
          <div>
            <dt>To do</dt>
            <dd>
              <VisibleText text={help} />
            </dd>
          </div>
        )}
      </dl>
      {steps.length === 0 ? null : (
        <details className={`${shared["more"]} ${classes["plan"]}`}>
          <summary>What puts it right: {countOf(steps.length, "change")}</summary>
          <StepList label={`What puts it right: ${about}`}>
            {steps.map((step) => (
              <StepItem key={step.id} step={step} />
            ))}
          </StepList>
        </details>
      )}
      <ConfirmDialog
        title={manner === "propose" ? "Approve this change?" : "Repair this?"}
        isOpen={isAsking}
        steps={steps}
        yes={`${word}: ${countOf(steps.length, "change")}`}
        onYes={() => {
          setAsking(false);
          onBegin(repairDrift(deployment, drift));
        }}
        onClose={() => {
          setAsking(false);
        }}
      >
        <p>
          Trailwarden makes {countOf(steps.length, "change")} in the account, and nothing else. Afterwards it sends a
          harmless call along the way, and tells whether its event arrives.
        </p>
      </ConfirmDialog>
    </li>
  );
}
