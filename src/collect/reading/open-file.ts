import { closeSync, createReadStream, openSync, readFileSync, readSync } from "node:fs";
import { mayHaveSecondMember } from "../../cloudtrail/index.ts";
import { fileKindOf, sniffBytes, type FileKind } from "./file-kind.ts";
import { factsOfLarge, oneMember, walkMembers, type GzipFacts } from "./gzip-members.ts";
import { letGo } from "./let-go.ts";
import { inflateWhole, trailingFault, wholeBytesMax, type InflateFault } from "./inflate.ts";

/** Something to read records out of: a file on disk, or a member of an archive. */
export interface Readable {
  /** Path; an archive's member is `archive!member`. */
  readonly name: string;
  readonly version: string;
  readonly sizeBytes: number;
  open(): AsyncIterable<Buffer>;
}

/** A file as somebody hands it in: it lies on disk, or is held in memory. */
export interface InputFile extends Readable {
  readonly from: string | Buffer;
}

const streamChunkBytes = 256 * 1024;

export function inputFile(from: string | Uint8Array, sizeBytes: number, version: string, name: string): InputFile {
  if (typeof from === "string") return { name, from, sizeBytes, version, open: () => chunksOf(from) };
  const bytes = Buffer.from(from.buffer, from.byteOffset, from.byteLength);
  return { name, from: bytes, sizeBytes: bytes.length, version, open: () => streamOf(bytes) };
}

export async function* streamOf(bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  yield bytes;
}

/** Opens the file when the first chunk is asked for, so that a file nobody reads is never held open. */
async function* chunksOf(path: string): AsyncGenerator<Buffer, void, undefined> {
  yield* createReadStream(path, { highWaterMark: streamChunkBytes }) as AsyncIterable<Buffer>;
}

export function sniff({ from }: InputFile): FileKind {
  if (typeof from !== "string") return fileKindOf(from.subarray(0, sniffBytes));
  const descriptor = openSync(from, "r");
  try {
    const head = Buffer.alloc(sniffBytes);
    return fileKindOf(head.subarray(0, readSync(descriptor, head, 0, sniffBytes, 0)));
  } finally {
    closeSync(descriptor);
  }
}

/** A small gzip file that was looked at as a whole. */
export interface SmallGzip {
  /** The inflated bytes in one piece, of a file that is sound but for what may follow it. */
  readonly whole: { readonly bytes: Buffer; readonly fault?: InflateFault } | undefined;
  readonly facts: GzipFacts;
}

/** Nothing for a file that is too large to be held. */
export async function inflateSmall(file: InputFile): Promise<SmallGzip | undefined> {
  if (file.sizeBytes > wholeBytesMax) return undefined;
  if (typeof file.from !== "string") return inflateHeld(file.from);
  const compressed = readFileSync(file.from);
  const small = await inflateHeld(compressed);
  letGo(compressed);
  return small;
}

async function inflateHeld(compressed: Buffer): Promise<SmallGzip> {
  const whole = inflateWhole(compressed);
  if (whole && !mayHaveSecondMember(compressed)) return { whole: { bytes: whole }, facts: oneMember };
  const { members, end, isBroken } = walkMembers(compressed);
  const bytesBehind = compressed.length - end;
  if (whole) return { whole: { bytes: whole }, facts: { gzipMembers: members, bytesBehind } };
  const facts = members === 0 ? await factsOfLarge(compressed) : { gzipMembers: members, bytesBehind };
  const sound = members === 0 || isBroken ? undefined : inflateWhole(compressed.subarray(0, end));
  return { whole: sound && { bytes: sound, fault: trailingFault(bytesBehind) }, facts };
}

/** The first bytes of a stream, and the stream with them still in front. */
export async function peek(source: AsyncIterable<Buffer>): Promise<{ head: Buffer; rest: AsyncIterable<Buffer> }> {
  const iterator = source[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  while (head.length < sniffBytes) {
    const next = await iterator.next();
    if (next.done) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  let first: Buffer | undefined = head.length > 0 ? head : undefined;
  const rest: AsyncIterator<Buffer> = {
    async next() {
      if (first === undefined) return iterator.next();
      const value = first;
      first = undefined;
      return { done: false, value };
    },
    async return() {
      await iterator.return?.();
      return { done: true, value: undefined };
    },
  };
  return { head: head.subarray(0, sniffBytes), rest: { [Symbol.asyncIterator]: () => rest } };
}

/** Lets go of a stream that nobody will read. */
export async function discard(source: AsyncIterable<Buffer>): Promise<void> {
  await source[Symbol.asyncIterator]().return?.();
}

/** Passes chunks on until the source fails, which is told and ends them. */
export async function* upToFault(
  source: AsyncIterable<Buffer>,
  onFault: (error: unknown) => void,
): AsyncGenerator<Buffer, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await iterator.next().catch(onFault);
      if (!next || next.done) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}
