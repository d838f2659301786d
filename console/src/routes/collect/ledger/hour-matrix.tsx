import { CellTip } from "../../../parts/cell-tip.tsx";
import { memo, useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import type { Zone } from "../../../parts/instants.ts";
import { formatShortInstant } from "../../../parts/instants.ts";
import { formatNumber } from "../../../parts/numbers.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { formatShare } from "../figures.ts";
import { cellCounts, cellTime, stateWords } from "./cell-words.ts";
import classes from "./ledger.module.css";
import { printCell } from "./ledger-state.ts";
import type { CellState, Span, Strip } from "./strips.ts";

export interface HourMatrixProps {
  readonly strips: readonly Strip[];
  readonly span: Span;
  readonly zone: Zone;
  /** Names of accounts, where they are known. */
  readonly accountNames: ReadonlyMap<string, string>;
  /** The cell that is looked at, as the address writes it. */
  readonly chosen: string | undefined;
  readonly onChoose: (cell: string | undefined) => void;
}

const shownMax = 60;
const legend: readonly CellState[] = ["complete", "waiting", "missing", "failing", "empty"];

/** Accounts and regions over time. The arrows go from cell to cell, and each says in words what it shows. */
export function HourMatrix({ strips, span, zone, accountNames, chosen, onChoose }: HourMatrixProps) {
  const [isWhole, setWhole] = useState(false);
  const [tip, setTip] = useState<Tip>();
  const frame = useRef<HTMLDivElement>(null);
  const shown = isWhole ? strips : strips.slice(0, shownMax);
  const [focused, setFocused] = useState({ row: 0, column: -1 });
  const columns = strips[0]?.cells.length ?? 0;
  const row = Math.min(focused.row, Math.max(0, shown.length - 1));
  const column = focused.column < 0 || focused.column >= columns ? columns - 1 : focused.column;

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    const move = moves[event.key];
    if (move === undefined) {
      if (event.key === "Escape") setTip(undefined);
      return;
    }
    event.preventDefault();
    const next = move({ row, column, lastRow: shown.length - 1, lastColumn: columns - 1 });
    setFocused(next);
    frame.current?.querySelector<HTMLElement>(`[data-place="${next.row}:${next.column}"]`)?.focus();
  }

  function show(target: EventTarget): void {
    const cell = target instanceof Element ? target.closest<HTMLElement>("[data-place]") : null;
    const box = frame.current?.getBoundingClientRect();
    if (cell === null || box === undefined) {
      setTip(undefined);
      return;
    }
    const at = cell.getBoundingClientRect();
    setTip({ place: cell.dataset["place"] ?? "", left: at.left - box.left + at.width / 2, top: at.bottom - box.top });
  }

  return (
    <div className={classes["matrix"]} ref={frame}>
      <Legend />
      <div
        role="grid"
        aria-label="Log files by account, region and time"
        aria-rowcount={shown.length}
        aria-colcount={columns + 1}
        className={classes["grid"]}
        onKeyDown={onKeyDown}
        onPointerOver={(event) => {
          show(event.target);
        }}
        onPointerLeave={() => {
          setTip(undefined);
        }}
        onFocus={(event) => {
          show(event.target);
        }}
        onBlur={() => {
          setTip(undefined);
        }}
        onClick={(event) => {
          const place = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-place]") : null;
          const [atRow = 0, atColumn = 0] = (place?.dataset["place"] ?? "").split(":").map(Number);
          const strip = place === null ? undefined : shown[atRow];
          const cell = strip?.cells[atColumn];
          if (strip === undefined || cell === undefined) return;
          setFocused({ row: atRow, column: atColumn });
          const name = printCell({ ...strip, from: cell.from });
          onChoose(name === chosen ? undefined : name);
        }}
      >
        <TimeAxis span={span} zone={zone} />
        {shown.map((strip, index) => (
          <StripRow
            key={`${strip.accountId}/${strip.region}`}
            strip={strip}
            index={index}
            zone={zone}
            accountName={accountNames.get(strip.accountId)}
            focusedColumn={index === row ? column : undefined}
            chosen={chosen}
          />
        ))}
      </div>
      <StripTip tip={tip} strips={shown} zone={zone} />
      {strips.length > shown.length ? (
        <button
          type="button"
          className={classes["whole"]}
          onClick={() => {
            setWhole(true);
          }}
        >
          Show all {formatNumber(strips.length)} accounts and regions
        </button>
      ) : null}
    </div>
  );
}

