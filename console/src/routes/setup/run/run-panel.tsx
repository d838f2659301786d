import { useState } from "react";
import controls from "../../../parts/controls.module.css";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { SetupRun } from "../../../setup-types.ts";
import { goOnWith, undoRun, type RunStream } from "../../../setup-api.ts";
import { ChangeButton } from "../../../parts/change-button.tsx";
import { RunStepItem, StepList } from "../step-list.tsx";
import shared from "../setup.module.css";
import classes from "./run.module.css";
import { doneCount, runSentence, runTitle } from "./run-words.ts";
import { UndoDialog } from "./undo-dialog.tsx";
import type { LiveRun } from "./use-run.ts";

export interface RunPanelProps {
  readonly live: LiveRun;
  /** A run that was begun elsewhere, or earlier, and has not come to its end. */
  readonly unfinished?: SetupRun | undefined;
  readonly onBegin: (stream: RunStream) => void;
}

/** The newest run that is under way or stopped; nothing where all has come to an end. */
export function unfinishedOf(runs: readonly SetupRun[] | undefined): SetupRun | undefined {
  return runs?.find(({ status }) => status === "running" || status === "stopped");
}

/** A run step by step as it is made; where it stopped, why, and the two ways on. */
export function RunPanel({ live, unfinished, onBegin }: RunPanelProps) {
  const [isAsking, setAsking] = useState(false);
  const run = live.run ?? (live.state === "none" || live.state === "broken" ? unfinished : undefined);
  const isBusy = live.state === "running";
  if (run === undefined && live.state === "none") return null;
  return (
    <section className={shared["card"]} data-look={lookOf(live, run)} aria-label="The run">
      {run === undefined ? (
        <p className={shared["soft"]}>{isBusy ? "Beginning…" : "It was not begun."}</p>
      ) : (
        <>
          <div className={shared["head"]}>
            <h2>{runTitle(run)}</h2>
            {run.status === "stopped" && !isBusy ? (
              <div className={controls["buttons"]}>
                <ChangeButton
                  look="main"
                  icon="play"
                  onClick={() => {
                    onBegin(goOnWith(run.id));
                  }}
                >
                  Go on
                </ChangeButton>
                <UndoButton
                  onClick={() => {
                    setAsking(true);
                  }}
                />
              </div>
            ) : run.status === "done" && run.kind !== "undo" && !isBusy ? (
              <UndoButton
                onClick={() => {
                  setAsking(true);
                }}
              />
            ) : null}
          </div>
          <p role="status">
            <VisibleText text={runSentence(run)} />
          </p>
          {run.status === "running" ? (
            <progress
              className={classes["progress"]}
              max={run.steps.length}
              value={doneCount(run)}
              aria-label={runTitle(run)}
            />
          ) : null}
          <StepList label="Changes as they are made">
            {run.steps.map((runStep) => (
              <RunStepItem key={runStep.step.id} runStep={runStep} />
            ))}
          </StepList>
          <UndoDialog
            run={run}
            isOpen={isAsking}
            onClose={() => {
              setAsking(false);
            }}
            onUndo={(withLogFiles) => {
              setAsking(false);
              onBegin(undoRun(run.id, { withLogFiles }));
            }}
          />
        </>
      )}
      {live.state === "broken" ? <ProblemNote error={live.error} /> : null}
    </section>
  );
}

function UndoButton({ onClick }: { readonly onClick: () => void }) {
  return <ChangeButton onClick={onClick}>Undo…</ChangeButton>;
}

function lookOf(live: LiveRun, run: SetupRun | undefined): string | undefined {
  if (live.state === "broken" || run?.status === "stopped") return "bad";
  return run?.status === "done" || run?.status === "undone" ? "good" : undefined;
}
