import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { ReactNode } from "react";
import { formatShortInstant } from "../../../parts/instants.ts";
import type { Zone } from "../../../parts/instants.ts";
import { countOf } from "../../../parts/numbers.ts";
import type { EventList } from "../use-events.ts";
import type { Column } from "./columns.tsx";
import { EventTableRow } from "./event-row.tsx";
import type { CellActions } from "./event-row.tsx";
import classes from "./event-table.module.css";

const rowHeight = 32;

export interface EventTableProps {
  readonly list: EventList;
  readonly columns: readonly Column[];
  readonly zone: Zone;
  /** A telephone: columns share the width there is. */
  readonly isNarrow: boolean;
  /** The row and column the keyboard stands on; row −1 is none. */
  readonly at: { readonly row: number; readonly column: number };
  readonly openId: string | undefined;
  readonly actions: CellActions;
  readonly onRemoveColumn: (key: string) => void;
  /** What stands in place of rows when there are none. */
  readonly empty: ReactNode;
}

/** The events as a grid of which only the rows in sight exist; the next page is asked for before the end is reached. */
export function EventTable(props: EventTableProps) {
  const { list, columns, at } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: list.events.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight,
  });
  const inSight = rows.getVirtualItems();
  const last = inSight.at(-1)?.index ?? -1;
  const { loadMore } = list;
  const isNearEnd = last >= 0 && last >= list.events.length - 40;
  useEffect(() => {
    if (isNearEnd && list.hasMore && !list.isLoadingMore) loadMore();
  });
  const firstId = list.events[0]?.id;
  useEffect(() => {
    // Other answers are read from the top.
    scroller.current?.scrollTo({ top: 0 });
  }, [firstId]);
  useEffect(() => {
    if (at.row < 0) return;
    rows.scrollToIndex(at.row, { align: "auto" });
    if (document.activeElement === document.body) scroller.current?.focus({ preventScroll: true });
  }, [at.row, rows]);

  const hasMarks = Object.keys(list.verdicts).length > 0;
  const template = columns
    .map(({ width }, position) => (props.isNarrow ? "minmax(0, 1fr)" : withRoom(width, hasMarks && position === 0)))
    .join(" ");
  return (
    <div className={classes["frame"]} data-stale={list.isStale}>
      <div
        className={classes["scroller"]}
        ref={scroller}
        role="grid"
        aria-label="Events"
        aria-rowcount={list.hasMore ? -1 : list.events.length + 1}
        aria-colcount={columns.length}
        aria-busy={list.isStale}
        // The keys move over rows of which only those in sight exist: the grid keeps the focus and names the row.
        tabIndex={0}
        aria-activedescendant={at.row < 0 ? undefined : `event-${String(at.row)}`}
      >
        <div className={classes["sheet"]} role="presentation">
          <div className={classes["head"]} role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
            {columns.map((column) => (
              <HeadCell
                key={column.key}
                column={column}
                onRemove={columns.length > 1 ? props.onRemoveColumn : undefined}
              />
            ))}
          </div>
          <div className={classes["body"]} role="rowgroup" style={{ height: rows.getTotalSize() }}>
            {inSight.map((item) => {
              const row = list.events[item.index];
              return row === undefined ? null : (
                <EventTableRow
                  key={item.key}
                  row={row}
                  index={item.index}
                  top={item.start}
                  columns={columns}
                  template={template}
                  zone={props.zone}
                  verdict={list.verdicts[row.logFile]}
                  hasMarks={hasMarks}
                  isOpen={row.id === props.openId}
                  activeColumn={item.index === at.row ? at.column : -1}
                  actions={props.actions}
                />
              );
            })}
          </div>
          {list.events.length === 0 && list.searchedTo === undefined ? (
            <div className={classes["empty"]}>{props.empty}</div>
          ) : (
            <TableEnd list={list} zone={props.zone} />
          )}
        </div>
      </div>
    </div>
  );
}

/** A column of a fixed width is wider where the mark of the verdict stands in it. */
function withRoom(width: string, hasMark: boolean): string {
  return hasMark && /^\d+px$/.test(width) ? `calc(${width} + 20px)` : width;
}

function HeadCell({
  column,
  onRemove,
}: {
  readonly column: Column;
  readonly onRemove: ((key: string) => void) | undefined;
}) {
  return (
    <div className={classes["headCell"]} role="columnheader" title={column.title}>
      <span>{column.title}</span>
      {onRemove === undefined ? null : (
        <button
          type="button"
          className={classes["remove"]}
          tabIndex={-1}
          aria-label={`Remove the column ${column.title}`}
          onClick={() => {
            onRemove(column.key);
          }}
        >
          ×
        </button>
      )}
    </div>
  );
}

function TableEnd({ list, zone }: { readonly list: EventList; readonly zone: Zone }) {
  if (list.searchedTo !== undefined) {
    const found = list.events.length === 0 ? "Nothing found" : `${countOf(list.events.length, "event")} found`;
    return (
      <div
        className={classes["end"]}
      >{`${found} back to ${formatShortInstant(list.searchedTo, zone)}; looking on…`}</div>
    );
  }
  if (list.hasMore) return <div className={classes["end"]}>{list.isLoadingMore ? "Reading older events…" : ""}</div>;
  return <div className={classes["end"]}>{`That is all: ${countOf(list.events.length, "event")}`}</div>;
}
