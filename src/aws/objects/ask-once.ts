import {
  type Agent,
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as requestPlain,
  type RequestOptions,
} from "node:http";
import { request as requestTls } from "node:https";
import { type Readable } from "node:stream";
import { type ObjectAddress } from "./object-address.ts";
import { objectError } from "./object-error.ts";

/** An object as S3 gives it; its bytes are as they were stored, compressed or not. */
export interface ObjectAnswer {
  /** Whole where it is small enough to be held, else a stream that ends with an error when it is cut off. */
  readonly body: Buffer | Readable;
  /** Nothing where the endpoint does not say so before. */
  readonly sizeBytes: number | undefined;
  /** Without quotation marks. */
  readonly etag: string | undefined;
  readonly versionId: string | undefined;
  readonly contentEncoding: string | undefined;
  /** Milliseconds since 1970. */
  readonly lastModifiedAt: number | undefined;
  /** Its own metadata: lower-case names, without the `x-amz-meta-` that they begin with. */
  readonly metadata: Readonly<Record<string, string>>;
}

export interface AskOptions {
  readonly agent: Agent;
  readonly headers: Readonly<Record<string, string>>;
  /** Up to this size the body is read whole. */
  readonly heldBytesMax: number;
  /** A connection over which nothing comes for so long is given up. */
  readonly idleMs: number;
  readonly signal: AbortSignal | undefined;
}

/** S3's errors have some hundred bytes. */
const errorBytesMax = 64 * 1024;
const metadataPrefix = "x-amz-meta-";
/** S3 takes 2 KB of it (S3 User Guide, "Working with object metadata"); whoever says more is not S3. */
const metadataMax = { count: 64, characters: 8 * 1024 };

/** Asks for an object one time. Rejects with `AwsCallError` where S3 refuses, else with what Node says of the network. */
export function askOnce(address: ObjectAddress, options: AskOptions): Promise<ObjectAnswer> {
  const { agent, headers, idleMs, signal } = options;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const send = address.isTls ? requestTls : requestPlain;
    const request = send({
      agent,
      headers,
      host: address.hostname,
      port: address.port,
      path: address.query === "" ? address.path : `${address.path}?${address.query}`,
      timeout: idleMs,
    } satisfies RequestOptions);
    const stop = () => request.destroy(signal?.reason as Error);
    signal?.addEventListener("abort", stop, { once: true });
    const leave = () => signal?.removeEventListener("abort", stop);
    request.once("timeout", () => request.destroy(timedOut(address.host, idleMs)));
    request.on("error", (error) => {
      leave();
      reject(markReused(error, request));
    });
    request.once("response", (message) => {
      const sizeBytes = sizeOf(message);
      const isGood = message.statusCode === 200;
      if (isGood && (sizeBytes === undefined || sizeBytes > options.heldBytesMax)) {
        message.once("close", leave);
        resolve(answerOf(message, message, sizeBytes));
        return;
      }
      readWhole(message, isGood ? options.heldBytesMax : errorBytesMax, (error, body) => {
        leave();
        if (error !== undefined) reject(error);
        else if (isGood) resolve(answerOf(message, body, sizeBytes));
        else reject(objectError(message.statusCode ?? 0, message.headers, body.toString("utf8")));
      });
    });
    request.end();
  });
}

/** Whether a connection that was kept open broke before it answered: S3 may close one at any time. */
export function wasReused(error: unknown): boolean {
  return error instanceof Error && reused.has(error);
}

const reused = new WeakSet<Error>();

function markReused(error: Error, request: ClientRequest): Error {
  if (request.reusedSocket) reused.add(error);
  return error;
}

function readWhole(
  message: IncomingMessage,
  bytesMax: number,
  done: (error: Error | undefined, body: Buffer) => void,
): void {
  const chunks: Buffer[] = [];
  let count = 0;
  message.on("data", (chunk: Buffer) => {
    count += chunk.length;
    if (count <= bytesMax) chunks.push(chunk);
    else message.destroy(new Error(`More than ${bytesMax} bytes came`));
  });
  message.once("end", () => done(undefined, Buffer.concat(chunks)));
  message.once("error", (error) => done(error, Buffer.alloc(0)));
}

function sizeOf({ headers }: IncomingMessage): number | undefined {
  const text = headers["content-length"];
  return text === undefined || headers["transfer-encoding"] !== undefined ? undefined : Number(text);
}

function answerOf({ headers }: IncomingMessage, body: Buffer | Readable, sizeBytes: number | undefined): ObjectAnswer {
  const versionId = headers["x-amz-version-id"];
  const lastModifiedAt = Date.parse(headers["last-modified"] ?? "");
  return {
    body,
    sizeBytes,
    etag: headers.etag?.replaceAll('"', ""),
    versionId: typeof versionId === "string" && versionId !== "null" ? versionId : undefined,
    contentEncoding: headers["content-encoding"],
    lastModifiedAt: Number.isNaN(lastModifiedAt) ? undefined : lastModifiedAt,
    metadata: metadataOf(headers),
  };
}

/** What is beyond the limits is left out; Node has made the names lower-case. */
function metadataOf(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const kept: [string, string][] = [];
  let characters = 0;
  for (const [header, value] of Object.entries(headers)) {
    if (!header.startsWith(metadataPrefix) || typeof value !== "string") continue;
    characters += header.length + value.length;
    if (kept.length >= metadataMax.count || characters > metadataMax.characters) break;
    kept.push([header.slice(metadataPrefix.length), value]);
  }
  return Object.fromEntries(kept);
}

function timedOut(host: string, idleMs: number): Error {
  return Object.assign(new Error(`${host} said nothing for ${idleMs / 1000} s`), { code: "ETIMEDOUT" });
}
