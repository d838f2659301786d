import { compileSql, type Predicate } from "../predicate/index.ts";
import { eventTable } from "./columns.ts";
import { instant } from "./insert.ts";

/** Which events are asked for. */
export interface EventFilter {
  readonly predicate: Predicate;
  /** Milliseconds since the epoch, included; open when absent. */
  readonly from?: number | undefined;
  /** Milliseconds since the epoch, not included; open when absent. */
  readonly to?: number | undefined;
}

/** The filter as a WHERE condition; the time range comes first, because the table is ordered by time. */
export function whereOf(filter: EventFilter): string {
  const conditions: string[] = [];
  if (filter.from !== undefined) conditions.push(`event_time >= ${instant(filter.from)}`);
  if (filter.to !== undefined) conditions.push(`event_time < ${instant(filter.to)}`);
  if (filter.predicate.kind !== "all") conditions.push(`(${compileSql(filter.predicate, eventTable)})`);
  return conditions.length === 0 ? "1" : conditions.join(" AND ");
}
