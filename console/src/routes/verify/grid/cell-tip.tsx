import type { Zone } from "../../../parts/instants.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { Where } from "./grid-keys.ts";
import classes from "./grid.module.css";
import type { Row } from "./rows.ts";
import { cellTime, cellWords } from "./standing-words.ts";

export interface Tip extends Where {
  readonly left: number;
  readonly top: number;
}

export interface CellTipProps {
  readonly tip: Tip | undefined;
  readonly rows: readonly Row[];
  readonly zone: Zone;
}

/** What the cell under the pointer or the keyboard says; screen readers hear the cell itself. */
export function CellTip({ tip, rows, zone }: CellTipProps) {
  const row = tip === undefined ? undefined : rows[tip.row];
  const cell = tip === undefined ? undefined : row?.cells[tip.column];
  if (tip === undefined || row === undefined || cell === undefined) return null;
  return (
    <div
      className={classes["tip"]}
      aria-hidden="true"
      style={{ left: `clamp(0px, ${String(tip.left - 150)}px, calc(100% - 300px))`, top: tip.top + 6 }}
    >
      <strong>{cellTime(cell, zone)}</strong>
      <span>
        <VisibleText text={`${row.accountId} ${row.region}`} />
      </span>
      <span>{cellWords(cell)}</span>
    </div>
  );
}
