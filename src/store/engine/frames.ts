/**
 * The wire between the server and the process that owns the engine: a length (of all that follows, 4 bytes, big
 * endian), the request's number (4), a kind (1), then the payload. Both ends are ours, so a frame that breaks the form
 * is a bug and ends the connection.
 */
export const frameKinds = ["query", "cancel", "more", "chunk", "done", "failed", "ready"] as const;
export type FrameKind = (typeof frameKinds)[number];

export interface Frame {
  readonly id: number;
  readonly kind: FrameKind;
  readonly payload: Buffer;
}

const headerBytes = 9;

export function encodeFrame(id: number, kind: FrameKind, payload: Uint8Array | string): Buffer[] {
  const body = typeof payload === "string" ? Buffer.from(payload) : toBuffer(payload);
  const header = Buffer.allocUnsafe(headerBytes);
  header.writeUInt32BE(body.length + headerBytes - 4, 0);
  header.writeUInt32BE(id, 4);
  header.writeUInt8(frameKinds.indexOf(kind), 8);
  return [header, body];
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Puts frames together from chunks of any size, without copying a frame more than once. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #bytes = 0;
  readonly #onFrame: (frame: Frame) => void;

  constructor(onFrame: (frame: Frame) => void) {
    this.#onFrame = onFrame;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    while (this.#bytes >= headerBytes) {
      const length = this.#peekLength() + 4;
      if (this.#bytes < length) return;
      const whole = this.#take(length);
      const kind = frameKinds[whole.readUInt8(8)];
      if (kind === undefined) throw new Error("Unknown frame kind on the engine's wire");
      this.#onFrame({ id: whole.readUInt32BE(4), kind, payload: whole.subarray(headerBytes) });
    }
  }

  #peekLength(): number {
    const first = this.#chunks[0];
    if (first !== undefined && first.length >= 4) return first.readUInt32BE(0);
    const joined = Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined.readUInt32BE(0);
  }

  #take(length: number): Buffer {
    const first = this.#chunks[0];
    const all = first !== undefined && first.length >= length ? first : Buffer.concat(this.#chunks);
    const rest = this.#chunks.length > 1 && all === first ? this.#chunks.slice(1) : [];
    const left = all.subarray(length);
    this.#chunks = left.length > 0 ? [left, ...rest] : rest;
    this.#bytes -= length;
    return all.subarray(0, length);
  }
}
