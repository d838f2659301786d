import type { FinishedFile, ReaderStart, ReadJob, SkippedFile } from "./messages.ts";
import { tarMembers, zipMembers, type MemberOrFault } from "./archive.ts";
import { fileKindOf, type FileKind } from "./file-kind.ts";
import { LogFileReader, readUsualLogFile, type FileContent } from "./log-file-reader.ts";
import { StoreError } from "../../store/index.ts";
import { oneMember, type GzipFacts } from "./gzip-members.ts";
import { packingOf, together, type Packing } from "./packing.ts";
import { discard, inflateSmall, inputFile, peek, sniff, streamOf, upToFault, type InputFile } from "./open-file.ts";
import { earlyKindOf } from "./early-kind.ts";
import { letGo } from "./let-go.ts";
import { logFileId } from "./log-file-id.ts";
import { InflatedStream } from "./inflate.ts";
import { SpoolQueue, type SealedBatch } from "./spool-queue.ts";

export interface ReadingEvents {
  /** A sealed batch and the files that end with it; no batch when files ended without leaving records. */
  onBatch(batch: SealedBatch | undefined, files: readonly (FinishedFile | SkippedFile)[]): Promise<void>;
  onProgress(bytes: number, files: number): void;
}

/** Archives in archives are opened this deep. */
const nestingMax = 3;
/** A zip inside an archive is held in memory up to this size. */
const heldZipBytesMax = 256 * 1024 * 1024;
/** Files that end without records are reported in lots. */
const filesAtOnce = 2_000;

/** Reads files of any of the kinds that people have, one after another, into batches. */
export class FileReading {
  readonly #events: ReadingEvents;
  readonly #spool: SpoolQueue;
  #finished: (FinishedFile | SkippedFile)[] = [];
  #job = 0;

  constructor(start: ReaderStart, events: ReadingEvents) {
    this.#events = events;
    this.#spool = new SpoolQueue(start);
  }

  async read(job: ReadJob): Promise<void> {
    const file = inputFile(job.from, job.sizeBytes, job.version, job.name);
    this.#job = job.job;
    try {
      await this.#readInputFile(file, sniff(file), job.isCareful ?? false);
    } catch (error) {
      throwOurs(error);
      this.#skip(file.name, file.version, `Cannot be read: ${messageOf(error)}`, false);
    }
    this.#events.onProgress(job.isCareful === true ? 0 : job.sizeBytes, job.isCareful === true ? 0 : 1);
    if (this.#spool.isFull || this.#finished.length >= filesAtOnce) await this.#seal();
  }

  async finish(): Promise<void> {
    await this.#seal();
  }

  async #readInputFile(file: InputFile, found: FileKind, isCareful: boolean): Promise<void> {
    const { name, version, from, sizeBytes } = file;
    if (found.kind === "zip") return this.#readArchive(name, version, zipMembers(from, sizeBytes), 1);
    const small = found.kind === "gzip" ? await inflateSmall(file) : undefined;
    if (small?.whole) return this.#readInflated(file, small.whole, small.facts, isCareful);
    await this.#readStream(name, version, file.open(), found, 1, small && { known: small.facts });
  }

