/**
 * The one process that loads chDB and owns the data folder. It is started by `engine.ts`, speaks frames on file
 * descriptor 3, and ends when that pipe does, so no engine outlives its server. chDB must never be loaded in a worker
 * thread (its engine hangs when the worker exits) and never ended with a query in flight (it crashes), which is why it
 * lives alone here.
 */
import { Socket } from "node:net";
import { Session, drainPending } from "chdb";
import { FrameReader, encodeFrame, type FrameKind } from "./frames.ts";
import { cancelMark, chunksAhead, type EngineFailure, type EngineQuery, type EngineStart } from "./protocol.ts";

const start = JSON.parse(process.argv[2] ?? "{}") as EngineStart;
const wire = new Socket({ fd: 3 });
const idle: Session[] = [];
const waiting: ((session: Session) => void)[] = [];
const cancelled = new Set<number>();
/** How many chunks more each stream may send, and how to tell it that this has changed. */
const windows = new Map<number, { left: number; wake: () => void }>();
let writer: Session | undefined;
let control: Session | undefined;
let writeQueue: Promise<void> = Promise.resolve();
let ending = false;

/**
 * By default the engine takes one thread only for each gigabyte (for inserts: four) of memory that it may use. Rows of
 * records are large: a block of the usual 65,000 is a hundred megabytes, held several times over by a long condition;
 * with fewer a search through the text is a fifth faster as well.
 */
const settings = [
  "--max_threads_min_free_memory_per_thread=0",
  "--max_insert_threads_min_free_memory_per_thread=0",
  "--max_block_size=8192",
];

function openSessions(): void {
  const options = { connectionArgs: ["--config-file=" + start.configFile, ...settings] };
  writer = new Session(start.directory, options);
  for (const statement of start.setUp) writer.query(statement);
  control = new Session(start.directory, options);
  for (let i = 0; i < start.readers; i++) idle.push(new Session(start.directory, options));
}

function send(id: number, kind: FrameKind, payload: Uint8Array | string): boolean {
  const [header, body] = encodeFrame(id, kind, payload);
  if (header === undefined || body === undefined || ending) return true;
  wire.write(header);
  return wire.write(body);
}

async function takeReader(): Promise<Session> {
  const session = idle.pop();
  return session ?? new Promise((resolve) => waiting.push(resolve));
}

function giveBack(session: Session): void {
  const next = waiting.shift();
  if (next) next(session);
  else idle.push(session);
}

async function run(id: number, query: EngineQuery): Promise<void> {
  if (query.lane === "write") {
    const turn = writeQueue.then(() => runOn(writer, id, query));
    writeQueue = turn.catch(() => undefined);
    return turn;
  }
  const session = await takeReader();
  try {
    await runOn(session, id, query);
  } finally {
    giveBack(session);
  }
}

async function runOn(session: Session | undefined, id: number, query: EngineQuery): Promise<void> {
  if (!session) throw new Error("The engine is not open");
  if (cancelled.has(id)) throw new Error("Cancelled before it began");
  const sql = cancelMark(id) + query.sql;
  if (query.stream) await stream(session, id, sql, query.format);
  else {
    const result = await session.queryAsync(sql, { format: query.format });
    send(id, "chunk", result.bytes());
  }
  send(id, "done", "");
}

async function stream(session: Session, id: number, sql: string, format: string): Promise<void> {
  const results = session.queryStream(sql, { format });
  const window = { left: chunksAhead, wake: () => undefined as void };
  windows.set(id, window);
  try {
    for await (const chunk of results) {
      while (window.left === 0 && !cancelled.has(id) && !ending) {
        await new Promise<void>((resolve) => {
          window.wake = resolve;
        });
      }
      if (cancelled.has(id)) throw new Error("Cancelled while streaming");
      window.left--;
      if (!send(id, "chunk", chunk.raw())) await new Promise((resolve) => wire.once("drain", resolve));
    }
  } finally {
    windows.delete(id);
    results.cancel();
  }
}

function allowMore(id: number): void {
  const window = windows.get(id);
  if (!window) return;
  window.left++;
  window.wake();
}

function cancel(id: number): void {
  cancelled.add(id);
  windows.get(id)?.wake();
  const mark = cancelMark(id).trim();
  // ASYNC: the synchronous form never comes back in this engine.
  control?.queryAsync(`KILL QUERY WHERE startsWith(query, '${mark}') ASYNC`, { format: "Null" }).catch(() => undefined);
}

function fail(id: number, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const failure: EngineFailure = { message, cancelled: cancelled.has(id) };
  send(id, "failed", JSON.stringify(failure));
}

async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  for (const { wake } of windows.values()) wake();
  for (const session of [...idle, writer, control]) session?.close();
  await drainPending();
  wire.destroy();
}

const frames = new FrameReader(({ id, kind, payload }) => {
  if (kind === "cancel") return cancel(id);
  if (kind === "more") return allowMore(id);
  const query = JSON.parse(payload.toString()) as EngineQuery;
  run(id, query)
    .catch((error: unknown) => fail(id, error))
    .finally(() => cancelled.delete(id));
});

wire.on("data", (chunk: Buffer) => frames.push(chunk));
wire.on("error", () => void end());
wire.on("close", () => void end());
wire.on("end", () => void end());
// A person's Ctrl-C reaches the whole process group; the server decides when the engine stops.
process.on("SIGINT", () => undefined);

try {
  openSessions();
  send(0, "ready", "");
} catch (error) {
  fail(0, error);
  wire.end();
}
