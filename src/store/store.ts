import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { quoteText as quote } from "../predicate/index.ts";
import type { Arrivals } from "./arrivals/arrivals.ts";
import { EngineArrivals } from "./arrivals/engine-arrivals.ts";
import { BulkWriting, waitUntilSettled } from "./bulk.ts";
import { countMatches, type MatchCount, type MatchesRequest } from "./count-matches.ts";
import { type CountRequest, countOverTime, type HistogramSlice } from "./count-events.ts";
import { deliveryDelays, type DelayRequest, type DeliveryDelay } from "./delivery-delays.ts";
import {
  eventVolumes,
  logFileVolumes,
  type EventVolume,
  type LogFileVolume,
  type VolumeRequest,
} from "./event-volumes.ts";
import { type EventPlace, eventsAt } from "./events-at.ts";
import { EarlyEvents, type UnreconciledEvents, type UnreconciledRequest } from "./early-events.ts";
import { dropFormer } from "./drop-former.ts";
import { Engine } from "./engine/engine.ts";
import { StoreError } from "./errors.ts";
import { type EventFilter, whereOf } from "./filter.ts";
import { KnownRange, type TimeRange } from "./known-range.ts";
import {
  acknowledge,
  knownLogFiles,
  seenVersions,
  type KnownLogFile,
  type LogFile,
  type Reject,
  type StoredLogFile,
} from "./log-files.ts";
import { logFileById, recentLogFiles, type LogFileDetails } from "./log-file-list.ts";
import {
  pageStatement,
  readEvent,
  readPage,
  readWholePage,
  type Page,
  type PageLook,
  type PageRequest,
  type StoredEvent,
  type WholeEvent,
} from "./read-events.ts";
import { EngineProofs } from "./proofs/engine-proofs.ts";
import type { ProofStore } from "./proofs/proof-rows.ts";
import { schemaVersion, settingsTable, setUpStatements } from "./schema.ts";
import { type RecordAsk, type StoredRecord, streamRecords } from "./stored-records.ts";
import { streamRaw } from "./stream-events.ts";
import { readStatistics, type StoreStatistics } from "./statistics.ts";
import { topValues, type TopValuesRequest, type ValueCount } from "./top-values.ts";
import { wholeEvents } from "./whole-events.ts";
import { writeBatch, type Batch, type CarefulReader, type WriteOptions, type WriteOutcome } from "./write.ts";
import { parseRows } from "./rows.ts";

export interface StoreOptions {
  /** The data folder; the store keeps to `events/` and `spool/` in it. */
  readonly directory: string;
  readonly now: () => number;
  readonly memoryBytesMax?: number;
  /** Events that a page is looked for in first; as many as are quick to look through when absent. */
  readonly firstLookEvents?: number;
  /** Told each time when nothing was asked of the store for a quarter of a minute. */
  readonly onRest?: () => void;
}

/** All events, and what is known of the files that they came in. */
export class EventStore implements AsyncDisposable {
  readonly #engine: Engine;
  readonly #early: EarlyEvents;
  readonly #arrivals: EngineArrivals;
  readonly #now: () => number;
  readonly #range: KnownRange;
  readonly #look: PageLook;
  readonly #listeners = new Set<() => void>();
  /** Where sealed batches wait for the engine. */
  readonly spoolDirectory: string;
  /** Digests and verdicts. */
  readonly proofs: ProofStore;

  private constructor(engine: Engine, early: EarlyEvents, arrivals: EngineArrivals, options: StoreOptions) {
    this.#engine = engine;
    this.#early = early;
    this.#arrivals = arrivals;
    this.#now = options.now;
    this.#range = new KnownRange(engine);
    this.#look = { ...options, storedRange: () => this.#range.get() };
    this.spoolDirectory = join(options.directory, "spool");
    this.proofs = new EngineProofs({ engine, spoolDirectory: this.spoolDirectory });
  }

