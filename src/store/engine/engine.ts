import { spawn, type ChildProcess } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Duplex } from "node:stream";
import { WhenQuiet } from "../../base/when-quiet.ts";
import { StoreError } from "../errors.ts";
import { engineConfig, type EngineLimits } from "./config-file.ts";
import { translateFailure, translateStartFailure } from "./failures.ts";
import { FrameReader, encodeFrame, type Frame } from "./frames.ts";
import type { EngineFailure, EngineQuery, EngineStart } from "./protocol.ts";

export interface EngineOptions {
  /** Folder that the engine owns; made if absent. */
  readonly directory: string;
  /** Statements run once at start, before anything else: schema. */
  readonly setUp: readonly string[];
  readonly limits?: Partial<EngineLimits>;
  readonly readers?: number;
  /** Told each time when nothing was asked for a while; the engine has given memory back then. */
  readonly onRest?: (() => void) | undefined;
  /** How long that is, in milliseconds. */
  readonly restAfterMs?: number;
}

export interface QueryOptions {
  /** ClickHouse output format. */
  readonly format: string;
  readonly signal?: AbortSignal | undefined;
}

/** At rest when nothing was asked for so long, in milliseconds. */
const restAfterMs = 15_000;

const engineEnvironment = {
  // Each running query holds one libuv thread for its whole time.
  UV_THREADPOOL_SIZE: "16",
  // The engine's allocator: large pages, and memory kept between the inserts of an import, for fresh pages were up to
  // half of an insert's time on a virtual machine. When an import ends, and at rest, it is given back.
  JE_MALLOC_CONF: "thp:always,dirty_decay_ms:60000,muzzy_decay_ms:60000",
  // Node's own allocator, which answers pass through: an arena for each of its threads held what was freed for good.
  MALLOC_ARENA_MAX: "2",
  MALLOC_MMAP_THRESHOLD_: "131072",
  MALLOC_TRIM_THRESHOLD_: "131072",
};

/** What the engine says in its own words while it starts, at most. */
const wordsMax = 10_000;

interface Request {
  readonly onChunk: (bytes: Buffer) => void;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The event engine, in a process of its own. One writer, several readers, cancellable queries. When the process dies,
 * what was asked of it fails, and the next question starts another one.
 */
export class Engine implements AsyncDisposable {
  readonly #options: EngineOptions;
  #life: EngineLife;
  #starting: Promise<EngineLife> | undefined;
  #isClosed = false;
  readonly #quiet: WhenQuiet;

  private constructor(options: EngineOptions, life: EngineLife) {
    this.#options = options;
    this.#life = life;
    this.#quiet = new WhenQuiet(options.restAfterMs ?? restAfterMs, () => void this.#rest());
  }

  static async open(options: EngineOptions): Promise<Engine> {
    return new Engine(options, await EngineLife.open(options));
  }

  /** The pid of the engine's process, for figures of memory. */
  get processId(): number | undefined {
    return this.#life.processId;
  }

  async query(sql: string, options: QueryOptions): Promise<Buffer> {
    return this.#asking((life) => life.query(sql, options));
  }

  /** A large result piece by piece; a consumer that stops early cancels the query. */
  async *stream(sql: string, options: QueryOptions): AsyncGenerator<Buffer, void, undefined> {
    this.#quiet.begin();
    try {
      yield* (await this.#alive()).stream(sql, options);
    } finally {
      this.#quiet.end();
    }
  }

  /** Statements that change data, strictly one after another. */
  async execute(sql: string): Promise<void> {
    await this.#asking((life) => life.execute(sql));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    this.#quiet[Symbol.dispose]();
    await this.#starting?.catch(() => undefined);
    await this.#life[Symbol.asyncDispose]();
  }

  async #asking<T>(ask: (life: EngineLife) => Promise<T>): Promise<T> {
    this.#quiet.begin();
    try {
      return await ask(await this.#alive());
    } finally {
      this.#quiet.end();
    }
  }

  /** Gives memory back that the next question may or may not need. */
  async #rest(): Promise<void> {
    if (this.#life.hasEnded) return;
    // An engine that cannot do that says so with the next question.
    await this.#life.execute("SYSTEM JEMALLOC PURGE").catch(() => undefined);
    this.#options.onRest?.();
  }

  /** A process that died before it answered anything would only die again. */
  async #alive(): Promise<EngineLife> {
    if (!this.#life.hasEnded || !this.#life.hasAnswered || this.#isClosed) return this.#life;
    this.#starting ??= EngineLife.open(this.#options).finally(() => (this.#starting = undefined));
    this.#life = await this.#starting;
    return this.#life;
  }
}

/** Longer and longer: each try is a process, and one that was killed is mostly gone at once. */
const lockWaitsMs = [100, 300, 900, 2_000] as const;

/** One process of the engine, from its start to its end. */
class EngineLife implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #wire: Duplex;
  readonly #requests = new Map<number, Request>();
  #nextId = 1;
  #ended: StoreError | undefined;
  #hasAnswered = false;

  private constructor(child: ChildProcess, wire: Duplex) {
    this.#process = child;
    this.#wire = wire;
  }

