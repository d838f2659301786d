import { type Readable } from "node:stream";

import { AwsError } from "../../aws/index.ts";

/** What a request's body may have at most where it is read whole. */
const bodyBytesMax = 16 * 1024 * 1024;

/** How long such a body may take. */
const bodyMilliseconds = 60_000;

/**
 * Reads a body whole; nothing when it is larger than it may be. Rejects with `AwsError` when it does not come, or breaks
 * off (S3 API Reference, "Error responses": RequestTimeout, IncompleteBody).
 */
export function readBody(stream: Readable): Promise<Uint8Array | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array | undefined>();
  const pieces: Buffer[] = [];
  let size = 0;
  const timer = setTimeout(() => {
    stream.pause();
    reject(new AwsError("RequestTimeout", "Your request was not read within the timeout period."));
  }, bodyMilliseconds);
  stream.on("data", (piece: Buffer) => {
    size += piece.length;
    if (size <= bodyBytesMax) pieces.push(piece);
    else {
      stream.pause();
      resolve(undefined);
    }
  });
  stream.once("end", () => resolve(pieces.length === 1 ? pieces[0] : Buffer.concat(pieces)));
  stream.once("error", (error) => reject(error instanceof AwsError ? error : brokenOff()));
  stream.once("close", () => reject(brokenOff()));
  return promise.finally(() => clearTimeout(timer));
}

/** The client went away in the middle of its body. */
export function brokenOff(): AwsError {
  return new AwsError(
    "IncompleteBody",
    "You did not provide the number of bytes specified by the Content-Length HTTP header.",
  );
}