  /** Opens the store, making it if absent. Throws `store-in-use` when another process has it. */
  static async open(options: StoreOptions): Promise<EventStore> {
    await mkdir(options.directory, { recursive: true, mode: 0o700 });
    const engine = await Engine.open({
      directory: join(options.directory, "events"),
      setUp: setUpStatements,
      limits: options.memoryBytesMax === undefined ? {} : { memoryBytesMax: options.memoryBytesMax },
      onRest: options.onRest,
    });
    try {
      const arrivals = await EngineArrivals.open(engine, options.now);
      const store = new EventStore(engine, await EarlyEvents.open(engine), arrivals, options);
      await store.#checkVersion();
      await dropFormer(engine);
      await store.#emptySpool();
      return store;
    } catch (error) {
      await engine[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** What was stored and is to be judged by rules. */
  get arrivals(): Arrivals {
    return this.#arrivals;
  }

  get engineProcessId(): number | undefined {
    return this.#engine.processId;
  }

  /** When this returns, the batch's events are on disk, searchable, and each stored once. */
  async write(batch: Batch, readCarefully: CarefulReader, options: WriteOptions = {}): Promise<WriteOutcome> {
    const companion = this.#early.companion(batch);
    return this.#range.during(() => writeBatch(this.#engine, batch, readCarefully, { ...options, companion }));
  }

  /**
   * Marks files as read. Call it only when all their batches are written. `hours` are the starts of those that all events
   * of these files lie in, if that is known: without them all that is stored is looked through.
   */
  async acknowledge(
    files: readonly LogFile[],
    rejects: readonly Reject[],
    hours?: readonly number[],
  ): Promise<StoredLogFile[]> {
    const stored = await acknowledge(this.#engine, { files, rejects, hours }, (some) => this.#arrivals.note(some));
    for (const listener of this.#listeners) listener();
    return stored;
  }

  /** Calls a listener after log files were acknowledged here; returns how to stop. Other processes are not heard. */
  onAcknowledged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Of log files with certain ids, those that are read. */
  async knownLogFiles(ids: readonly bigint[]): Promise<Map<bigint, KnownLogFile>> {
    return knownLogFiles(this.#engine, ids);
  }

  async seenVersions(source: string, names?: readonly string[]): Promise<Map<string, string>> {
    return seenVersions(this.#engine, source, names);
  }

  async page(request: PageRequest, signal?: AbortSignal): Promise<Page<StoredEvent>> {
    return readPage(this.#engine, request, this.#look, signal);
  }

  async wholePage(request: PageRequest, signal?: AbortSignal): Promise<Page<WholeEvent>> {
    return readWholePage(this.#engine, request, this.#look, signal);
  }

  /** Events with their records, oldest first, one by one. */
  wholeEvents(
    request: EventFilter & { readonly limit?: number | undefined },
    signal?: AbortSignal,
  ): AsyncGenerator<WholeEvent, void, undefined> {
    return wholeEvents((page) => this.wholePage(page, signal), request);
  }

  /** Records by time, some at once, in one statement: for those who look at very many. */
  records(
    { mark, ...filter }: EventFilter & RecordAsk,
    signal?: AbortSignal,
  ): AsyncGenerator<readonly StoredRecord[], void, undefined> {
    return streamRecords(this.#engine, whereOf(filter), mark, signal);
  }

  statementOf(request: PageRequest): string {
    return pageStatement(request);
  }

  streamRaw(
    request: EventFilter & {
      readonly order: "newest" | "oldest";
      readonly limit?: number | undefined;
    },
    signal?: AbortSignal,
  ): AsyncGenerator<Buffer, void, undefined> {
    return streamRaw(this.#engine, request, signal);
  }

  /** Each with the log file that CloudTrail wrote it in, where that has come. */
  async event(id: string, account?: string): Promise<WholeEvent[]> {
    return this.#early.withLogFiles(await readEvent(this.#engine, id, account));
  }

  /** Those of some events that are stored, in no order. */
  async eventsAt(places: readonly EventPlace[], signal?: AbortSignal): Promise<WholeEvent[]> {
    return eventsAt(this.#engine, places, signal);
  }

  /** Events that came early and that no log file has brought since: a file may be missing. The newest hour first. */
  async unreconciled(request: UnreconciledRequest): Promise<UnreconciledEvents[]> {
    return this.#early.unreconciled(request);
  }

  countOverTime(request: CountRequest, signal?: AbortSignal): AsyncGenerator<HistogramSlice, void, undefined> {
    return countOverTime(this.#engine, request, this.#look, signal);
  }

  /** How many events fulfil each of many conditions; nothing for one that is too long for the engine. */
  async countMatches(request: MatchesRequest, signal?: AbortSignal): Promise<(MatchCount | undefined)[]> {
    return countMatches(this.#engine, request, signal);
  }

  async topValues(request: TopValuesRequest, signal?: AbortSignal): Promise<ValueCount[]> {
    return topValues(this.#engine, request, signal);
  }

  async range(): Promise<TimeRange | undefined> {
    return this.#range.get();
  }

  async statistics(): Promise<StoreStatistics> {
    return readStatistics(this.#engine);
  }

  async deliveryDelays(request: DelayRequest): Promise<DeliveryDelay[]> {
    return deliveryDelays(this.#engine, request);
  }

  /** How many events and log files came of what, for who asks what they cost. */
  async volumes(
    request: VolumeRequest,
    signal?: AbortSignal,
  ): Promise<{ readonly events: readonly EventVolume[]; readonly logFiles: readonly LogFileVolume[] }> {
    const [events, logFiles] = await Promise.all([
      eventVolumes(this.#engine, request, signal),
      logFileVolumes(this.#engine, request, signal),
    ]);
    return { events, logFiles };
  }

  async logFile(id: string): Promise<LogFileDetails | undefined> {
    return logFileById(this.#engine, id);
  }

  async logFiles(limit: number): Promise<LogFileDetails[]> {
    return recentLogFiles(this.#engine, limit);
  }

  /** A word kept beside the events, such as the note that they are made up. */
  async setting(name: string): Promise<string | undefined> {
    const rows = await this.#engine.query(`SELECT value FROM ${settingsTable} FINAL WHERE name = ${quote(name)}`, {
      format: "JSONCompactEachRow",
    });
    return parseRows<[string]>(rows)[0]?.[0];
  }

  async setSetting(name: string, value: string): Promise<void> {
    const at = Math.trunc(this.#now());
    await this.#engine.execute(
      `INSERT INTO ${settingsTable} VALUES (${quote(name)}, ${quote(value)}, fromUnixTimestamp64Milli(toInt64(${at}), 'UTC'))`,
    );
  }

  /** Begin it before many batches are written one after another, and dispose it when they are. */
  async beginBulk(): Promise<BulkWriting> {
    return BulkWriting.begin(this.#engine);
  }

  /** Waits until the engine has no merges and no index to build; for measurements. */
  async settle(): Promise<void> {
    await waitUntilSettled(this.#engine);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#engine[Symbol.asyncDispose]();
  }

  async #checkVersion(): Promise<void> {
    const version = await this.setting("schema-version");
    if (version === undefined) return this.setSetting("schema-version", String(schemaVersion));
    if (Number(version) <= schemaVersion) return;
    throw new StoreError(
      `The data folder was written by a newer Trailwarden (schema ${version}, this one knows ${schemaVersion})`,
      {
        code: "store-newer",
        fault: "user",
        help: "Use the newer program, or another data folder",
      },
    );
  }

  /** What a killed process left there was never acknowledged; it is read again from its source. */
  async #emptySpool(): Promise<void> {
    await mkdir(this.spoolDirectory, { recursive: true, mode: 0o700 });
    for (const name of await readdir(this.spoolDirectory)) {
      await rm(join(this.spoolDirectory, name), { force: true, recursive: true });
    }
  }
}
