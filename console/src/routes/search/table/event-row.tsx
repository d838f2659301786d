import { memo, useState } from "react";
import type { EventRow } from "../../../api.ts";
import { Icon } from "../../../parts/icon.tsx";
import { formatInstant, formatRelative } from "../../../parts/instants.ts";
import type { Zone } from "../../../parts/instants.ts";
import { VerdictMark } from "../../../parts/verdict-mark.tsx";
import { toVisible } from "../../../parts/visible-text.tsx";
import type { VerdictKind } from "../../../verify-api.ts";
import { outcomeOf } from "../wording/words.ts";
import type { CellFilter, Column } from "./columns.tsx";
import classes from "./event-table.module.css";

export interface CellActions {
  readonly open: (row: EventRow, index: number, column: number) => void;
  readonly filter: (filter: CellFilter, way: "in" | "out") => void;
  readonly copy: (text: string) => void;
}

export interface EventTableRowProps {
  readonly row: EventRow;
  readonly index: number;
  readonly top: number;
  readonly columns: readonly Column[];
  readonly template: string;
  readonly zone: Zone;
  /** On the log file that it came in, where that was judged. */
  readonly verdict: VerdictKind | undefined;
  /** Some rows of the table have a verdict: all of them have room for it. */
  readonly hasMarks: boolean;
  readonly isOpen: boolean;
  /** The column the keyboard stands on when it stands on this row, else −1. */
  readonly activeColumn: number;
  readonly actions: CellActions;
}

function titleOf(column: Column, row: EventRow, zone: Zone): string | undefined {
  if (column.key === "time") return `${row.time}\n${formatInstant(row.time, zone)}\n${formatRelative(row.time)}`;
  if (["who", "resource", "outcome"].includes(column.key)) return undefined;
  return toVisible(column.text(row).slice(0, 500));
}

/** One event. The little buttons of a cell exist only under the pointer, so that a thousand rows stay light. */
export const EventTableRow = memo(function EventTableRow(props: EventTableRowProps) {
  const { row, index, columns, zone, verdict, hasMarks, actions, activeColumn } = props;
  const [hovered, setHovered] = useState(-1);
  return (
    <div
      className={classes["row"]}
      role="row"
      id={`event-${String(index)}`}
      aria-rowindex={index + 2}
      aria-selected={props.isOpen}
      data-active={activeColumn >= 0}
      data-error={outcomeOf(row).isError}
      onPointerLeave={() => {
        setHovered(-1);
      }}
      style={{ transform: `translateY(${String(props.top)}px)`, gridTemplateColumns: props.template }}
    >
      {columns.map((column, position) => (
        <div
          key={column.key}
          className={classes["cell"]}
          role="gridcell"
          aria-colindex={position + 1}
          data-active={position === activeColumn}
          title={titleOf(column, row, zone)}
          onPointerEnter={(event) => {
            if (event.pointerType === "mouse") setHovered(position);
          }}
          onClick={() => {
            if (getSelection()?.isCollapsed !== false) actions.open(row, index, position);
          }}
        >
          {position === 0 && hasMarks ? <VerdictMark kind={verdict} isInline /> : null}
          {column.cell(row, zone)}
          {hovered === position ? <CellButtons column={column} row={row} actions={actions} /> : null}
        </div>
      ))}
    </div>
  );
});

function CellButtons({
  column,
  row,
  actions,
}: {
  readonly column: Column;
  readonly row: EventRow;
  readonly actions: CellActions;
}) {
  const filter = column.filter(row);
  const text = column.text(row);
  const said = toVisible((filter?.value ?? text).slice(0, 80));
  return (
    <span
      className={classes["buttons"]}
      onClick={(event) => {
        event.stopPropagation();
      }}
    >
      {filter === undefined ? null : (
        <>
          <CellButton
            icon="plus"
            label={filter.value === undefined ? `Only events without ${filter.field}` : `Only ${said}`}
            onClick={() => {
              actions.filter(filter, "in");
            }}
          />
          <CellButton
            icon="minus"
            label={filter.value === undefined ? `Only events with ${filter.field}` : `Without ${said}`}
            onClick={() => {
              actions.filter(filter, "out");
            }}
          />
        </>
      )}
      <CellButton
        icon="copy"
        label={`Copy ${said}`}
        onClick={() => {
          actions.copy(text);
        }}
      />
    </span>
  );
}

function CellButton(props: {
  readonly icon: "plus" | "minus" | "copy";
  readonly label: string;
  readonly onClick: () => void;
}) {
  return (
    <button type="button" tabIndex={-1} aria-label={props.label} title={props.label} onClick={props.onClick}>
      <Icon name={props.icon} size={12} />
    </button>
  );
}
