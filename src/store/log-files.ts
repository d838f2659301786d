import { chunksOf } from "../base/chunks.ts";
import { quoteText as quote } from "../predicate/index.ts";
import type { Engine } from "./engine/engine.ts";
import { inHours } from "./insert.ts";
import { idLists } from "./lists.ts";
import { eventsTable, logFilesTable, rejectsTable } from "./schema.ts";
import { parseRows } from "./rows.ts";

/** What is known of one object that was read, once its events are stored. */
export interface LogFile {
  readonly id: bigint;
  /** Where it came from: `file`, later `bucket`, `queue`, … */
  readonly source: string;
  /** Its name there: a path, or bucket and key. */
  readonly name: string;
  /** What changes when the object does: size and time of change of a local file, an object's version or ETag. */
  readonly version: string;
  readonly kind: string;
  readonly sizeBytes: number;
  /** Of the inflated bytes, hexadecimal. */
  readonly sha256: string;
  readonly records: number;
  readonly rejected: number;
  /** Events that were left out on purpose. */
  readonly dropped: number;
  /** From the name, milliseconds since the epoch. */
  readonly deliveredAt: number | undefined;
  readonly readAt: number;
  readonly note: string;
  /** Of the compressed object: one, as CloudTrail writes it, or more; 0 for what is no gzip. */
  readonly gzipMembers: number;
  /** Bytes of the object behind its last gzip member. */
  readonly bytesBehind: number;
}

export interface StoredLogFile extends LogFile {
  /** Events that this file was the first to bring. */
  readonly stored: number;
  readonly duplicates: number;
  readonly firstEventAt: number | undefined;
  readonly lastEventAt: number | undefined;
}

export interface Reject {
  readonly logFile: bigint;
  /** Of the record within the file, from 0. */
  readonly position: number;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  readonly reason: string;
  readonly message: string;
  readonly excerpt: string;
}

interface Acknowledged {
  readonly files: readonly LogFile[];
  readonly rejects: readonly Reject[];
  /** Starts of the hours, in their order, that all events of these files lie in; undefined when that is not known. */
  readonly hours: readonly number[] | undefined;
}

/**
 * Adds what the store itself knows of the files (stored events, their times), and writes the rows that acknowledge them;
 * `before` is told of them first.
 */
export async function acknowledge(
  engine: Engine,
  { files, rejects, hours }: Acknowledged,
  before: (stored: readonly StoredLogFile[]) => Promise<void>,
): Promise<StoredLogFile[]> {
  const ids = files.filter((file) => file.records > 0).map((file) => file.id);
  const held = await countHeld(engine, ids, hours);
  const stored = files.map((file): StoredLogFile => {
    const own = held.get(file.id);
    const count = own?.count ?? 0;
    return {
      ...file,
      stored: count,
      duplicates: Math.max(0, file.records - file.rejected - file.dropped - count),
      firstEventAt: own?.first,
      lastEventAt: own?.last,
    };
  });
  const readAt = files[0]?.readAt ?? 0;
  for (const some of chunksOf(rejects, atOnce)) await engine.execute(insertRejects(some, readAt));
  await before(stored);
  for (const some of chunksOf(stored, atOnce)) await engine.execute(insertLogFiles(some));
  return stored;
}

/** Without hours the files of all events are looked at, however many there are. */
async function countHeld(
  engine: Engine,
  ids: readonly bigint[],
  hours: readonly number[] | undefined,
): Promise<Map<bigint, { count: number; first: number; last: number }>> {
  const held = new Map<bigint, { count: number; first: number; last: number }>();
  const within = hours === undefined || hours.length === 0 ? "" : ` AND ${inHours(hours)}`;
  for (const list of idLists(ids)) {
    const rows = await engine.query(
      `SELECT toString(log_file), count(), toUnixTimestamp64Milli(min(event_time)), toUnixTimestamp64Milli(max(event_time))
FROM ${eventsTable} WHERE log_file IN (${list})${within} GROUP BY log_file`,
      { format: "JSONCompactEachRow" },
    );
    for (const [id, count, first, last] of parseRows<[string, string, string, string]>(rows)) {
      held.set(BigInt(id), { count: Number(count), first: Number(first), last: Number(last) });
    }
  }
  return held;
}

