import type { ReactNode } from "react";
import classes from "./tick-field.module.css";

export interface TickFieldProps {
  readonly isTicked: boolean;
  readonly onTick: (isTicked: boolean) => void;
  /** What is so when it is ticked. */
  readonly children: ReactNode;
}

/** Something that is so or not, as a line of a form. */
export function TickField({ isTicked, onTick, children }: TickFieldProps) {
  return (
    <div className={classes["tick"]}>
      <label>
        <input
          type="checkbox"
          checked={isTicked}
          onChange={(event) => {
            onTick(event.target.checked);
          }}
        />
        {children}
      </label>
    </div>
  );
}
