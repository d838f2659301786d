import type { ReactNode } from "react";
import controls from "../../parts/controls.module.css";
import { Dialog } from "../../parts/dialog.tsx";
import { VisibleText } from "../../parts/visible-text.tsx";
import type { PlanStep } from "../../setup-types.ts";
import { ChangeButton } from "../../parts/change-button.tsx";
import classes from "./run/run.module.css";

export interface ConfirmDialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly steps: readonly PlanStep[];
  /** What is asked. */
  readonly children: ReactNode;
  readonly yes: string;
  readonly onYes: () => void;
  readonly onClose: () => void;
}

/** Says once more what is about to be changed in the account, and asks. */
export function ConfirmDialog({ title, isOpen, steps, children, yes, onYes, onClose }: ConfirmDialogProps) {
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose}>
      {children}
      <ul className={classes["list"]} aria-label="What is changed">
        {steps.map(({ id, what }) => (
          <li key={id}>
            <VisibleText text={what} />
          </li>
        ))}
      </ul>
      <div className={controls["buttons"]}>
        <ChangeButton look="main" onClick={onYes}>
          {yes}
        </ChangeButton>
        <button type="button" className={controls["button"]} data-first onClick={onClose}>
          Not now
        </button>
      </div>
    </Dialog>
  );
}
