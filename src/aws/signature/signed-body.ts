import { createHash } from "node:crypto";
import { Transform, type TransformCallback } from "node:stream";

import { AwsError } from "../aws-error.ts";

/** Passes a body on and ends with an error when its SHA-256 is not the one that was signed. */
export class SignedBody extends Transform {
  readonly #hash = createHash("sha256");
  readonly #expected: string;

  constructor(expected: string) {
    super();
    this.#expected = expected;
  }

  override _transform(bytes: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#hash.update(bytes);
    done(null, bytes);
  }

  override _flush(done: TransformCallback): void {
    if (this.#hash.digest("hex") === this.#expected) done();
    else done(wrongPayload());
  }
}

/** S3's code for a body that is not what was signed. */
function wrongPayload(): AwsError {
  return new AwsError(
    "XAmzContentSHA256Mismatch",
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
  );
}
