import { createGunzip, gunzipSync } from "node:zlib";

/** A gzip file that inflates past both of these is taken for a decompression bomb. */
export interface InflateLimits {
  readonly inflatedBytesMax: number;
  readonly ratioMax: number;
}

export const defaultInflateLimits: InflateLimits = { inflatedBytesMax: 256 * 1024 * 1024, ratioMax: 100 };

/** What went wrong while inflating; what was inflated before is still good. */
export interface InflateFault {
  readonly reason: "gzip-truncated" | "gzip-damaged" | "bomb" | "trailing-bytes";
  readonly message: string;
}

const pieceBytes = 8 * 1024;

/** Small files are inflated in one go; above this they stream. */
export const wholeBytesMax = 64 * 1024 * 1024;

/**
 * Inflates a gzip file (of one or several members) held in memory. Undefined when it is not sound or too large for one
 * go: then `inflateStream` finds out what can be had.
 */
export function inflateWhole(compressed: Buffer): Buffer | undefined {
  if (compressed.length < 18) return undefined;
  // The trailer says how large the (last) member is; it is only a hint for the size of the output buffer.
  const hint = compressed.readUInt32LE(compressed.length - 4);
  const chunkSize = Math.min(Math.max(hint + 64, 16 * 1024), wholeBytesMax);
  try {
    const { buffer, engine } = gunzipSync(compressed, {
      chunkSize,
      maxOutputLength: wholeBytesMax,
      info: true,
    }) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    // Node leaves zero bytes behind the last member unmentioned.
    return engine.bytesWritten === compressed.length ? buffer : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Inflates a stream of gzip bytes piece by piece, as far as that is possible; ask `fault` when it has ended. The output
 * of the piece of input that holds the damage is lost, so the pieces are small.
 */
export class InflatedStream implements AsyncIterable<Buffer> {
  readonly #source: AsyncIterable<Uint8Array>;
  readonly #limits: InflateLimits;
  #fault: InflateFault | undefined;
  #bytesBehind = 0;

  constructor(source: AsyncIterable<Uint8Array>, limits: InflateLimits = defaultInflateLimits) {
    this.#source = source;
    this.#limits = limits;
  }

  /** What went wrong, once the stream has ended. */
  get fault(): InflateFault | undefined {
    return this.#fault;
  }

  /** Of the source, once the stream has ended. */
  get bytesBehind(): number {
    return this.#bytesBehind;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void, undefined> {
    const gunzip = createGunzip({ chunkSize: 256 * 1024 });
    let taken = 0;
    let inflated = 0;
    let sourceFault: unknown;
    const feeding = feed(this.#source, gunzip, (bytes) => (taken += bytes)).catch((error: unknown) => {
      sourceFault = error;
      gunzip.destroy();
    });
    try {
      for await (const chunk of gunzip as AsyncIterable<Buffer>) {
        inflated += chunk.length;
        yield chunk;
        if (inflated > this.#limits.inflatedBytesMax && inflated > taken * this.#limits.ratioMax) {
          this.#fault = bombFault(inflated, taken);
          return;
        }
      }
      if (taken > gunzip.bytesWritten) {
        this.#bytesBehind = taken - gunzip.bytesWritten;
        this.#fault = trailingFault(this.#bytesBehind);
      }
    } catch (error) {
      if (sourceFault === undefined) this.#fault = damageFault(error, inflated);
    } finally {
      gunzip.destroy();
      await feeding;
    }
    if (sourceFault !== undefined) throw sourceFault;
  }
}

async function feed(
  source: AsyncIterable<Uint8Array>,
  gunzip: ReturnType<typeof createGunzip>,
  count: (bytes: number) => void,
): Promise<void> {
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; at += pieceBytes) {
      if (gunzip.destroyed) return;
      const piece = chunk.subarray(at, at + pieceBytes);
      count(piece.length);
      if (!gunzip.write(piece)) await drained(gunzip);
    }
  }
  gunzip.end();
}

async function drained(gunzip: ReturnType<typeof createGunzip>): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => {
      gunzip.off("drain", done);
      gunzip.off("close", done);
      resolve();
    };
    gunzip.on("drain", done);
    gunzip.on("close", done);
  });
}

export function trailingFault(bytes: number): InflateFault {
  return { reason: "trailing-bytes", message: `${bytes} bytes follow the gzip data` };
}

function bombFault(inflated: number, taken: number): InflateFault {
  return {
    reason: "bomb",
    message: `The gzip data grew past ${inflated} bytes out of ${taken}; if that is meant, unpack it first`,
  };
}

function damageFault(error: unknown, inflated: number): InflateFault {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "Z_BUF_ERROR" || message.includes("unexpected end")) {
    return { reason: "gzip-truncated", message: `The gzip data ends too early, after ${inflated} inflated bytes` };
  }
  return { reason: "gzip-damaged", message: `The gzip data is damaged after ${inflated} inflated bytes (${message})` };
}
