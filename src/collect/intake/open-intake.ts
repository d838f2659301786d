import { rm } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import type { EventStore } from "../../store/index.ts";
import { CollectError } from "../errors.ts";
import { ImportTally } from "../import-tally.ts";
import { logFileId } from "../reading/log-file-id.ts";
import { ReadingSession, type Drop, type ReadFile } from "../reading-session.ts";
import { FairRoom } from "./fair-room.ts";
import { knownOutcome, outcomeOf } from "./file-outcome.ts";
import type { FetchedFile, FileOutcome, Intake, Room } from "./intake.ts";

export interface IntakeOptions {
  readonly store: EventStore;
  readonly now: () => number;
  /** Compressed bytes of files between fetching and storing. */
  readonly bytesMax?: number;
  readonly filesMax?: number;
  /** Asked before each round. */
  readonly drops?: () => readonly Drop[];
}

/** A round begins when so much is there, or when its first file has waited so long. */
const enough = { files: 500, bytes: 16 * 1024 * 1024, waitMs: 60 };
/** Records of one insert: much smaller than an import's, because it goes on beside people's searches. */
const batchBytes = 48 * 1024 * 1024;

/** Opens the way into a store; its reading thread is started with the first file. */
export function openIntake(options: IntakeOptions): Intake {
  return new RunningIntake(options);
}

interface Arrived {
  readonly file: FetchedFile;
  readonly id: bigint;
  readonly settle: PromiseWithResolvers<FileOutcome>;
}

class RunningIntake implements Intake {
  readonly #options: IntakeOptions;
  readonly #rooms: FairRoom;
  /** Files that are on their way; the same one comes once. */
  readonly #onTheirWay = new Map<bigint, Promise<FileOutcome>>();
  readonly #stopping = new AbortController();
  #arrived: Arrived[] = [];
  #session: ReadingSession | undefined;
  #running: Promise<void> | undefined;

  constructor(options: IntakeOptions) {
    this.#options = options;
    const { bytesMax = 64 * 1024 * 1024, filesMax = 1_500 } = options;
    this.#rooms = new FairRoom({ bytesMax, filesMax });
  }

  room(lane: string, bytes: number, signal: AbortSignal): Promise<Room> {
    return this.#rooms.room(lane, bytes, signal);
  }

  async take(file: FetchedFile): Promise<FileOutcome> {
    this.#stopping.signal.throwIfAborted();
    const id = logFileId(file.name, file.version);
    try {
      const same = this.#onTheirWay.get(id);
      if (same !== undefined) return knownOutcome(await same);
      const settle = Promise.withResolvers<FileOutcome>();
      this.#onTheirWay.set(id, settle.promise);
      this.#arrived.push({ file, id, settle });
      this.#running ??= this.#run();
      return await settle.promise.finally(() => this.#onTheirWay.delete(id));
    } finally {
      if ("path" in file.content && file.content.isLent !== true) await rm(file.content.path, { force: true });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort(new DOMException("Stopped", "AbortError"));
    await this.#running;
    await this.#closeSession();
  }

  async #run(): Promise<void> {
    try {
      while (this.#arrived.length > 0) {
        if (!this.#isEnough()) await this.#linger();
        const some = this.#arrived.splice(0, enough.files);
        await this.#store(some);
      }
    } finally {
      // In the same turn as the last look at what has arrived: whoever comes later starts anew.
      this.#running = undefined;
    }
  }

  #isEnough(): boolean {
    const bytes = this.#arrived.reduce((sum, { file }) => sum + sizeOf(file), 0);
    const { length } = this.#arrived;
    // When all who were given room have delivered, nobody else comes soon.
    return length >= enough.files || bytes >= enough.bytes || this.#rooms.files <= length;
  }

  async #linger(): Promise<void> {
    const { signal } = this.#stopping;
    await pause(enough.waitMs, undefined, { signal }).catch(() => undefined);
  }

  async #store(all: readonly Arrived[]): Promise<void> {
    let fresh = all;
    try {
      fresh = await this.#leaveOutKnown(all);
      await this.#round(fresh);
    } catch (error) {
      await this.#closeSession();
      const left = fresh.filter(({ id }) => this.#onTheirWay.has(id));
      // A file that ends the thread must not take its neighbours with it for ever.
      if (isOfReader(error) && left.length > 1) for (const one of left) await this.#store([one]);
      else for (const { settle } of left) settle.reject(error);
    }
  }

  /** What is listed with the same version was read before: by another source, or before a crash. */
  async #leaveOutKnown(all: readonly Arrived[]): Promise<Arrived[]> {
    const known = await this.#options.store.knownLogFiles(all.map(({ id }) => id));
    return all.filter(({ id, file, settle }) => {
      const row = known.get(id);
      if (row !== undefined)
        settle.resolve(knownOutcome({ name: file.name, version: file.version, stored: 0, ...row }));
      return row === undefined;
    });
  }

  async #round(round: readonly Arrived[]): Promise<void> {
    if (round.length === 0) return;
    const { store, now } = this.#options;
    this.#session ??= await ReadingSession.open(store, { batchBytes });
    const read: ReadFile[][] = round.map(() => []);
    await this.#session.read({
      jobs: round.map(({ file }) => ({
        from: "path" in file.content ? file.content.path : file.content.bytes,
        name: file.name,
        sizeBytes: sizeOf(file),
        version: file.version,
      })),
      sourceOf: (job) => round[job]?.file.source ?? "",
      tally: new ImportTally([], 0),
      drops: this.#options.drops?.() ?? [],
      now,
      onStored: (files) => {
        for (const one of files) read[one.job]?.push(one);
      },
    });
    for (const [index, { file, settle }] of round.entries()) {
      const outcome = outcomeOf(file, read[index] ?? []);
      if (outcome.ok) settle.resolve(outcome.outcome);
      else settle.reject(outcome.error);
    }
  }

  async #closeSession(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.[Symbol.asyncDispose]();
  }
}

function sizeOf({ content }: FetchedFile): number {
  return "path" in content ? content.sizeBytes : content.bytes.length;
}

function isOfReader(error: unknown): boolean {
  return error instanceof CollectError && error.code === "import-reader-failed" && error.fault === "ours";
}
