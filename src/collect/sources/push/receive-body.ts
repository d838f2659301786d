import { createHash, randomUUID, type Hash } from "node:crypto";
import { open, rm, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../../base/clock.ts";
import type { FetchedFile } from "../../intake/intake.ts";
import type { PushRequest } from "../source.ts";

/** What was posted, whole: in memory when it is small, else in a file of ours. */
export interface ReceivedBody extends AsyncDisposable {
  readonly content: FetchedFile["content"];
  readonly sizeBytes: number;
  /** Of the bytes as they came, hexadecimal. */
  readonly sha256: string;
}

export type BodyResult =
  | { readonly ok: true; readonly body: ReceivedBody }
  | { readonly ok: false; readonly reason: "empty" | "too-large" | "too-slow" | "cut-off" | "stopped" };

export interface ReceiveOptions {
  /** Where a large body lies meanwhile. */
  readonly folder: string;
  readonly bytesMax: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const heldBytesMax = 256 * 1024;
/** Firehose itself gives up after three minutes (Data Firehose Developer Guide, "HTTP endpoint delivery"). */
const bodyMsMax = 180_000;

/** Takes in a body to its end. */
export async function receiveBody(source: PushRequest["body"], options: ReceiveOptions): Promise<BodyResult> {
  const { clock, signal, bytesMax } = options;
  const ended = new AbortController();
  const both = AbortSignal.any([signal, ended.signal]);
  // Ends with the body, or with the source: either way nobody waits for it any more.
  const late = clock.waitUntil(clock.now() + bodyMsMax, both).then(
    () => "too-slow" as const,
    () => "stopped" as const,
  );
  const body = new BodyWriter(options.folder);
  const chunks = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await Promise.race([chunks.next(), late]);
      if (typeof next === "string") return await refuse(body, next);
      if (next.done === true) break;
      if (body.sizeBytes + next.value.length > bytesMax) return await refuse(body, "too-large");
      await body.write(next.value);
    }
    if (body.sizeBytes === 0) return await refuse(body, "empty");
    return { ok: true, body: await body.end() };
  } catch (error) {
    await body.discard();
    if (isOfDisk(error)) throw error;
    return { ok: false, reason: "cut-off" };
  } finally {
    ended.abort();
    void Promise.resolve(chunks.return?.()).catch(() => undefined);
  }
}

async function refuse(
  body: BodyWriter,
  reason: (BodyResult & { readonly ok: false })["reason"],
): Promise<BodyResult & { readonly ok: false }> {
  await body.discard();
  return { ok: false, reason };
}

/** Our disk failed, not the sender's connection. */
function isOfDisk(error: unknown): boolean {
  return error instanceof Error && "syscall" in error && (error.syscall === "write" || error.syscall === "open");
}

class BodyWriter {
  readonly #folder: string;
  readonly #hash: Hash = createHash("sha256");
  #held: Uint8Array[] = [];
  #path: string | undefined;
  #file: FileHandle | undefined;
  #sizeBytes = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#hash.update(chunk);
    this.#sizeBytes += chunk.length;
    // The chunk is the connection's own and may be used again.
    if (this.#sizeBytes <= heldBytesMax) this.#held.push(Uint8Array.from(chunk));
    else {
      if (this.#file === undefined) {
        this.#path = join(this.#folder, randomUUID());
        this.#file = await open(this.#path, "wx", 0o600);
        for (const held of this.#held) await this.#file.appendFile(held);
        this.#held = [];
      }
      await this.#file.appendFile(chunk);
    }
  }

  async end(): Promise<ReceivedBody> {
    await this.#file?.close();
    this.#file = undefined;
    const path = this.#path;
    const sizeBytes = this.#sizeBytes;
    return {
      content: path === undefined ? { bytes: Buffer.concat(this.#held) } : { path, sizeBytes },
      sizeBytes,
      sha256: this.#hash.digest("hex"),
      [Symbol.asyncDispose]: () => this.discard(),
    };
  }

  async discard(): Promise<void> {
    await this.#file?.close().catch(() => undefined);
    this.#file = undefined;
    if (this.#path !== undefined) await rm(this.#path, { force: true });
  }
}
