import { Link } from "@tanstack/react-router";
import { useEffect, useId, useState } from "react";
import controls from "../../../parts/controls.module.css";
import { formatSpan } from "../../../parts/instants.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { ChangeButton } from "../../../parts/change-button.tsx";
import { useTz } from "../../../parts/titled-page.tsx";
import { FindingItem } from "../finding-list.tsx";
import classes from "./source.module.css";
import { TestStepItem } from "./test-step-item.tsx";
import { useTest } from "./use-test.ts";

const waitSeconds = 900;

/** Looks at the source, makes a harmless call where it may, and times its way into search. */
export function TestSection({ name }: { readonly name: string }) {
  const id = useId();
  const [mayCall, setMayCall] = useState(true);
  const { run, begin, stop } = useTest(name);
  const tz = useTz();
  const isRunning = run.state === "running";
  const found = run.steps.map(({ step }) => step).find((step) => step.kind === "searchable");
  return (
    <section className={classes["card"]} aria-labelledby={id}>
      <h2 id={id}>Test</h2>
      <div className={classes["test"]}>
        <label>
          <input
            type="checkbox"
            checked={mayCall}
            disabled={isRunning}
            onChange={(event) => {
              setMayCall(event.target.checked);
            }}
          />
          Also make a harmless call (sts:GetCallerIdentity), and time its way into search
        </label>
        <div className={controls["buttons"]}>
          <ChangeButton
            icon="play"
            look="main"
            isBusy={isRunning}
            onClick={() => {
              void begin({ waitSeconds, mayCall });
            }}
          >
            Test
          </ChangeButton>
          {isRunning ? (
            <button type="button" className={controls["button"]} onClick={stop}>
              Stop
            </button>
          ) : null}
        </div>
      </div>
      <ol className={classes["steps"]} aria-label="What the test finds" aria-live="polite" aria-busy={isRunning}>
        {run.steps.map(({ step, afterMs }, index) =>
          step.kind === "finding" ? (
            <FindingItem key={index} finding={step.finding} beside={formatSeconds(afterMs)} />
          ) : (
            <TestStepItem key={index} step={step} beside={formatSeconds(afterMs)} />
          ),
        )}
      </ol>
      {isRunning ? <Elapsed since={run.beganAt} /> : null}
      {run.state === "fine" ? (
        <p className={classes["fine"]}>
          All is well.{" "}
          {found === undefined ? null : (
            <Link to="/" search={{ ...tz, query: `eventID:${found.eventId}`, event: found.eventId }}>
              See the event of the call
            </Link>
          )}
        </p>
      ) : null}
      {run.state === "not-well" ? <p className={classes["bad"]}>Something is not well: see above.</p> : null}
      {run.state === "stopped" ? <p className={classes["soft"]}>Stopped.</p> : null}
      {run.state === "broken" ? <ProblemNote error={run.error} /> : null}
    </section>
  );
}

function formatSeconds(ms: number): string {
  return ms < 10_000 ? `${(ms / 1_000).toFixed(1)} s` : formatSpan(ms / 1_000);
}

/** Said to eyes only: a second that passes is no news to a screen reader. */
function Elapsed({ since }: { readonly since: number }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, 1_000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return (
    <p className={classes["soft"]} aria-hidden="true">
      Under way for {formatSpan(Math.max(0, now - since) / 1_000)}…
    </p>
  );
}
