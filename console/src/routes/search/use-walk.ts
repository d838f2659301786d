import { useState } from "react";
import type { EventRow } from "../../api.ts";
import type { SearchControl } from "./search-state.ts";
import type { EventList } from "./use-events.ts";

export interface Walk {
  readonly at: { readonly row: number; readonly column: number };
  readonly current: EventRow | undefined;
  /** Rows up or down; an open event is followed by the next one opening. */
  readonly step: (by: 1 | -1) => void;
  readonly stepColumn: (by: 1 | -1) => void;
  readonly open: (row: EventRow, index: number, column: number) => void;
  readonly openCurrent: () => void;
  readonly close: () => void;
}

/** Where the keyboard stands in the table, and the event that is open. */
export function useWalk(control: SearchControl, list: EventList, columnCount: number): Walk {
  const { event: openId } = control.state;
  const [place, setPlace] = useState<{ row: number; column: number; events: EventList["events"] }>({
    row: -1,
    column: 1,
    events: list.events,
  });
  // After another question the keyboard starts afresh, on the open event where it is among the answers.
  const isSameList = list.events[0] === place.events[0];
  const kept = isSameList ? place.row : -1;
  const openRow = openId === undefined ? -1 : list.events.findIndex((row) => row.id === openId);
  const row = openRow >= 0 && (kept < 0 || list.events[kept]?.id !== openId) ? openRow : kept;
  const column = Math.min(place.column, columnCount - 1);
  const current = list.events[row];

  function show(event: EventRow, replace: boolean): void {
    control.change({ event: event.id, account: event.account === "" ? undefined : event.account }, { replace });
  }
  return {
    at: { row, column },
    current,
    step: (by) => {
      const next = Math.max(0, Math.min(list.events.length - 1, row + by));
      const event = list.events[next];
      if (event === undefined) return;
      setPlace({ row: next, column, events: list.events });
      if (openId !== undefined) show(event, true);
    },
    stepColumn: (by) => {
      setPlace({ row, column: Math.max(0, Math.min(columnCount - 1, column + by)), events: list.events });
    },
    open: (event, index, position) => {
      setPlace({ row: index, column: position, events: list.events });
      show(event, openId !== undefined);
    },
    openCurrent: () => {
      if (current !== undefined) show(current, false);
    },
    close: () => {
      if (openId !== undefined) control.change({ event: undefined, account: undefined, tab: undefined });
    },
  };
}
