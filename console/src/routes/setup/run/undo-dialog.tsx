import { useState } from "react";
import controls from "../../../parts/controls.module.css";
import { Dialog } from "../../../parts/dialog.tsx";
import { countOf } from "../../../parts/numbers.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { SetupRun } from "../../../setup-types.ts";
import { ChangeButton } from "../../../parts/change-button.tsx";
import classes from "./run.module.css";

export interface UndoDialogProps {
  readonly run: SetupRun;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onUndo: (withLogFiles: boolean) => void;
}

/** Asks before a run is taken back, and whether log files may go with it. */
export function UndoDialog({ run, isOpen, onClose, onUndo }: UndoDialogProps) {
  return (
    <Dialog title="Take it back?" isOpen={isOpen} onClose={onClose}>
      <UndoQuestion run={run} onKeep={onClose} onUndo={onUndo} />
    </Dialog>
  );
}

function UndoQuestion(props: {
  readonly run: SetupRun;
  readonly onKeep: () => void;
  readonly onUndo: (withLogFiles: boolean) => void;
}) {
  const { run, onKeep, onUndo } = props;
  const [withLogFiles, setWithLogFiles] = useState(false);
  const made = run.steps.filter(({ status }) => status === "done" || status === "begun");
  const hasBucket = made.some(({ step }) => step.setting === "bucket" && step.before === null);
  return (
    <>
      <p>
        {made.length === 0
          ? "Nothing was changed yet, so there is nothing to take back: the run only comes to its end."
          : `${countOf(made.length, "change")} ${made.length === 1 ? "goes" : "go"} back to what it was before, the last one first. What somebody else has changed since is left as it is, and said.`}
      </p>
      <ul className={classes["list"]} aria-label="What is taken back">
        {made.toReversed().map(({ step }) => (
          <li key={step.id}>
            <VisibleText text={step.undo} />
          </li>
        ))}
      </ul>
      {hasBucket ? (
        <label className={classes["check"]}>
          <input
            type="checkbox"
            checked={withLogFiles}
            onChange={(event) => {
              setWithLogFiles(event.target.checked);
            }}
          />
          Delete the bucket with all log files in it. They cannot be got back. Without this, a bucket that holds log
          files stays.
        </label>
      ) : null}
      <div className={`${controls["buttons"]} ${classes["end"]}`}>
        <ChangeButton
          look="danger"
          onClick={() => {
            onUndo(withLogFiles);
          }}
        >
          {withLogFiles ? "Take it back, log files too" : "Take it back"}
        </ChangeButton>
        <button type="button" className={controls["button"]} data-first onClick={onKeep}>
          Leave it
        </button>
      </div>
    </>
  );
}