  /** A process that was killed a moment ago may still hold the folder while it ends; that is waited for. */
  static async open(options: EngineOptions): Promise<EngineLife> {
    for (const waitMs of lockWaitsMs) {
      try {
        return await EngineLife.#start(options);
      } catch (error) {
        if (!(error instanceof StoreError) || error.code !== "store-in-use") throw error;
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
    return EngineLife.#start(options);
  }

  static async #start(options: EngineOptions): Promise<EngineLife> {
    await mkdir(options.directory, { recursive: true, mode: 0o700 });
    const configFile = join(options.directory, "..", "engine.xml");
    await writeFile(configFile, engineConfig({ memoryBytesMax: 1300 * 1024 * 1024, ...options.limits }));
    const start: EngineStart = {
      directory: options.directory,
      configFile,
      setUp: options.setUp,
      readers: options.readers ?? 6,
    };
    const child = spawn(process.execPath, [engineProgram(), JSON.stringify(start)], {
      stdio: ["ignore", "ignore", "pipe", "pipe"],
      env: { ...process.env, ...engineEnvironment },
    });
    let words = "";
    const listen = (bytes: Buffer) => (words = (words + bytes.toString()).slice(-wordsMax));
    child.stderr?.on("data", listen);
    const closed = new Promise((resolve) => child.once("close", resolve));
    const life = new EngineLife(child, child.stdio[3] as Duplex);
    try {
      await life.#listen();
    } catch (error) {
      await closed;
      throw translateStartFailure(error, words);
    }
    child.stderr?.off("data", listen).pipe(process.stderr, { end: false });
    return life;
  }

  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  get hasAnswered(): boolean {
    return this.#hasAnswered;
  }

  get processId(): number | undefined {
    return this.#process.pid;
  }

  async query(sql: string, options: QueryOptions): Promise<Buffer> {
    const chunks: Buffer[] = [];
    await this.#request({ sql, format: options.format, lane: "read", stream: false }, options.signal, (bytes) => {
      chunks.push(bytes);
    });
    return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
  }

  async *stream(sql: string, options: QueryOptions): AsyncGenerator<Buffer, void, undefined> {
    const stop = new AbortController();
    const signal = options.signal ? AbortSignal.any([stop.signal, options.signal]) : stop.signal;
    const chunks: Buffer[] = [];
    let wake: () => void = () => undefined;
    let finished = false;
    let request = 0;
    const done = this.#request(
      { sql, format: options.format, lane: "read", stream: true },
      signal,
      (bytes) => {
        chunks.push(bytes);
        wake();
      },
      (id) => (request = id),
    ).finally(() => {
      finished = true;
      wake();
    });
    done.catch(() => undefined);
    try {
      for (;;) {
        const chunk = chunks.shift();
        if (chunk) {
          yield chunk;
          if (!finished) this.#send(request, "more", "");
          continue;
        }
        if (finished) break;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      await done;
    } finally {
      stop.abort();
    }
  }

  async execute(sql: string): Promise<void> {
    await this.#request({ sql, format: "Null", lane: "write", stream: false }, undefined, () => undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => this.#process.once("exit", () => resolve()));
    this.#wire.end();
    await gone;
  }

  async #request(
    query: EngineQuery,
    signal: AbortSignal | undefined,
    onChunk: (bytes: Buffer) => void,
    onNumber?: (id: number) => void,
  ): Promise<void> {
    if (this.#ended) throw this.#ended;
    signal?.throwIfAborted();
    const id = this.#nextId++;
    onNumber?.(id);
    const cancel = () => this.#send(id, "cancel", "");
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      await new Promise<void>((resolve, reject) => {
        this.#requests.set(id, { onChunk, resolve, reject });
        this.#send(id, "query", JSON.stringify(query));
      });
    } finally {
      signal?.removeEventListener("abort", cancel);
      this.#requests.delete(id);
    }
  }

  #send(id: number, kind: "query" | "cancel" | "more", payload: string): void {
    if (this.#ended) return;
    for (const part of encodeFrame(id, kind, payload)) this.#wire.write(part);
  }

  async #listen(): Promise<void> {
    const ready = new Promise<void>((resolve, reject) => {
      this.#requests.set(0, { onChunk: () => undefined, resolve, reject });
    });
    const reader = new FrameReader((frame) => this.#receive(frame));
    this.#wire.on("data", (chunk: Buffer) => reader.push(chunk));
    this.#wire.on("error", () => undefined);
    this.#process.once("error", (cause) => this.#end(`The event engine could not be started: ${cause.message}`));
    this.#process.once("exit", (code, signal) =>
      this.#end(`The event engine ended (${signal ?? `exit code ${code}`})`),
    );
    await ready;
    this.#requests.delete(0);
  }

  #receive(frame: Frame): void {
    const request = this.#requests.get(frame.id);
    if (!request) return;
    if (frame.id > 0) this.#hasAnswered = true;
    if (frame.kind === "chunk") request.onChunk(frame.payload);
    else if (frame.kind === "failed") {
      request.reject(translateFailure(JSON.parse(frame.payload.toString()) as EngineFailure));
    } else request.resolve();
  }

  #end(message: string): void {
    this.#ended = new StoreError(message, {
      code: "store-unavailable",
      fault: "ours",
      help: "Ask again in a moment: the engine is started anew; what was acknowledged is not lost, an import can be repeated",
    });
    for (const request of this.#requests.values()) request.reject(this.#ended);
    this.#requests.clear();
  }
}

function engineProgram(): string {
  return fileURLToPath(import.meta.resolve("./engine-process.ts"));
}
