import { memo } from "react";
import type { Zone } from "../../../parts/instants.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import classes from "./grid.module.css";
import type { Row } from "./rows.ts";
import { cellTime, cellWords, standingWords } from "./standing-words.ts";

export interface GridRowProps {
  readonly id: string;
  readonly row: Row;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly zone: Zone;
  readonly days: ReadonlySet<number>;
  readonly accountName: string | undefined;
  /** The one cell that the keyboard stands on, where it is in this row. */
  readonly activeColumn: number | undefined;
  /** The hour that is open, where it is in this row. */
  readonly chosenAt: number | undefined;
}

/** One account in one region. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { id, row, index, zone, days, accountName, activeColumn, chosenAt } = props;
  const account = row.accountId === "" ? "no account" : row.accountId;
  const region = row.region === "" ? "no region" : row.region;
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      className={classes["row"]}
      style={{ transform: `translateY(${String(props.top)}px)`, height: props.height }}
    >
      <div role="rowheader" className={classes["label"]} title={`${accountName ?? ""} ${account} ${region}`.trim()}>
        <VisibleText text={accountName ?? account} className={classes["account"]} />
        <VisibleText text={region} className={classes["region"]} />
      </div>
      <div role="none" className={classes["cells"]} data-many={row.cells.length > 60}>
        {row.cells.map((cell, column) => (
          <span
            key={cell.from}
            id={`${id}-${String(index)}-${String(column)}`}
            role="gridcell"
            aria-colindex={column + 2}
            className={classes["cell"]}
            data-standing={cell.standing}
            data-day={days.has(column)}
            data-active={column === activeColumn}
            data-place={`${String(index)}:${String(column)}`}
            aria-selected={chosenAt !== undefined && chosenAt >= cell.from && chosenAt < cell.to}
            aria-label={`${cellTime(cell, zone)}: ${cellWords(cell)}`}
          >
            {standingWords[cell.standing].sign}
          </span>
        ))}
      </div>
    </div>
  );
});
