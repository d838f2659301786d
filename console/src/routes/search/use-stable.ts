import { useEffect, useMemo, useRef } from "react";
import type { CellActions } from "./table/event-row.tsx";

/** The same list object as long as it says the same. */
export function useStable(values: readonly string[]): readonly string[] {
  const key = JSON.stringify(values);
  return useMemo(() => JSON.parse(key) as readonly string[], [key]);
}

/** Actions whose identity never changes, so that rows are drawn again only when they change themselves. */
export function useStableActions(actions: CellActions): CellActions {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  return useMemo<CellActions>(
    () => ({
      open: (row, index, column) => {
        latest.current.open(row, index, column);
      },
      filter: (filter, way) => {
        latest.current.filter(filter, way);
      },
      copy: (text) => {
        latest.current.copy(text);
      },
    }),
    [],
  );
}
