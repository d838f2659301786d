import { createHash } from "node:crypto";
import { once } from "node:events";
import { pipeline } from "node:stream";
import { createGzip } from "node:zlib";
import { pack, type Pack } from "tar-stream";

/** A file of a case, as its manifest names it. */
export interface CaseFile {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

/** Takes the files of a case one after another; none is held in memory longer than it is written. */
export interface CaseArchive {
  add(path: string, bytes: Buffer | string): Promise<void>;
  addStream(file: CaseFile, bytes: AsyncIterable<Buffer>): Promise<void>;
  /** What was added, in its order. */
  readonly files: readonly CaseFile[];
}

/** Packs what `write` adds below one folder, as a tar.gz that comes while it is written. */
export async function* packCase(
  folder: string,
  at: number,
  write: (archive: CaseArchive, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const tar = pack();
  const zipped = createGzip();
  const stop = new AbortController();
  const whole = AbortSignal.any([signal, stop.signal]);
  // A failure of either side comes out of the loop below.
  pipeline(tar, zipped, () => undefined);
  const writing = write(new TarArchive(tar, folder, new Date(at), whole), whole).then(
    () => tar.finalize(),
    (error: unknown) => void zipped.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  try {
    for await (const chunk of zipped) yield chunk as Uint8Array;
  } finally {
    stop.abort(new Error("Nobody reads the case any more"));
    tar.destroy();
    zipped.destroy();
    await writing;
  }
}

class TarArchive implements CaseArchive {
  readonly files: CaseFile[] = [];
  readonly #tar: Pack;
  readonly #folder: string;
  readonly #at: Date;
  readonly #signal: AbortSignal;

  constructor(tar: Pack, folder: string, at: Date, signal: AbortSignal) {
    this.#tar = tar;
    this.#folder = folder;
    this.#at = at;
    this.#signal = signal;
  }

  async add(path: string, content: Buffer | string): Promise<void> {
    const bytes = Buffer.from(content as string);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    await this.addStream(
      { path, size: bytes.length, sha256 },
      (async function* () {
        // An archive's entry takes no empty chunk.
        if (bytes.length > 0) yield bytes;
      })(),
    );
  }

  async addStream(file: CaseFile, bytes: AsyncIterable<Buffer>): Promise<void> {
    this.#signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    // Whoever stops reading leaves an entry half written that would wait for ever.
    const leave = () => reject(this.#signal.reason as Error);
    this.#signal.addEventListener("abort", leave, { once: true });
    // Where the bytes themselves fail, nobody waits for the entry any more.
    promise.catch(() => undefined);
    try {
      const header = { name: `${this.#folder}/${file.path}`, size: file.size, mtime: this.#at, mode: 0o644 };
      const entry = this.#tar.entry(header, (error) => (error ? reject(error) : resolve()));
      for await (const chunk of bytes) {
        if (!entry.write(chunk)) await Promise.race([once(entry, "drain"), promise]);
      }
      entry.end(undefined);
      await promise;
    } finally {
      this.#signal.removeEventListener("abort", leave);
    }
    this.files.push(file);
  }
}