  /** The usual case: a small, sound gzip file, inflated in one piece. */
  async #readInflated(
    file: InputFile,
    { bytes, fault }: { readonly bytes: Buffer; readonly fault?: FinishedFile["fault"] },
    facts: GzipFacts,
    isCareful: boolean,
  ): Promise<void> {
    const inner = fileKindOf(bytes.subarray(0, 512));
    if (inner.kind !== "plain" && inner.kind !== "empty") {
      return this.#readStream(file.name, file.version, streamOf(bytes), inner, 1, { outer: facts });
    }
    const { name, version } = file;
    const id = this.#beginFile(name, version);
    const usual = isCareful ? undefined : readUsualLogFile(bytes, id, this.#spool, facts);
    const content = usual ?? readWhole(bytes, id, this.#spool, facts);
    this.#finish({ kind: "read", job: this.#job, id, name, version, content, ...(fault ? { fault } : {}) });
    letGo(bytes);
  }

  async #readStream(
    name: string,
    version: string,
    bytes: AsyncIterable<Buffer>,
    found: FileKind,
    depth: number,
    packing: Packing = {},
  ): Promise<void> {
    switch (found.kind) {
      case "unsupported":
        await discard(bytes);
        return this.#skip(name, version, found.reason, true);
      case "empty":
        await discard(bytes);
        return this.#skip(name, version, "The file is empty", true);
      case "tar":
        return this.#readArchive(name, version, tarMembers(bytes), depth);
      case "zip":
        return this.#readZipStream(name, version, bytes, depth);
      case "gzip":
        return this.#readGzipStream(name, version, bytes, depth, packing);
      case "plain":
        return this.#readLogFile(name, version, bytes, packing);
    }
  }

  async #readGzipStream(
    name: string,
    version: string,
    bytes: AsyncIterable<Buffer>,
    depth: number,
    packing: Packing,
  ): Promise<void> {
    if (depth > nestingMax) {
      await discard(bytes);
      return this.#skip(name, version, "Compressed more often than is reasonable", true);
    }
    const inflated = new InflatedStream(bytes);
    const { head, rest } = await peek(inflated);
    const inner = fileKindOf(head);
    if (inner.kind === "plain" || inner.kind === "empty") {
      await this.#readLogFile(name, version, rest, packing, inflated);
    } else {
      const outer = together(packing.outer, packing.known ?? oneMember);
      await this.#readStream(name, version, orThrow(rest, inflated), inner, depth + 1, { outer });
      await discard(rest);
    }
  }

  async #readLogFile(
    name: string,
    version: string,
    bytes: AsyncIterable<Buffer>,
    packing: Packing,
    inflated?: InflatedStream,
  ): Promise<void> {
    const id = this.#beginFile(name, version);
    const reader = new LogFileReader(id, this.#spool);
    let broken: FinishedFile["fault"];
    let isPassing = false;
    const sound = upToFault(bytes, (error) => {
      broken = { reason: "cut-off", message: `Cannot be read to its end: ${messageOf(error)}` };
      isPassing = isOfSystem(error);
    });
    for await (const chunk of sound) {
      reader.push(chunk);
      if (this.#spool.isFull) await this.#seal();
    }
    const fault = broken ?? inflated?.fault;
    // A version that no file has makes the next import read it again.
    const seen = isPassing ? `${version} in part` : version;
    this.#finish({
      kind: "read",
      job: this.#job,
      id,
      name,
      version: seen,
      content: reader.end(packingOf(packing, inflated)),
      ...(fault ? { fault } : {}),
    });
  }

  /** A zip inside another archive: its directory is at its end, so it has to be held whole. */
  async #readZipStream(name: string, version: string, bytes: AsyncIterable<Buffer>, depth: number): Promise<void> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of bytes) {
      size += chunk.length;
      if (size > heldZipBytesMax) {
        return this.#skip(
          name,
          version,
          `A zip file of more than ${heldZipBytesMax} bytes inside another archive; unpack the outer one first`,
          true,
        );
      }
      chunks.push(chunk);
    }
    await this.#readArchive(name, version, zipMembers(Buffer.concat(chunks), size), depth);
  }

  async #readArchive(
    name: string,
    version: string,
    members: AsyncIterable<MemberOrFault>,
    depth: number,
  ): Promise<void> {
    if (depth > nestingMax) return this.#skip(name, version, "An archive nested deeper than is reasonable", true);
    let count = 0;
    try {
      for await (const member of members) {
        count++;
        const memberName = `${name}!${member.name}`;
        if ("fault" in member) this.#skip(memberName, version, member.fault, true);
        else await this.#readMember(memberName, version, member.bytes, depth);
        if (this.#spool.isFull) await this.#seal();
      }
      this.#skip(name, version, archiveRead, true);
    } catch (error) {
      throwOurs(error);
      const before = count === 0 ? "nothing could be read" : "what came before was read";
      this.#skip(name, version, `The archive is damaged: ${messageOf(error)}; ${before}`, true);
    }
  }

  async #readMember(name: string, version: string, bytes: AsyncIterable<Buffer>, depth: number): Promise<void> {
    try {
      const { head, rest } = await peek(bytes);
      await this.#readStream(name, version, rest, fileKindOf(head), depth + 1);
    } catch (error) {
      throwOurs(error);
      this.#skip(name, version, `Cannot be read: ${messageOf(error)}`, true);
    }
  }

  #beginFile(name: string, version: string): bigint {
    const id = logFileId(name, version);
    const early = earlyKindOf(name);
    if (early !== undefined) this.#spool.noteEarly(id, early);
    return id;
  }

  #finish(file: FinishedFile): void {
    this.#finished.push(file);
  }

  #skip(name: string, version: string, reason: string, isFinal: boolean): void {
    const id = logFileId(name, version);
    this.#finished.push({ kind: "skipped", job: this.#job, id, name, version, reason, isFinal });
  }

  async #seal(): Promise<void> {
    const files = this.#finished;
    this.#finished = [];
    const batch = this.#spool.seal();
    if (batch || files.length > 0) await this.#events.onBatch(batch, files);
  }
}

function readWhole(bytes: Buffer, id: bigint, spool: SpoolQueue, facts: GzipFacts): FileContent {
  const reader = new LogFileReader(id, spool);
  reader.push(bytes);
  return reader.end(facts);
}

/** Marks an archive whose members were all read; they are listed by themselves. */
export const archiveRead = "archive-read";

/** What is read out of gzip by another format hears of the gzip's damage as an error. */
async function* orThrow(
  rest: AsyncIterable<Buffer>,
  inflated: InflatedStream,
): AsyncGenerator<Buffer, void, undefined> {
  yield* rest;
  const { fault } = inflated;
  if (fault && fault.reason !== "trailing-bytes") throw new Error(fault.message);
}

/** Without the full stop that a library may put at its end. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");
}

/** A spool that cannot be written is no fault of the file that is being read. */
function throwOurs(error: unknown): void {
  if (error instanceof StoreError) throw error;
}

/** The disk or network failed, not what lies on it; it may go well another time. */
function isOfSystem(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}
