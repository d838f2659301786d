import { chunksOf } from "../../base/chunks.ts";
import { compileSql, valuesSql, type FieldPath } from "../../predicate/index.ts";
import { eventTable } from "../columns.ts";
import type { Engine } from "../engine/engine.ts";
import { instant } from "../insert.ts";
import { type RecordAsk, type StoredRecord, streamRecords } from "../stored-records.ts";
import { parseRows } from "../rows.ts";
import { eventsTable } from "../schema.ts";
import type { ArrivedFile } from "./arrivals.ts";

/** Log files asked for in one statement: with a long condition beside them, they still find room in it. */
const filesAtOnce = 1_500;
/** Stretches of time in one statement; more are taken as fewer longer ones. */
const spansMax = 60;

export async function* recordsOf(
  engine: Engine,
  files: readonly ArrivedFile[],
  { predicate, mark }: RecordAsk,
  signal?: AbortSignal,
): AsyncGenerator<readonly StoredRecord[], void, undefined> {
  const condition = predicate.kind === "all" ? "1" : compileSql(predicate, eventTable);
  for (const portion of portionsOf(files))
    yield* streamRecords(engine, `${whereIn(portion)} AND (${condition})`, mark, signal);
}

export async function distinctValues(
  engine: Engine,
  files: readonly ArrivedFile[],
  path: FieldPath,
  signal?: AbortSignal,
): Promise<string[]> {
  const values = new Set<string>();
  for (const portion of portionsOf(files)) {
    const sql = `SELECT DISTINCT arrayJoin(${valuesOf(path)}) AS value FROM ${eventsTable} WHERE ${whereIn(portion)}`;
    for (const [value] of parseRows<[string]>(await engine.query(sql, { format: "JSONCompactEachRow", signal }))) {
      if (value !== "") values.add(value);
    }
  }
  return [...values];
}

function valuesOf(path: FieldPath): string {
  const column = eventTable.columnFor(path);
  if (column?.type === "text") return `[toString(${column.name})]`;
  if (column?.type === "texts") return column.name;
  return valuesSql(path, eventTable);
}

/** By time, so that each portion looks at a part of the table. */
function* portionsOf(files: readonly ArrivedFile[]): Generator<readonly ArrivedFile[], void, undefined> {
  const brought = files.filter(({ events }) => events > 0);
  yield* chunksOf(
    brought.sort((a, b) => (a.firstAt ?? 0) - (b.firstAt ?? 0)),
    filesAtOnce,
  );
}

function whereIn(portion: readonly ArrivedFile[]): string {
  const ids = new Set(portion.map(({ id }) => id));
  const spans = spansOf(portion).map(({ from, to }) => `event_time BETWEEN ${instant(from)} AND ${instant(to)}`);
  return `(${spans.join(" OR ")}) AND log_file IN (${[...ids].join(", ")})`;
}

interface Span {
  readonly from: number;
  to: number;
}

/** The times of log files that are in order of time, those that touch as one, the smallest gaps closed. */
function spansOf(portion: readonly ArrivedFile[]): Span[] {
  const spans: Span[] = [];
  for (const { firstAt = 0, lastAt = firstAt } of portion) {
    const before = spans.at(-1);
    if (before !== undefined && firstAt <= before.to + 1) before.to = Math.max(before.to, lastAt);
    else spans.push({ from: firstAt, to: lastAt });
  }
  return closed(spans);
}

function closed(spans: readonly Span[]): Span[] {
  const gaps = spans.map(({ from }, index) => from - (spans[index - 1]?.to ?? -Infinity));
  const widest = gaps.map((_, index) => index).sort((a, b) => (gaps[b] ?? 0) - (gaps[a] ?? 0));
  const begins = new Set(widest.slice(0, spansMax));
  const fewer: Span[] = [];
  for (const [index, { from, to }] of spans.entries()) {
    const before = fewer.at(-1);
    if (before !== undefined && !begins.has(index)) before.to = to;
    else fewer.push({ from, to });
  }
  return fewer;
}