interface Where {
  readonly row: number;
  readonly column: number;
}

/** Where each key leads. */
const moves: Readonly<Record<string, (at: Where & { lastRow: number; lastColumn: number }) => Where>> = {
  ArrowLeft: ({ row, column }) => ({ row, column: Math.max(0, column - 1) }),
  ArrowRight: ({ row, column, lastColumn }) => ({ row, column: Math.min(lastColumn, column + 1) }),
  ArrowUp: ({ row, column }) => ({ row: Math.max(0, row - 1), column }),
  ArrowDown: ({ row, column, lastRow }) => ({ row: Math.min(lastRow, row + 1), column }),
  Home: ({ row }) => ({ row, column: 0 }),
  End: ({ row, lastColumn }) => ({ row, column: lastColumn }),
};

function Legend() {
  return (
    <ul className={classes["legend"]} aria-label="Signs">
      {legend.map((state) => {
        const [word, sign] = stateWords[state];
        return (
          <li key={state}>
            <span className={classes["cell"]} data-state={state} aria-hidden="true">
              {sign}
            </span>
            {word}
          </li>
        );
      })}
    </ul>
  );
}

/** The beginning, the middle and the end of the time that is shown. */
function TimeAxis({ span, zone }: { readonly span: Span; readonly zone: Zone }) {
  return (
    <div className={classes["axis"]} aria-hidden="true">
      {[span.from, (span.from + span.to) / 2, span.to].map((at) => (
        <span key={at}>{formatShortInstant(new Date(at).toISOString(), zone)}</span>
      ))}
    </div>
  );
}

interface StripRowProps {
  readonly strip: Strip;
  readonly index: number;
  readonly zone: Zone;
  readonly accountName: string | undefined;
  /** The one cell of the grid that Tab leads to, where it is in this row. */
  readonly focusedColumn: number | undefined;
  readonly chosen: string | undefined;
}

const StripRow = memo(function StripRow({ strip, index, zone, accountName, focusedColumn, chosen }: StripRowProps) {
  const { accountId, region, cells, known, read } = strip;
  const account = accountId === "" ? "no account" : accountId;
  return (
    <div role="row" className={classes["row"]}>
      <div role="rowheader" className={classes["label"]}>
        <strong>
          <VisibleText text={accountName ?? account} />
        </strong>
        <span>
          {accountName === undefined ? null : `${account} · `}
          <VisibleText text={region === "" ? "no region" : region} />
        </span>
        <em title={`${formatNumber(read)} of ${formatNumber(known)} log files`}>
          {formatShare(known === 0 ? null : read / known)}
        </em>
      </div>
      <div
        role="none"
        className={classes["cells"]}
        style={{ gridTemplateColumns: `repeat(${String(cells.length)}, minmax(0, 1fr))` }}
      >
        {cells.map((cell, column) => (
          <span
            key={cell.from}
            role="gridcell"
            className={classes["cell"]}
            data-state={cell.state}
            data-place={`${String(index)}:${String(column)}`}
            tabIndex={column === focusedColumn ? 0 : -1}
            aria-selected={chosen !== undefined && printCell({ ...strip, from: cell.from }) === chosen}
            aria-label={`${cellTime(cell, zone)}: ${cellCounts(cell)}`}
            onKeyDown={(event) => {
              if (event.key !== "Enter" && event.key !== " ") return;
              event.preventDefault();
              event.currentTarget.click();
            }}
          >
            {stateWords[cell.state][1]}
          </span>
        ))}
      </div>
    </div>
  );
});

interface Tip {
  readonly place: string;
  readonly left: number;
  readonly top: number;
}

/** What a cell of a strip says. */
function StripTip({ tip, strips, zone }: { tip: Tip | undefined; strips: readonly Strip[]; zone: Zone }) {
  const [row = 0, column = 0] = (tip?.place ?? "").split(":").map(Number);
  const strip = strips[row];
  const cell = strip?.cells[column];
  if (tip === undefined || strip === undefined || cell === undefined) return null;
  return (
    <CellTip left={tip.left} top={tip.top}>
      <strong>{cellTime(cell, zone)}</strong>
      <span>{cellCounts(cell)}</span>
    </CellTip>
  );
}
