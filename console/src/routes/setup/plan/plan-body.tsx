import { Icon } from "../../../parts/icon.tsx";
import { countOf } from "../../../parts/numbers.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { RunStream } from "../../../setup-api.ts";
import type { Depth, PlanAnswer, SetupPlan, Wish } from "../../../setup-types.ts";
import { Moment } from "../../collect/moment.tsx";
import { BillView } from "../bill-view.tsx";
import shared from "../setup.module.css";
import { StepItem, StepList } from "../step-list.tsx";
import { Tabs } from "../tabs.tsx";
import { TroubleList } from "../trouble-list.tsx";
import { ApplySection } from "./apply-section.tsx";
import { ByHand } from "./by-hand.tsx";

export interface PlanBodyProps {
  readonly answer: PlanAnswer;
  readonly wish: Wish;
  readonly depth: Depth;
  readonly accountId: string;
  /** Another run has to come to its end first. */
  readonly isBlocked: boolean;
  readonly isByHand: boolean;
  readonly onByHand: (isByHand: boolean) => void;
  readonly onBegin: (stream: RunStream) => void;
}

const ways = [
  ["machine", "Let Trailwarden do it"],
  ["hand", "I do it myself"],
] as const;

/** The bill first, then what is chosen, what stands in the way, the changes, and the two ways to make them. */
export function PlanBody(props: PlanBodyProps) {
  const { answer, isByHand, onByHand } = props;
  const { plan, bill, instructions } = answer;
  const { choice, steps, notes, madeAt } = plan;
  return (
    <>
      <section className={shared["card"]} aria-label="What it costs">
        <h2>What it costs</h2>
        <BillView bill={bill} label="What the trails cost then" isFolded />
      </section>
      <Obstacles plan={plan} />
      <section className={shared["card"]} aria-label="What is done">
        <div className={shared["head"]}>
          <h2>{titleOf(plan)}</h2>
          <span className={shared["soft"]}>
            made <Moment at={madeAt} />
          </span>
        </div>
        <p>
          <VisibleText text={choice.sentence} />
        </p>
        {notes.length === 0 ? null : (
          <ul className={shared["words"]} aria-label="Notes">
            {notes.map((note) => (
              <li key={note}>
                <Icon name="help" />
                <VisibleText text={note} />
              </li>
            ))}
          </ul>
        )}
        {steps.length === 0 ? null : (
          <StepList label="Changes of the plan">
            {steps.map((step) => (
              <StepItem key={step.id} step={step} />
            ))}
          </StepList>
        )}
      </section>
      {steps.length === 0 ? null : (
        <section className={shared["card"]} aria-label="How it is done">
          <Tabs
            label="How it is done"
            tabs={ways}
            current={isByHand ? "hand" : "machine"}
            onPick={(key) => {
              onByHand(key === "hand");
            }}
          >
            {isByHand ? <ByHand plan={plan} instructions={instructions} /> : <ApplySection {...props} />}
          </Tabs>
        </section>
      )}
    </>
  );
}

function titleOf({ steps, obstacles }: SetupPlan): string {
  if (steps.length > 0) return `What is done: ${countOf(steps.length, "change")}`;
  return obstacles.length > 0 ? "Nothing can be done yet" : "Nothing is to be done";
}

function Obstacles({ plan }: { readonly plan: SetupPlan }) {
  if (plan.obstacles.length === 0) return null;
  return (
    <section className={shared["card"]} data-look="bad" aria-label="What stands in the way">
      <h2>What stands in the way</h2>
      <TroubleList troubles={plan.obstacles} look="bad" />
    </section>
  );
}
