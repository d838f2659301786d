import { quoteText as quote } from "../../predicate/index.ts";
import type { Engine } from "../engine/engine.ts";
import { streamTexts } from "../stream-events.ts";
import { eventsTable, logFilesTable } from "../schema.ts";

/**
 * The records of a log file in the order they stood in; of one that was read before that was kept, in the order of their
 * time. The table is ordered by time and not by file: the file's own first and last event tell where to look.
 */
export async function* readRawOf(engine: Engine, logFile: string): AsyncGenerator<Buffer, void, undefined> {
  const id = `toUInt64OrZero(${quote(logFile)})`;
  const edge = (which: string) => `(SELECT ${which} FROM ${logFilesTable} WHERE log_file = ${id})`;
  const first = edge("min(first_event_at)");
  const last = edge("max(last_event_at)");
  yield* streamTexts(
    engine,
    `SELECT raw FROM ${eventsTable} WHERE event_time >= ifNull(${first}, toDateTime64(0, 3, 'UTC'))
AND (${last} IS NULL OR event_time <= ${last}) AND log_file = ${id} ORDER BY position, event_time, event_id`,
  );
}
