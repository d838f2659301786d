import { formatSpan } from "../../../parts/instants.ts";
import { Icon, type IconName } from "../../../parts/icon.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import finding from "../finding-list.module.css";
import type { TimedStep } from "./use-test.ts";

type Step = Exclude<TimedStep["step"], { kind: "finding" }>;

const icons: Readonly<Record<Step["kind"], IconName>> = {
  called: "play",
  waiting: "clock",
  searchable: "check",
  "gave-up": "warning",
};

/** A step of a test that is no finding: the call, the wait for its event, and how that ends. */
export function TestStepItem({ step, beside }: { readonly step: Step; readonly beside: string }) {
  const good = step.kind === "searchable" ? true : step.kind === "gave-up" ? false : undefined;
  return (
    <li className={finding["finding"]} data-good={good}>
      <Icon name={icons[step.kind]} size={16} />
      <div>
        <Words step={step} />
      </div>
      <span className={finding["beside"]}>{beside}</span>
    </li>
  );
}

function Words({ step }: { readonly step: Step }) {
  switch (step.kind) {
    case "called":
      return (
        <>
          Called {step.operation}; its event is known again by <VisibleText text={step.mark} />
        </>
      );
    case "waiting":
      return <VisibleText text={step.sentence} />;
    case "searchable":
      return <>The call&apos;s event can be searched, {formatSpan(step.elapsedMs / 1_000)} after the call</>;
    case "gave-up":
      return <VisibleText text={step.sentence} />;
  }
}
