import { gunzipSync, inflateSync } from "node:zlib";

/** How much of a body is kept aside to be read, in bytes; SQS takes as much at once, all others take less. */
export const copyBytesMax = 1024 * 1024;

/** What passes by, counted, and its beginning kept as far as it is wanted. */
export class BodyCopy {
  readonly #bytesMax: number;
  readonly #pieces: Buffer[] = [];
  #kept = 0;
  #size = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** How many bytes have passed. */
  get size(): number {
    return this.#size;
  }

  /** Whether nothing of it is missing in the copy. */
  get isWhole(): boolean {
    return this.#kept === this.#size;
  }

  add(piece: Buffer): void {
    this.#size += piece.length;
    const room = this.#bytesMax - this.#kept;
    if (room <= 0) return;
    const part = piece.length <= room ? piece : piece.subarray(0, room);
    this.#pieces.push(part);
    this.#kept += part.length;
  }

  /** What was kept, as it went over the wire. */
  bytes(): Buffer {
    return this.#pieces.length === 1 ? (this.#pieces[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#pieces);
  }

  /** The whole body without its content encoding; undefined when it is not all there or cannot be unpacked. */
  content(encoding: string | undefined): Buffer | undefined {
    if (!this.isWhole) return undefined;
    const bytes = this.bytes();
    const limit = { maxOutputLength: copyBytesMax };
    try {
      switch (encoding?.trim().toLowerCase()) {
        case undefined:
        case "":
        case "identity":
          return bytes;
        case "gzip":
          return bytes.length === 0 ? bytes : gunzipSync(bytes, limit);
        case "deflate":
          return bytes.length === 0 ? bytes : inflateSync(bytes, limit);
        default:
          return undefined;
      }
    } catch {
      return undefined;
    }
  }
}