/** Rows in one INSERT of literal values. */
const atOnce = 2_000;

function insertLogFiles(files: readonly StoredLogFile[]): string {
  const rows = files.map((file) => {
    const values = [
      file.id.toString(),
      quote(file.source),
      quote(file.name),
      quote(file.version),
      quote(file.kind),
      file.sizeBytes,
      `unhex(${quote(file.sha256)})`,
      file.records,
      file.stored,
      file.duplicates,
      file.rejected,
      milliseconds(file.firstEventAt),
      milliseconds(file.lastEventAt),
      seconds(file.deliveredAt),
      milliseconds(file.readAt),
      quote(file.note),
      file.dropped,
      file.gzipMembers,
      file.bytesBehind,
    ];
    return `(${values.join(", ")})`;
  });
  return `INSERT INTO ${logFilesTable} VALUES ${rows.join(", ")}`;
}

function insertRejects(rejects: readonly Reject[], readAt: number): string {
  const rows = rejects.map((reject) => {
    const values = [
      reject.logFile.toString(),
      reject.position,
      reject.offsetBytes,
      reject.lengthBytes,
      quote(reject.reason),
      quote(reject.message),
      quote(reject.excerpt),
      milliseconds(readAt),
    ];
    return `(${values.join(", ")})`;
  });
  return `INSERT INTO ${rejectsTable} VALUES ${rows.join(", ")}`;
}

/** As a plain literal: the engine reads a thousand of those in the time of a few calls of a function. */
function milliseconds(at: number | undefined): string {
  return at === undefined ? "NULL" : (Math.trunc(at) / 1000).toFixed(3);
}

function seconds(at: number | undefined): string {
  return at === undefined ? "NULL" : String(Math.trunc(at / 1000));
}

/** Versions of the files of a source that are already read, by name; of those with certain names, if any are given. */
export async function seenVersions(
  engine: Engine,
  source: string,
  names?: readonly string[],
): Promise<Map<string, string>> {
  const named = names === undefined ? "" : ` AND name IN (${["''", ...names.map((name) => quote(name))].join(", ")})`;
  const sql = `SELECT name, version FROM ${logFilesTable} FINAL WHERE source = ${quote(source)}${named}`;
  const rows = await engine.query(sql, {
    format: "JSONCompactEachRow",
  });
  return new Map(parseRows<[string, string]>(rows));
}

/** What is listed for a log file that was read before. */
export type KnownLogFile = Pick<
  StoredLogFile,
  "kind" | "records" | "rejected" | "dropped" | "duplicates" | "lastEventAt" | "note"
>;

/** Of log files with certain ids, those that are read. */
export async function knownLogFiles(engine: Engine, ids: readonly bigint[]): Promise<Map<bigint, KnownLogFile>> {
  const known = new Map<bigint, KnownLogFile>();
  for (const list of idLists(ids)) {
    const rows = await engine.query(
      `SELECT toString(log_file), kind, records, rejected, dropped, duplicates,
toUnixTimestamp64Milli(last_event_at), note FROM ${logFilesTable} WHERE log_file IN (${list})`,
      { format: "JSONCompactEachRow" },
    );
    type Row = [string, string, string, string, string, string, string | null, string];
    for (const [id, kind, records, rejected, dropped, duplicates, last, note] of parseRows<Row>(rows)) {
      known.set(BigInt(id), {
        kind,
        records: Number(records),
        rejected: Number(rejected),
        dropped: Number(dropped),
        duplicates: Number(duplicates),
        lastEventAt: last === null ? undefined : Number(last),
        note,
      });
    }
  }
  return known;
}
