import { rm } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { growingPauseMs } from "../base/growing-pause.ts";
import type { Predicate } from "../predicate/index.ts";
import type { EarlyFile } from "./early-events.ts";
import type { Engine } from "./engine/engine.ts";
import { StoreError } from "./errors.ts";
import { countDropped, countKnown, insertFromSpool, outsideMark, unreadableMark, unreadableRows } from "./insert.ts";
import { layLeftOut } from "./left-out.ts";
import { SpoolWriter, stripePaths } from "./spool.ts";
import { parseRows, readRows, type RowAt, textAt } from "./rows.ts";

/** A sealed spool file, ready for the engine. */
export interface Batch {
  readonly path: string;
  readonly rows: number;
  /** Starts of the hours that the batch's events seem to lie in; a wrong or missing guess is slower, still exact. */
  readonly hours: readonly number[] | undefined;
  /**
   * Log files whose records were cut by a guess. If one of a file's rows turns out to be no record, nothing of that file
   * is stored.
   */
  readonly guessed?: readonly bigint[];
  /** Log files of the batch that bring events before CloudTrail's own file does. */
  readonly early?: readonly EarlyFile[];
}

/** What a second, careful look at bytes that the engine's parser refused has found in them. */
export interface CarefulReading {
  /** Records, each with a well-formed stand-in that its columns are read from. */
  readonly records: readonly { readonly raw: Uint8Array; readonly clean: string }[];
  readonly refused: readonly Omit<RefusedRecord, "logFile" | "row">[];
}

export type CarefulReader = (raw: Uint8Array) => CarefulReading;

export interface RefusedRecord {
  readonly logFile: bigint;
  readonly row: number;
  readonly lengthBytes: number;
  readonly reason: string;
  readonly message: string;
  readonly excerpt: string;
}

/** What became of a batch's rows that the engine could not read; nearly always none. */
export interface WriteOutcome {
  /** The first of each log file. */
  readonly refused: readonly RefusedRecord[];
  /** How many there were in all, by log file and reason. */
  readonly refusedFor: ReadonlyMap<bigint, ReadonlyMap<string, number>>;
  /** Rows of a file that held more (or fewer) than one record, as a difference to the rows that were counted. */
  readonly extraRecords: ReadonlyMap<bigint, number>;
  /** Log files of which nothing was stored, because the guess where their records lie was wrong. */
  readonly wronglyCut: readonly bigint[];
  /** How many events each of the conditions dropped, by log file. */
  readonly dropped: readonly DroppedEvents[];
  /** Starts of the hours that all of the batch's events lie in, as the engine found; undefined where it was not asked. */
  readonly hours: readonly number[] | undefined;
}

export interface DroppedEvents {
  readonly logFile: bigint;
  /** Place of the condition. */
  readonly drop: number;
  readonly events: number;
}

export interface WriteOptions {
  /** Events that fit one of these are not stored, but counted. */
  readonly drops?: readonly Predicate[];
  /** Events in a batch's hours that are held in memory to find repeated ones; of more only those that come again. */
  readonly knownMax?: number;
}

/** What is done around each insert of a spool file. */
export interface InsertCompanion {
  before(path: string): Promise<void>;
  /** `hours` as for the insert: undefined where they are not known. */
  after(path: string, hours: readonly number[] | undefined, without: readonly bigint[]): Promise<void>;
}

interface CompaniedOptions extends WriteOptions {
  readonly companion?: InsertCompanion | undefined;
}

/** How many refused records of one log file are kept with their text. */
const refusedMax = 1_000;
/** Batches up to this size get their look-up indexes at once, so that a small store never waits for them. */
const indexedRowsMax = 30_000;
/** They take some 100 MB; to look for a batch's own ids among them is quicker from about here on. */
const knownMaxUsual = 1_000_000;
const insertTriesMax = 10;
const insertPauseMs = { first: 500, most: 30_000 };

/**
 * Moves one batch into the engine; when this returns, all its events are on disk and searchable. Nearly always that is
 * one statement. If a record in it cannot be read by the engine, each such record is read again with care: what can be
 * stored is, the rest is returned with its reason.
 */
export async function writeBatch(
  engine: Engine,
  batch: Batch,
  readCarefully: CarefulReader,
  options: CompaniedOptions = {},
  without: readonly bigint[] = [],
): Promise<WriteOutcome> {
  const indexLater = batch.rows > indexedRowsMax;
  const { drops = [], companion, knownMax = knownMaxUsual } = options;
  try {
    await companion?.before(batch.path);
    const knowsMany = await isManyKnown(engine, batch.hours, knownMax);
    const insert = { hours: batch.hours, strict: true, knowsMany, indexLater, without, drops };
    await insertPatiently(engine, insertFromSpool(batch.path, insert));
    await companion?.after(batch.path, batch.hours, without);
    const dropped = await droppedOf(engine, batch.path, drops, without);
    const { hours } = batch;
    return { refused: [], refusedFor: new Map(), extraRecords: new Map(), wronglyCut: without, dropped, hours };
  } catch (error) {
    if (isMarked(error, outsideMark)) {
      return writeBatch(engine, { ...batch, hours: undefined }, readCarefully, options, without);
    }
    if (!isMarked(error, unreadableMark)) throw asWriteFailure(error);
    const wronglyCut = without.length > 0 ? [] : await wronglyCutFiles(engine, batch);
    if (wronglyCut.length > 0) {
      await using _ = await layLeftOut(batch.path, wronglyCut);
      return await writeBatch(engine, batch, readCarefully, options, wronglyCut);
    }
    return writeWithRefused(engine, batch, readCarefully, options, without);
  }
}

