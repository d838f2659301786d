import { createCipheriv, createDecipheriv, createHash, randomBytes, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { type ChecksumAlgorithm, createDigester } from "../checksum/checksum.ts";
import { type Piece } from "./object-version.ts";

/** What was written, and what its bytes came to. */
export interface WrittenBytes {
  readonly piece: Piece;
  /** In hexadecimal, of the bytes as they came. */
  readonly md5: string;
  /** In hexadecimal, of the bytes as they lie: S3 does not tell the MD5 of what KMS encrypts. */
  readonly storedMd5: string;
  readonly checksums: ReadonlyMap<ChecksumAlgorithm, string>;
}

export interface WriteOptions {
  readonly algorithms: readonly ChecksumAlgorithm[];
  /** 32 bytes to encrypt with. */
  readonly dataKey?: Uint8Array | undefined;
  readonly sizeBytesMax: number;
}

export class BytesTooLong extends Error {}

/**
 * The bytes of objects, each in a file that is named at random: nothing of a bucket or key is in a path. A file is
 * written beside and moved to its place, so that a program that is killed leaves no half file there.
 */
export class ObjectBytes {
  readonly #folder: string;
  readonly #incoming: string;

  constructor(folder: string) {
    this.#folder = join(folder, "s3", "objects");
    this.#incoming = join(folder, "s3", "incoming");
  }

  /** Makes the folders, and removes what nothing points to: what was being written when the program ended. */
  async open(isKnown: (file: string) => boolean): Promise<void> {
    await rm(this.#incoming, { recursive: true, force: true });
    await mkdir(this.#incoming, { recursive: true });
    await mkdir(this.#folder, { recursive: true });
    for (const shelf of await readdir(this.#folder)) {
      for (const file of await readdir(join(this.#folder, shelf))) {
        if (!isKnown(file)) await rm(join(this.#folder, shelf, file), { force: true });
      }
    }
  }

  async write(source: AsyncIterable<Uint8Array>, options: WriteOptions): Promise<WrittenBytes> {
    const file = randomUUID();
    const path = join(this.#incoming, file);
    const digesters = new Map(options.algorithms.map((algorithm) => [algorithm, createDigester(algorithm)]));
    const md5 = createHash("md5");
    const storedMd5 = createHash("md5");
    const iv = options.dataKey === undefined ? undefined : randomBytes(16);
    const cipher =
      options.dataKey === undefined || iv === undefined
        ? undefined
        : createCipheriv("aes-256-ctr", options.dataKey, iv);
    let sizeBytes = 0;
    try {
      const handle = await open(path, "wx");
      try {
        for await (const bytes of source) {
          sizeBytes += bytes.length;
          if (sizeBytes > options.sizeBytesMax) throw new BytesTooLong();
          md5.update(bytes);
          for (const digester of digesters.values()) digester.update(bytes);
          const stored = cipher === undefined ? bytes : cipher.update(bytes);
          if (cipher !== undefined) storedMd5.update(stored);
          await writeAll(handle, stored);
        }
      } finally {
        await handle.close();
      }
      await mkdir(join(this.#folder, shelfOf(file)), { recursive: true });
      await rename(path, this.pathOf(file));
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    return {
      piece: { file, sizeBytes, ...(iv === undefined ? {} : { iv: iv.toString("base64") }) },
      md5: md5.digest("hex"),
      storedMd5: storedMd5.digest("hex"),
      checksums: new Map([...digesters].map(([algorithm, digester]) => [algorithm, digester.digest()])),
    };
  }

  /**
   * The bytes from `start` up to, not including, `end`. The files are open when this returns: who deletes the object
   * while it is being read does not take the bytes away.
   */
  async read(
    pieces: readonly Piece[],
    dataKey: Uint8Array | undefined,
    range: { readonly start: number; readonly end: number },
  ): Promise<Readable> {
    const cuts = cutPieces(pieces, range);
    const handles: FileHandle[] = [];
    try {
      for (const { piece } of cuts) handles.push(await open(this.pathOf(piece.file), "r"));
    } catch (error) {
      await Promise.all(handles.map((handle) => handle.close()));
      throw error;
    }
    const readable = Readable.from(readCuts(cuts, handles, dataKey), { objectMode: false });
    readable.once("close", () => void Promise.all(handles.map((handle) => handle.close().catch(() => undefined))));
    return readable;
  }

  async remove(pieces: readonly Piece[]): Promise<void> {
    for (const { file } of pieces) await rm(this.pathOf(file), { force: true });
  }

  pathOf(file: string): string {
    return join(this.#folder, shelfOf(file), file);
  }
}

/** Folders of a few hundred files each. */
function shelfOf(file: string): string {
  return file.slice(0, 2);
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += (await handle.write(bytes, written)).bytesWritten;
  }
}

interface Cut {
  readonly piece: Piece;
  readonly start: number;
  readonly end: number;
}

function cutPieces(
  pieces: readonly Piece[],
  { start, end }: { readonly start: number; readonly end: number },
): readonly Cut[] {
  const cuts: Cut[] = [];
  let at = 0;
  for (const piece of pieces) {
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, piece.sizeBytes);
    if (from < to) cuts.push({ piece, start: from, end: to });
    at += piece.sizeBytes;
  }
  return cuts;
}

async function* readCuts(
  cuts: readonly Cut[],
  handles: readonly FileHandle[],
  dataKey: Uint8Array | undefined,
): AsyncGenerator<Uint8Array> {
  for (const [index, { piece, start, end }] of cuts.entries()) {
    const handle = handles[index];
    if (handle === undefined) return;
    if (piece.iv === undefined || dataKey === undefined) {
      yield* createReadStream("", { fd: handle, start, end: end - 1, autoClose: false });
      continue;
    }
    // Counter mode can begin at any block of 16 bytes; what stands before the start in its block is left out.
    const block = Math.floor(start / 16);
    const decipher = createDecipheriv("aes-256-ctr", dataKey, counterAt(Buffer.from(piece.iv, "base64"), block));
    let skip = start - block * 16;
    for await (const bytes of createReadStream("", {
      fd: handle,
      start: block * 16,
      end: end - 1,
      autoClose: false,
    }) as AsyncIterable<Buffer>) {
      const clear = decipher.update(bytes);
      yield skip === 0 ? clear : clear.subarray(skip);
      skip = 0;
    }
  }
}

/** The counter that stands `blocks` after the first. */
function counterAt(iv: Buffer, blocks: number): Buffer {
  const counter = BigInt.asUintN(128, BigInt(`0x${iv.toString("hex")}`) + BigInt(blocks));
  return Buffer.from(counter.toString(16).padStart(32, "0"), "hex");
}
