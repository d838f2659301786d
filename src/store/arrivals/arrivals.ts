import type { FieldPath } from "../../predicate/index.ts";
import type { RecordAsk, StoredRecord } from "../stored-records.ts";

/** What was stored and not judged yet by rules; told by log files, for an event belongs to the one that brought it first. */
export interface Arrivals {
  /**
   * Log files that are acknowledged and not marked, those that were read first at the head. Exact whatever clocks said:
   * each one is told until it is marked, and one that is acknowledged again is told again. Those that brought no event
   * are never told: there is nothing to judge in them.
   */
  waiting(limit: number): Promise<ArrivedFile[]>;
  /** Whether any log file was ever marked: before that, all that is stored waits or will be told. */
  isAnyJudged(): boolean;
  countWaiting(): Promise<{ readonly logFiles: number; readonly events: number }>;
  /**
   * Events that these log files were the first to bring and that fulfil the condition, by time; of very many files in
   * several portions, each by time. Some at once, so that memory is bounded however slow the reader is.
   */
  records(files: readonly ArrivedFile[], ask: RecordAsk, signal?: AbortSignal): AsyncGenerator<readonly StoredRecord[]>;
  /** The different values of a field that has a column, over the events of these log files; empty texts left out. */
  distinct(files: readonly ArrivedFile[], path: FieldPath, signal?: AbortSignal): Promise<string[]>;
  /** Marks log files as judged; again does no harm. */
  markJudged(files: readonly ArrivedFile[]): Promise<void>;
  /** Marks all that waits: for a person who does not want what is old to be judged. Returns how many log files. */
  markAll(): Promise<number>;
}

/** A log file, or what stands for one, that was stored. */
export interface ArrivedFile {
  /** Of its acknowledgement, counted by the store: grows from each to the next. What marking goes by. */
  readonly number: number;
  readonly id: bigint;
  /** `file`, or the name of what it was collected by. */
  readonly source: string;
  readonly kind: string;
  /** Events that it was the first to bring. */
  readonly events: number;
  /** Of its events, milliseconds since the epoch; undefined where it brought none. */
  readonly firstAt: number | undefined;
  readonly lastAt: number | undefined;
  readonly readAt: number;
}
