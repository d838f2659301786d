import controls from "../../../parts/controls.module.css";
import { CopyLines } from "../../../parts/copy-lines.tsx";
import { useCopy } from "../../../parts/copy-text.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { PlanAnswer, SetupPlan } from "../../../setup-types.ts";
import shared from "../setup.module.css";
import classes from "./plan.module.css";

export interface ByHandProps {
  readonly plan: SetupPlan;
  readonly instructions: PlanAnswer["instructions"];
}

/** The same plan as commands of the AWS CLI, in their order. */
export function ByHand({ plan, instructions }: ByHandProps) {
  const copy = useCopy();
  const commandsOf = (stepId: string) => instructions.find((each) => each.stepId === stepId)?.commands ?? [];
  return (
    <>
      <div className={shared["head"]}>
        <p className={shared["soft"]}>
          In a shell with an administrator&apos;s credentials of the account, from the first to the last. Make the plan
          anew afterwards: it is empty when all is done.
        </p>
        <button
          type="button"
          className={controls["button"]}
          onClick={() => {
            copy(plan.steps.flatMap(({ id }) => commandsOf(id)).join("\n"), "All commands copied");
          }}
        >
          <Icon name="copy" /> Copy all
        </button>
      </div>
      <ol className={classes["byHand"]} aria-label="Commands">
        {plan.steps.map(({ id, what }) => {
          const commands = commandsOf(id);
          return (
            <li key={id}>
              <h3>
                <VisibleText text={what} />
              </h3>
              {commands.length === 0 ? (
                <p className={shared["soft"]}>There is no command for this one: see what is to be changed above.</p>
              ) : (
                <CopyLines label={`Commands: ${what}`} text={commands.join("\n")} />
              )}
            </li>
          );
        })}
      </ol>
    </>
  );
}
