import { useVirtualizer } from "@tanstack/react-virtual";
import { useId, useMemo, useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import { formatDay, type Zone } from "../../../parts/instants.ts";
import { readCell } from "../../collect/ledger/ledger-state.ts";
import type { Span } from "../integrity-state.ts";
import { GridTip, type Tip } from "./grid-tip.tsx";
import { moves, type Where } from "./grid-keys.ts";
import classes from "./grid.module.css";
import { GridRow } from "./grid-row.tsx";
import { Legend } from "./legend.tsx";
import { dayStarts, type Cell, type Row } from "./rows.ts";
import { TimeAxis } from "./time-axis.tsx";

export interface IntegrityGridProps {
  readonly rows: readonly Row[];
  readonly span: Span;
  readonly zone: Zone;
  /** Names of accounts, where they are known. */
  readonly accountNames: ReadonlyMap<string, string>;
  /** The hour that is open, as the address writes it. */
  readonly chosen: string | undefined;
  readonly onChoose: (row: Row, cell: Cell) => void;
  readonly isNarrow: boolean;
}

/**
 * Accounts and regions over time, of which only the rows in sight exist. The arrows go from cell to cell while the grid
 * keeps the focus, and each cell says in words what it shows.
 */
export function IntegrityGrid(props: IntegrityGridProps) {
  const { rows, span, zone, isNarrow, onChoose } = props;
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const [tip, setTip] = useState<Tip>();
  const [at, setAt] = useState<Where>();
  const columns = Math.round((span.to - span.from) / span.cellMs);
  const place = clamp(at ?? { row: 0, column: columns - 1 }, rows.length, columns);
  const days = useMemo(
    () => dayStarts(span, (instant) => formatDay(new Date(instant).toISOString(), zone)),
    [span, zone],
  );
  const chosen = readCell(props.chosen);
  const rowHeight = isNarrow ? 50 : 26;
  const shown = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Escape") setTip(undefined);
    if (event.key === "Enter" || event.key === " ") choose(place);
    else {
      const move = moves[event.key];
      if (move === undefined) return;
      const next = move({ ...place, lastRow: rows.length - 1, lastColumn: columns - 1 });
      setAt(next);
      shown.scrollToIndex(next.row);
      // It may have come into sight just now.
      requestAnimationFrame(() => {
        showTip(document.getElementById(cellId(id, next)));
      });
    }
    event.preventDefault();
  }

  function choose({ row, column }: Where): void {
    const chosenRow = rows[row];
    const cell = chosenRow?.cells[column];
    if (chosenRow !== undefined && cell !== undefined && cell.standing !== "nothing") onChoose(chosenRow, cell);
  }

  function showTip(target: EventTarget | null): void {
    const cell = target instanceof Element ? target.closest<HTMLElement>("[data-place]") : null;
    const box = frame.current?.getBoundingClientRect();
    const found = readPlace(cell);
    if (cell === null || box === undefined || found === undefined) {
      setTip(undefined);
      return;
    }
    const { left, width, bottom } = cell.getBoundingClientRect();
    setTip({ ...found, left: left - box.left + width / 2, top: bottom - box.top });
  }

  return (
    <div className={classes["matrix"]} ref={frame}>
      <Legend />
      <div className={classes["frame"]}>
        <TimeAxis span={span} zone={zone} days={days} columns={columns} />
        <div
          ref={scroller}
          role="grid"
          aria-label="Integrity by account, region and hour"
          aria-rowcount={rows.length}
          aria-colcount={columns + 1}
          className={classes["scroller"]}
          tabIndex={0}
          aria-activedescendant={rows.length === 0 ? undefined : cellId(id, place)}
          onKeyDown={onKeyDown}
          onPointerOver={(event) => {
            showTip(event.target);
          }}
          onPointerLeave={() => {
            setTip(undefined);
          }}
          onScroll={() => {
            setTip(undefined);
          }}
          onBlur={() => {
            setTip(undefined);
          }}
          onClick={(event) => {
            const found = readPlace(
              event.target instanceof Element ? event.target.closest<HTMLElement>("[data-place]") : null,
            );
            if (found === undefined) return;
            setAt(found);
            choose(found);
          }}
        >
          <div role="rowgroup" className={classes["rows"]} style={{ height: shown.getTotalSize() }}>
            {shown.getVirtualItems().map(({ index, start }) => {
              const row = rows[index];
              return row === undefined ? null : (
                <GridRow
                  key={`${row.accountId}/${row.region}`}
                  id={id}
                  row={row}
                  index={index}
                  top={start}
                  height={rowHeight}
                  zone={zone}
                  days={days}
                  accountName={props.accountNames.get(row.accountId)}
                  activeColumn={index === place.row ? place.column : undefined}
                  chosenAt={
                    chosen?.accountId === row.accountId && chosen.region === row.region ? chosen.from : undefined
                  }
                />
              );
            })}
          </div>
        </div>
      </div>
      <GridTip tip={tip} rows={rows} zone={zone} />
    </div>
  );
}

function clamp({ row, column }: Where, rows: number, columns: number): Where {
  return { row: Math.min(row, Math.max(0, rows - 1)), column: Math.min(column, columns - 1) };
}

function cellId(id: string, { row, column }: Where): string {
  return `${id}-${String(row)}-${String(column)}`;
}

function readPlace(cell: HTMLElement | null): Where | undefined {
  const [row, column] = (cell?.dataset["place"] ?? "").split(":").map(Number);
  return row === undefined || column === undefined ? undefined : { row, column };
}
