import type { ReactNode } from "react";
import classes from "./cell-tip.module.css";

export interface CellTipProps {
  /** The middle of the cell. */
  readonly left: number;
  /** Its lower edge. */
  readonly top: number;
  readonly children: ReactNode;
}

/** What the cell under the pointer or the keyboard says; screen readers hear the cell itself. */
export function CellTip({ left, top, children }: CellTipProps) {
  return (
    <div
      className={classes["tip"]}
      aria-hidden="true"
      style={{ left: `clamp(0px, ${String(left - 150)}px, calc(100% - 300px))`, top: top + 6 }}
    >
      {children}
    </div>
  );
}
