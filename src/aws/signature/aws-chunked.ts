import { createHash, type Hash, timingSafeEqual } from "node:crypto";
import { Transform, type TransformCallback } from "node:stream";

import { AwsError } from "../aws-error.ts";
import { sha256Hex } from "./canonical-request.ts";
import { scopeText } from "./credential-scope.ts";
import { type RequestSignature } from "./read-signature.ts";
import { hmac, signingKey } from "./signing-key.ts";

/** What signs the chunks of a body: the request's own signature begins the chain. */
export interface ChunkSigning {
  readonly secret: string;
  readonly signature: RequestSignature;
}

export interface AwsChunkedOptions {
  /** `x-amz-decoded-content-length` */
  readonly decodedBytes: number;
  /** Of the signed form; the unsigned form has none. */
  readonly signing: ChunkSigning | undefined;
  /** The names that `x-amz-trailer` announced, in lower case. */
  readonly trailerNames: readonly string[];
}

type Part = "size" | "data" | "data-end" | "trailer" | "done";

/** A line with a size, a signature or a trailer; S3's are far shorter. */
const lineBytesMax = 8192;

/**
 * Takes S3's chunks apart, verifies their signatures and passes their data on (S3 API Reference, "Signature calculations
 * for the authorization header: transferring a payload in multiple chunks"). What is wrong ends the stream with an
 * `AwsError`: who reads it must not keep what came before. The trailers are there when it has ended.
 */
export class AwsChunkedDecoder extends Transform {
  readonly trailers = new Map<string, string>();
  readonly #options: AwsChunkedOptions;
  #part: Part = "size";
  #line: Buffer = Buffer.alloc(0);
  #left = 0;
  #decoded = 0;
  #hash: Hash | undefined;
  #chunkSignature = "";
  #previous: string;
  #signedTrailers = "";

  constructor(options: AwsChunkedOptions) {
    super();
    this.#options = options;
    this.#previous = options.signing?.signature.signature ?? "";
  }

  override _transform(bytes: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    try {
      let at = 0;
      while (at < bytes.length) at = this.#part === "data" ? this.#takeData(bytes, at) : this.#takeLine(bytes, at);
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    // The last line end is left out by some clients when there are no trailers.
    const isWhole =
      this.#part === "done" || (this.#part === "trailer" && this.#line.length === 0 && !this.#lacksTrailers());
    if (!isWhole || this.#decoded !== this.#options.decodedBytes) done(incompleteBody());
    else done();
  }

  #takeData(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.#left);
    const data = bytes.subarray(at, end);
    this.#hash?.update(data);
    this.#left -= data.length;
    this.push(data);
    if (this.#left === 0) {
      this.#endChunk();
      this.#part = "data-end";
    }
    return end;
  }

  #takeLine(bytes: Buffer, at: number): number {
    if (this.#part === "done") throw new AwsError("InvalidRequest", "There are bytes after the last chunk");
    const end = bytes.indexOf(0x0a, at);
    const piece = bytes.subarray(at, end === -1 ? bytes.length : end + 1);
    this.#line = this.#line.length === 0 ? piece : Buffer.concat([this.#line, piece]);
    if (this.#line.length > lineBytesMax)
      throw new AwsError("InvalidRequest", "A line of the chunked body is too long");
    if (end === -1) {
      this.#line = Buffer.from(this.#line);
      return bytes.length;
    }
    const line = this.#line.toString("latin1").replace(/\r?\n$/, "");
    this.#line = Buffer.alloc(0);
    if (this.#part === "size") this.#beginChunk(line);
    else if (this.#part === "data-end") {
      if (line !== "") throw incompleteBody();
      this.#part = "size";
    } else this.#takeTrailer(line);
    return end + 1;
  }

  #beginChunk(line: string): void {
    const found = /^([0-9a-fA-F]{1,10})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line);
    if (found === null) throw new AwsError("InvalidRequest", "The size of a chunk cannot be read");
    this.#left = Number.parseInt(found[1] ?? "", 16);
    this.#decoded += this.#left;
    if (this.#decoded > this.#options.decodedBytes) throw incompleteBody();
    if (this.#options.signing !== undefined) {
      this.#chunkSignature = found[2] ?? "";
      this.#hash = createHash("sha256");
    }
    if (this.#left > 0) this.#part = "data";
    else {
      this.#endChunk();
      this.#part = "trailer";
    }
  }

  #endChunk(): void {
    if (this.#hash === undefined) return;
    const digest = this.#hash.digest("hex");
    this.#verify("AWS4-HMAC-SHA256-PAYLOAD", [sha256Hex(""), digest], this.#chunkSignature);
    this.#hash = undefined;
  }

  #takeTrailer(line: string): void {
    if (line === "") {
      if (this.#lacksTrailers())
        throw new AwsError("MalformedTrailerError", "The request contained trailing data that was not well-formed");
      this.#part = "done";
      return;
    }
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === "x-amz-trailer-signature")
      this.#verify("AWS4-HMAC-SHA256-TRAILER", [sha256Hex(this.#signedTrailers)], value);
    else if (this.#options.trailerNames.includes(name) && !this.trailers.has(name)) {
      this.trailers.set(name, value);
      this.#signedTrailers += `${name}:${value}\n`;
      return;
    } else throw new AwsError("MalformedTrailerError", "The request contained trailing data that was not well-formed");
    this.#signedTrailers = "";
  }

  #lacksTrailers(): boolean {
    const isUnsigned = this.#options.signing !== undefined && this.#signedTrailers !== "";
    return isUnsigned || this.trailers.size < this.#options.trailerNames.length;
  }

  #verify(algorithm: string, hashes: readonly string[], found: string): void {
    const { signing } = this.#options;
    if (signing === undefined) return;
    const { scope, amzDate } = signing.signature;
    const text = [algorithm, amzDate, scopeText(scope), this.#previous, ...hashes].join("\n");
    const expected = hmac(signingKey(signing.secret, scope), text);
    if (!/^[0-9a-f]{64}$/.test(found) || !timingSafeEqual(expected, Buffer.from(found, "hex")))
      throw new AwsError(
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
        403,
      );
    this.#previous = found;
  }
}

/** S3 API Reference, "Error responses", IncompleteBody. */
function incompleteBody(): AwsError {
  return new AwsError(
    "IncompleteBody",
    "You did not provide the number of bytes specified by the Content-Length HTTP header.",
  );
}
