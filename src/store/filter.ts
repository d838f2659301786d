import { compileSql, quoteText as quote, type Predicate } from "../predicate/index.ts";
import { eventTable, hourMs } from "./columns.ts";
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

/**
 * The filter as a WHERE condition; the time range comes first, because the table is ordered by time. With `inHours`, an
 * end that is a whole hour is asked of the primary key and of the column of hours, and no event's own time is read.
 */
export function whereOf(filter: EventFilter, { inHours = false } = {}): string {
  const conditions: string[] = [];
  const ends = [
    [">=", filter.from],
    ["<", filter.to],
  ] as const;
  for (const [by, at] of ends) {
    if (at === undefined) continue;
    const exact = `event_time ${by} ${instant(at)}`;
    if (inHours && at % hourMs === 0) conditions.push(`indexHint(${exact})`, `event_hour ${by} ${at / hourMs}`);
    else conditions.push(exact);
  }
  if (filter.predicate.kind !== "all") conditions.push(`(${compileSql(filter.predicate, eventTable)})`);
  if (filter.verdicts !== undefined) conditions.push(`(${ofVerdicts(filter.verdicts)})`);
  return conditions.length === 0 ? "1" : conditions.join(" AND ");
}

/** Stand for the records' text and its words where it is only asked whether a condition reads them. */
const [recordText, wordsText] = ["text_of_the_record", "words_of_the_record"];
const indexOfWords = `hasAllTokens(${wordsText}`;

/** The condition with marks where it reads a record's text. */
function marked({ predicate }: EventFilter): string {
  return compileSql(predicate, { ...eventTable, raw: recordText, words: wordsText });
}

/** Whether the index of words is asked. */
export function asksForWords(filter: EventFilter): boolean {
  return marked(filter).includes(indexOfWords);
}

/** Whether only columns are read, and neither the records' text nor the index of its words. */
export function readsColumnsOnly(filter: EventFilter): boolean {
  const sql = marked(filter);
  return !sql.includes(recordText) && !sql.includes(wordsText);
}

/** Whether the records' text is read; what an index tells is told many times as fast. */
export function readsRecords(filter: EventFilter): boolean {
  const sql = marked(filter).replaceAll(indexOfWords, "");
  return sql.includes(recordText) || sql.includes(wordsText);
}

/**
 * How to read what is counted. Blocks of columns are small in bytes even if they are long; with the usual ones a count
 * takes half as long again. And what is found in all stretches of the table is counted in two thirds of the time if
 * columns are not read one after another, each only where the one before leaves something.
 */
export function countSettings(filter: EventFilter): string {
  if (readsRecords(filter)) return "";
  const atOnce = readsColumnsOnly(filter) ? `, optimize_move_to_prewhere = 0, ${askAll}` : "";
  return `SETTINGS max_block_size = 65409${atOnce}`;
}

/**
 * To ask a condition on a column only where the one before leaves something open takes the engine longer than to ask
 * all: of three that are joined by OR a third.
 */
export const askAll = "short_circuit_function_evaluation = 'disable'";

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
