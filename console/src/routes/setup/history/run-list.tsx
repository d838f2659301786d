import { useState } from "react";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { undoRun, type RunStream } from "../../../setup-api.ts";
import type { SetupRun } from "../../../setup-types.ts";
import { ChangeButton } from "../../../parts/change-button.tsx";
import { Moment } from "../../collect/moment.tsx";
import { runSentence } from "../run/run-words.ts";
import { UndoDialog } from "../run/undo-dialog.tsx";
import shared from "../setup.module.css";
import type { useRuns } from "../use-setup.ts";
import classes from "./history.module.css";

export interface RunListProps {
  readonly runs: ReturnType<typeof useRuns>;
  readonly isBusy: boolean;
  readonly onBegin: (stream: RunStream) => void;
}

const titles: Readonly<Record<SetupRun["kind"], string>> = { apply: "Plan applied", undo: "Undo", repair: "Repair" };

/** The runs of an account; what one has done can be taken back from here. */
export function RunList({ runs, isBusy, onBegin }: RunListProps) {
  const [asked, setAsked] = useState<SetupRun>();
  const close = () => {
    setAsked(undefined);
  };
  if (runs.isError && runs.data === undefined) {
    return <ProblemNote error={runs.error} onRetry={() => void runs.refetch()} />;
  }
  if (runs.data === undefined || runs.data.length === 0) return null;
  return (
    <section className={shared["card"]} aria-label="Runs">
      <h2>What Trailwarden did</h2>
      <ul className={classes["runs"]} aria-label="Runs">
        {runs.data.map((run) => (
          <li key={run.id}>
            <div>
              <strong>{titles[run.kind]}</strong> <Moment at={run.startedAt} />
              <div className={shared["soft"]}>
                <VisibleText text={runSentence(run)} />
              </div>
            </div>
            {run.kind === "undo" || run.status !== "done" ? null : (
              <ChangeButton
                isSmall
                isBusy={isBusy}
                onClick={() => {
                  setAsked(run);
                }}
              >
                Undo…
              </ChangeButton>
            )}
          </li>
        ))}
      </ul>
      {asked === undefined ? null : (
        <UndoDialog
          run={asked}
          isOpen
          onClose={close}
          onUndo={(withLogFiles) => {
            close();
            onBegin(undoRun(asked.id, { withLogFiles }));
          }}
        />
      )}
    </section>
  );
}
