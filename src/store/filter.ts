import { compileSql, quoteText as quote, type Predicate } from "../predicate/index.ts";
import { eventTable } from "./columns.ts";
import { instant } from "./insert.ts";
import { verdictsByFileTable } from "./schema.ts";

/** Which events are asked for. */
export interface EventFilter {
  readonly predicate: Predicate;
  /** Milliseconds since the epoch, included; open when absent. */
  readonly from?: number | undefined;
  /** Milliseconds since the epoch, not included; open when absent. */
  readonly to?: number | undefined;
  /** Events of log files with one of these verdicts; `unjudged` are those without. All when absent. */
  readonly verdicts?: readonly string[] | undefined;
}

/** What is asked for in the place of a verdict where there is none. */
export const unjudged = "unjudged";

/** The filter as a WHERE condition; the time range comes first, because the table is ordered by time. */
export function whereOf(filter: EventFilter): string {
  const conditions: string[] = [];
  if (filter.from !== undefined) conditions.push(`event_time >= ${instant(filter.from)}`);
  if (filter.to !== undefined) conditions.push(`event_time < ${instant(filter.to)}`);
  if (filter.predicate.kind !== "all") conditions.push(`(${compileSql(filter.predicate, eventTable)})`);
  if (filter.verdicts !== undefined) conditions.push(`(${ofVerdicts(filter.verdicts)})`);
  return conditions.length === 0 ? "1" : conditions.join(" AND ");
}

/** Stands for the records' text where it is only asked whether a condition reads it. */
const recordText = "text_of_the_record";

/** Whether the records' text is read (or the index of its words); columns alone are read many times as fast. */
export function readsRecords({ predicate }: EventFilter): boolean {
  return compileSql(predicate, { ...eventTable, raw: recordText, words: recordText }).includes(recordText);
}

/** Whether the index of words is asked. */
export function asksForWords({ predicate }: EventFilter): boolean {
  return compileSql(predicate, { ...eventTable, words: recordText }).includes(recordText);
}

/** Blocks of columns are small in bytes even if they are long; with the usual ones a count takes half as long again. */
export function blocksFor(filter: EventFilter): string {
  return readsRecords(filter) ? "" : "SETTINGS max_block_size = 65409";
}

function ofVerdicts(verdicts: readonly string[]): string {
  const said = verdicts.filter((verdict) => verdict !== unjudged).map((verdict) => quote(verdict));
  const conditions = [
    ...(said.length === 0
      ? []
      : [`log_file IN (SELECT log_file FROM ${verdictsByFileTable} FINAL WHERE verdict IN (${said.join(", ")}))`]),
    ...(verdicts.includes(unjudged) ? [`log_file NOT IN (SELECT log_file FROM ${verdictsByFileTable})`] : []),
  ];
  return conditions.length === 0 ? "0" : conditions.join(" OR ");
}
