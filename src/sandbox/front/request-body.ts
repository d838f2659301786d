import { type Readable } from "node:stream";

/** What a request's body may have at most where it is read whole. */
export const bodyBytesMax = 16 * 1024 * 1024;

/** Reads a body whole; nothing when it is larger than it may be. Rejects when the other side breaks off. */
export function readBody(stream: Readable): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let size = 0;
    stream.on("data", (piece: Buffer) => {
      size += piece.length;
      if (size <= bodyBytesMax) pieces.push(piece);
      else {
        stream.pause();
        resolve(undefined);
      }
    });
    stream.once("end", () => resolve(pieces.length === 1 ? pieces[0] : Buffer.concat(pieces)));
    stream.once("error", reject);
    stream.once("close", () => reject(new Error("The other side broke off")));
  });
}
