import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VerifyError } from "../errors.ts";
import type { CaseAsk } from "../verification.ts";
import type { CaseEvent, CaseOptions } from "./case-options.ts";

/** Events of a case, laid into a file of the disk, because an archive says a file's size before its bytes. */
export interface EventSpool extends AsyncDisposable {
  readonly events: number;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** How many came in which log file, by its id. */
  readonly logFiles: ReadonlyMap<string, number>;
  readonly firstAt: number;
  readonly lastAt: number;
  /** The first ones, for the page. */
  readonly shown: readonly CaseEvent[];
  /** Told of a record that stands in a proven log file of the case. */
  prove(record: Uint8Array): void;
  /** Events that no such record was told of. */
  unproven(): number;
  isProven(event: CaseEvent): boolean;
  bytes(): AsyncIterable<Buffer>;
}

/** Events whose particulars stand on the page. */
const shownMax = 500;
const bufferBytes = 1024 * 1024;

/** Finds the events and writes them down, one a line. Throws `case-empty` and `case-too-large`. */
export async function spoolEvents(
  { records, folder = tmpdir() }: Pick<CaseOptions, "records" | "folder">,
  ask: CaseAsk,
  signal: AbortSignal,
): Promise<EventSpool> {
  const path = join(folder, `trailwarden-case-${randomUUID()}.ndjson`);
  const writer = new SpoolFile();
  const file = await open(path, "wx", 0o600);
  try {
    for await (const event of records({ ...ask, limit: ask.eventsMax + 1 }, signal)) {
      signal.throwIfAborted();
      if (writer.events === ask.eventsMax) throw tooLarge(ask.eventsMax);
      writer.add(event);
      if (writer.waitingBytes > bufferBytes) await file.writeFile(writer.take());
    }
    if (writer.events === 0) throw empty();
    await file.writeFile(writer.take());
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return writer.sealed(path);
}

class SpoolFile {
  events = 0;
  waitingBytes = 0;
  #waiting: Buffer[] = [];
  #sizeBytes = 0;
  #firstAt = Infinity;
  #lastAt = -Infinity;
  readonly #hash = createHash("sha256");
  readonly #logFiles = new Map<string, number>();
  readonly #shown: CaseEvent[] = [];
  /** Hashes of records that nobody proved yet, with how many events have them. */
  readonly #open = new Map<string, number>();

  add(event: CaseEvent): void {
    const line = lineOf(event.raw);
    this.events++;
    this.#waiting.push(line);
    this.waitingBytes += line.length;
    this.#sizeBytes += line.length;
    this.#hash.update(line);
    this.#firstAt = Math.min(this.#firstAt, event.time);
    this.#lastAt = Math.max(this.#lastAt, event.time);
    this.#logFiles.set(event.logFile, (this.#logFiles.get(event.logFile) ?? 0) + 1);
    const hash = hashOf(line.subarray(0, -1));
    this.#open.set(hash, (this.#open.get(hash) ?? 0) + 1);
    if (this.#shown.length < shownMax) this.#shown.push(event);
  }

  take(): Buffer {
    const bytes = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.waitingBytes = 0;
    return bytes;
  }

  sealed(path: string): EventSpool {
    return {
      events: this.events,
      sizeBytes: this.#sizeBytes,
      sha256: this.#hash.digest("hex"),
      logFiles: this.#logFiles,
      firstAt: this.#firstAt,
      lastAt: this.#lastAt,
      shown: this.#shown,
      prove: (record) => void this.#open.delete(hashOf(record)),
      unproven: () => [...this.#open.values()].reduce((sum, count) => sum + count, 0),
      isProven: ({ raw }) => !this.#open.has(hashOf(lineOf(raw).subarray(0, -1))),
      bytes: () => createReadStream(path),
      [Symbol.asyncDispose]: () => rm(path, { force: true }),
    };
  }
}

/**
 * A line break stands between a record's members where somebody reformatted its log file, never inside a text: a space
 * means the same there. Such a record stands in no log file that AWS signed, and the case says so.
 */
function lineOf(raw: Buffer): Buffer {
  const line = Buffer.concat([raw, Buffer.from("\n")]);
  for (let at = 0; at < raw.length; at++) if (line[at] === 0x0a || line[at] === 0x0d) line[at] = 0x20;
  return line;
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("base64");
}

function empty(): VerifyError {
  return new VerifyError("The query finds no event in that span", {
    code: "case-empty",
    fault: "user",
    help: "Look at the same query with trailwarden search, and widen it or the span",
  });
}

function tooLarge(eventsMax: number): VerifyError {
  return new VerifyError(`The query finds more than ${eventsMax} events`, {
    code: "case-too-large",
    fault: "user",
    help: "Narrow the query or the span, or raise --limit",
  });
}
