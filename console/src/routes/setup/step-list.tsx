import type { ReactNode } from "react";
import type { PlanStep, RunStep } from "../../setup-types.ts";
import { Icon, type IconName } from "../../parts/icon.tsx";
import { VisibleText } from "../../parts/visible-text.tsx";
import shared from "./setup.module.css";
import classes from "./step-list.module.css";
import { ValueChange } from "./value-change.tsx";

/** The changes of a plan, in the order they are made. */
export function StepList({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ol className={classes["steps"]} aria-label={label}>
      {children}
    </ol>
  );
}

/** One change: what, why, from what to what, what it costs and how it is undone. */
export function StepItem({ step, isOpen = false }: { readonly step: PlanStep; readonly isOpen?: boolean }) {
  const { what, why, cost, undo, setting, place, before, after } = step;
  return (
    <li>
      <h3>
        <VisibleText text={what} />
      </h3>
      <p>
        <VisibleText text={why} />
      </p>
      <dl>
        <div>
          <dt>Costs</dt>
          <dd>
            <VisibleText text={cost} />
          </dd>
        </div>
        <div>
          <dt>Undone by</dt>
          <dd>
            <VisibleText text={undo} />
          </dd>
        </div>
        <div>
          <dt>Where</dt>
          <dd className={classes["place"]}>
            <VisibleText text={place.to ? `${place.arn} → ${place.to}` : place.arn} />
          </dd>
        </div>
      </dl>
      <details className={shared["more"]} open={isOpen}>
        <summary>Before and after</summary>
        <ValueChange label={`${setting}: before and after`} before={before} after={after} />
      </details>
    </li>
  );
}

const looks: Readonly<Record<RunStep["status"], readonly [word: string, icon: IconName]>> = {
  waiting: ["Waits", "clock"],
  begun: ["Begun", "play"],
  done: ["Done", "check"],
  failed: ["Failed", "warning"],
  undone: ["Taken back", "check"],
  left: ["Left as it is", "minus"],
};

/** One change as it is being made. */
export function RunStepItem({ runStep }: { readonly runStep: RunStep }) {
  const { step, status, problem } = runStep;
  const [word, icon] = looks[status];
  return (
    <li data-status={status}>
      <div className={classes["run"]}>
        <Icon name={icon} size={16} />
        <VisibleText text={step.what} />
        <span className={classes["word"]}>{word}</span>
      </div>
      {problem === "" ? null : (
        <p className={classes["problem"]}>
          <VisibleText text={problem} />
        </p>
      )}
    </li>
  );
}
