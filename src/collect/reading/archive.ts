import { Readable as NodeReadable } from "node:stream";
import { crc32 } from "node:zlib";
import { extract } from "tar-stream";
import { fromBufferPromise, openPromise } from "yauzl";
import { defaultInflateLimits } from "./inflate.ts";

/** One member of an archive while it is at hand; its bytes can be read once, now. */
export interface Member {
  readonly name: string;
  readonly sizeBytes: number;
  readonly bytes: AsyncIterable<Buffer>;
}

export type MemberOrFault = Member | { readonly name: string; readonly fault: string };

/** Members in an archive; more than this are not looked at. */
const membersMax = 5_000_000;

/** Reads a tar stream member by member, without ever writing one to disk. Throws when the tar itself is damaged. */
export async function* tarMembers(bytes: AsyncIterable<Buffer>): AsyncGenerator<MemberOrFault, void, undefined> {
  const unpack = extract();
  const source = NodeReadable.from(bytes, { objectMode: false });
  source.on("error", (error) => unpack.destroy(error));
  source.pipe(unpack);
  try {
    let count = 0;
    for await (const entry of unpack) {
      if (++count > membersMax) throw new Error(`The archive has more than ${membersMax} members`);
      if (entry.header.type === "file" || entry.header.type === "contiguous-file") {
        yield { name: entry.header.name, sizeBytes: entry.header.size ?? 0, bytes: entry as AsyncIterable<Buffer> };
      } else if (entry.header.type !== "directory") {
        yield { name: entry.header.name, fault: `Not a regular file but a ${entry.header.type ?? "nameless kind"}` };
      }
      entry.resume();
    }
  } finally {
    source.unpipe(unpack);
    source.destroy();
    unpack.destroy();
  }
}

/**
 * Reads a zip file's members in the order of its directory. Names stay raw bytes for the library, because it would
 * refuse a whole archive for one odd name; for us they are labels and never paths.
 */
export async function* zipMembers(
  from: string | Buffer,
  sizeBytes: number,
): AsyncGenerator<MemberOrFault, void, undefined> {
  const options = { decodeStrings: false, lazyEntries: true, autoClose: false } as const;
  const zip = typeof from === "string" ? await openPromise(from, options) : await fromBufferPromise(from, options);
  const growth = new Growth(sizeBytes);
  try {
    let count = 0;
    for await (const entry of zip.eachEntry()) {
      if (++count > membersMax) throw new Error(`The archive has more than ${membersMax} members`);
      growth.check();
      const name = Buffer.from(entry.fileNameRaw).toString("utf8");
      if (name.endsWith("/")) continue;
      if (entry.isEncrypted()) yield { name, fault: "Encrypted with a password; unpack it first" };
      else if (!entry.canDecodeFileData()) yield { name, fault: "Compressed in a way that cannot be read" };
      else {
        const stream = await zip.openReadStreamPromise(entry);
        try {
          const bytes = sound(stream as AsyncIterable<Buffer>, entry.crc32, growth);
          yield { name, sizeBytes: entry.uncompressedSize, bytes };
        } finally {
          stream.destroy();
        }
      }
    }
  } finally {
    zip.close();
  }
}

/** What all members of an archive grow to, which may overlap in the file: one limit for them together. */
class Growth {
  readonly #archiveBytes: number;
  #inflated = 0;

  constructor(archiveBytes: number) {
    this.#archiveBytes = archiveBytes;
  }

  add(bytes: number): void {
    this.#inflated += bytes;
  }

  check(): void {
    const { inflatedBytesMax, ratioMax } = defaultInflateLimits;
    if (this.#inflated <= Math.max(inflatedBytesMax, this.#archiveBytes * ratioMax)) return;
    throw new Error(
      `The archive grew past ${this.#inflated} bytes out of ${this.#archiveBytes}; if that is meant, unpack it first`,
    );
  }
}

async function* sound(
  bytes: AsyncIterable<Buffer>,
  checksum: number,
  growth: Growth,
): AsyncGenerator<Buffer, void, undefined> {
  let found = 0;
  for await (const chunk of bytes) {
    found = crc32(chunk, found);
    growth.add(chunk.length);
    yield chunk;
    growth.check();
  }
  if (found !== checksum) throw new Error("The checksum in the archive is not that of the bytes");
}