/** Merges that go on beside it may leave too little memory for a while; to insert again does no harm. */
async function insertPatiently(engine: Engine, sql: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await engine.execute(sql);
      return;
    } catch (error) {
      const isTooLarge = error instanceof StoreError && error.code === "store-query-too-large";
      if (!isTooLarge || tries === insertTriesMax) throw error;
      await setTimeout(growingPauseMs(insertPauseMs, tries - 1));
    }
  }
}

async function isManyKnown(engine: Engine, hours: readonly number[] | undefined, knownMax: number): Promise<boolean> {
  const rows = await engine.query(countKnown(hours), { format: "JSONCompactEachRow" });
  return Number(parseRows<[string]>(rows)[0]?.[0] ?? 0) > knownMax;
}

async function droppedOf(
  engine: Engine,
  path: string,
  drops: readonly Predicate[],
  without: readonly bigint[],
): Promise<DroppedEvents[]> {
  if (drops.length === 0) return [];
  const rows = await engine.query(countDropped(path, drops, without), { format: "JSONCompactEachRow" });
  return parseRows<[string, number, string]>(rows).map(([logFile, drop, events]) => ({
    logFile: BigInt(logFile),
    drop: Number(drop),
    events: Number(events),
  }));
}

/** Of the log files whose records were cut by a guess, those with a row that is no record. */
async function wronglyCutFiles(engine: Engine, batch: Batch): Promise<bigint[]> {
  const guessed = new Set(batch.guessed);
  if (guessed.size === 0) return [];
  const sql = `SELECT DISTINCT toString(log_file) FROM (${unreadableRows(batch.path, [])})`;
  const rows = parseRows<[string]>(await engine.query(sql, { format: "JSONCompactEachRow" }));
  return rows.map(([logFile]) => BigInt(logFile)).filter((logFile) => guessed.has(logFile));
}

function isMarked(error: unknown, mark: string): boolean {
  return error instanceof StoreError && error.message.includes(mark);
}

async function writeWithRefused(
  engine: Engine,
  batch: Batch,
  readCarefully: CarefulReader,
  { drops = [], companion, knownMax = knownMaxUsual }: CompaniedOptions,
  without: readonly bigint[],
): Promise<WriteOutcome> {
  const dropped: DroppedEvents[] = [];
  const refused: RefusedRecord[] = [];
  const refusedFor = new Map<bigint, Map<string, number>>();
  const extraRecords = new Map<bigint, number>();
  const options = {
    hours: undefined,
    strict: false,
    knowsMany: await isManyKnown(engine, undefined, knownMax),
    indexLater: batch.rows > indexedRowsMax,
    without,
    drops,
  };
  const mended = new SpoolWriter(`${batch.path}.mended`);
  try {
    for await (const { row, position, logFile, raw } of unreadable(engine, batch.path, without)) {
      const reading = readCarefully(raw);
      for (const record of reading.records) {
        mended.add(logFile, record.raw, 0, record.raw.length, { clean: Buffer.from(record.clean), position });
      }
      for (const part of reading.refused) {
        if (countRefused(refusedFor, logFile, part.reason) <= refusedMax) refused.push({ logFile, row, ...part });
      }
      const extra = reading.records.length + reading.refused.length - 1;
      if (extra !== 0) extraRecords.set(logFile, (extraRecords.get(logFile) ?? 0) + extra);
    }
    mended.close();
    await insertPatiently(engine, insertFromSpool(batch.path, { ...options, readableOnly: true }));
    await companion?.after(batch.path, undefined, without);
    dropped.push(...(await droppedOf(engine, batch.path, drops, without)));
    if (mended.rows > 0) {
      // Of what is left out it has no row.
      await companion?.before(mended.path);
      await insertPatiently(engine, insertFromSpool(mended.path, { ...options, without: [] }));
      await companion?.after(mended.path, undefined, []);
      dropped.push(...(await droppedOf(engine, mended.path, drops, [])));
    }
  } catch (error) {
    throw asWriteFailure(error);
  } finally {
    for (const path of stripePaths(mended.path)) await rm(path, { force: true });
  }
  return { refused, refusedFor, extraRecords, wronglyCut: without, dropped, hours: undefined };
}

/** Gives how many the log file has now. */
function countRefused(refusedFor: Map<bigint, Map<string, number>>, logFile: bigint, reason: string): number {
  const counts = refusedFor.get(logFile) ?? new Map<string, number>();
  counts.set(reason, (counts.get(reason) ?? 0) + 1);
  refusedFor.set(logFile, counts);
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

interface UnreadableRow {
  readonly row: number;
  readonly position: number;
  readonly logFile: bigint;
  readonly raw: Buffer;
}

/** In one pass over the spool: many such rows must not take longer than many good ones. */
async function* unreadable(engine: Engine, path: string, without: readonly bigint[]): AsyncGenerator<UnreadableRow> {
  const chunks = engine.stream(unreadableRows(path, without), { format: "RowBinary" });
  for await (const rows of readRows(chunks, unreadableAt)) yield* rows;
}

/** Row, position, log file, text. */
function unreadableAt(bytes: Buffer, start: number): RowAt<UnreadableRow> | undefined {
  const raw = textAt(bytes, start + 16);
  if (raw === undefined) return undefined;
  const row = {
    row: bytes.readUInt32LE(start),
    position: bytes.readUInt32LE(start + 4),
    logFile: bytes.readBigUInt64LE(start + 8),
    raw: bytes.subarray(raw.from, raw.to),
  };
  return { row, end: raw.to };
}

function asWriteFailure(cause: unknown): StoreError {
  if (cause instanceof StoreError && cause.code !== "store-query-failed") return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  return new StoreError(`The batch could not be stored: ${message}`, {
    code: "store-write-failed",
    fault: "ours",
    help: "Import the same files again; what is already stored is not doubled",
    cause,
  });
}
