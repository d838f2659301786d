import { formatShortInstant, type Zone } from "../../../parts/instants.ts";
import type { Span } from "../integrity-state.ts";
import classes from "./grid.module.css";

export interface TimeAxisProps {
  readonly span: Span;
  readonly zone: Zone;
  readonly days: ReadonlySet<number>;
  readonly columns: number;
}

/** The days of a week, or every sixth hour of a day, where they begin. */
export function TimeAxis({ span, zone, days, columns }: TimeAxisProps) {
  const text = (column: number) => formatShortInstant(new Date(span.from + column * span.cellMs).toISOString(), zone);
  const isWeek = days.size > 1;
  const ticks = isWeek ? [...days] : Array.from({ length: Math.ceil(columns / 6) }, (_, index) => index * 6);
  return (
    <div className={classes["axis"]} aria-hidden="true">
      {ticks.map((column) => (
        <span key={column} style={{ left: `${String((column / columns) * 100)}%` }}>
          {isWeek ? text(column).slice(0, -6) : text(column).slice(days.has(column) || column === 0 ? 0 : -5)}
        </span>
      ))}
    </div>
  );
}
