import type { Readable } from "node:stream";
import { AwsCallError } from "../../aws/index.ts";
import { awsAuthority, inBucketRegion, type SourceReach } from "../../collect/index.ts";
import type { VerificationOptions } from "./options.ts";

/** An object as it lies there now, or why nothing can be said of it. */
export type Reached =
  | { readonly kind: "bytes"; readonly bytes: Buffer }
  | { readonly kind: "not-found" }
  | { readonly kind: "unreachable"; readonly error: unknown };

/** CloudTrail closes its files long before this, compressed. */
const objectBytesMax = 128 * 1024 * 1024;

/** Reads buckets again, and asks AWS, with the rights that the sources have; opened for one look, and closed after it. */
export class Reaching implements AsyncDisposable {
  readonly #options: Pick<VerificationOptions, "reach" | "sources">;
  readonly #open = new Map<string, Promise<SourceReach | undefined>>();
  readonly #regions = new Map<string, string>();
  #names: Promise<readonly string[]> | undefined;

  constructor(options: Pick<VerificationOptions, "reach" | "sources">) {
    this.#options = options;
  }

  /** The source that is asked first, then all others. */
  async *ways(first: string): AsyncGenerator<SourceReach, void, undefined> {
    this.#names ??= this.#options.sources().then((sources) => sources.map(({ name }) => name));
    const names = await this.#names;
    for (const name of [...names.filter((one) => one === first), ...names.filter((one) => one !== first)]) {
      const way = await this.#way(name);
      if (way !== undefined) yield way;
    }
  }

  /** Whose word counts for what a source collected; as it was known where the source is gone, else AWS's. */
  async authorityOf(source: string, known: string | undefined): Promise<string> {
    return (await this.#way(source))?.authority ?? known ?? awsAuthority;
  }

  /** Gets an object, by the source that knows it or by another that reads the same bucket. */
  async get(object: { readonly bucket: string; readonly key: string }, source: string, signal: AbortSignal) {
    let last: Reached = { kind: "unreachable", error: undefined };
    for await (const way of this.ways(source)) {
      if (way.source !== source && !way.roots.some(({ bucket }) => bucket === object.bucket)) continue;
      last = await this.#get(way, object, signal);
      if (last.kind !== "unreachable") return last;
    }
    return last;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const opening of this.#open.values()) await (await opening)?.[Symbol.asyncDispose]();
    this.#open.clear();
  }

  async #way(name: string): Promise<SourceReach | undefined> {
    // A source that cannot be reached is as one that does not speak to AWS.
    const opening = this.#open.get(name) ?? this.#options.reach(name).catch(() => undefined);
    this.#open.set(name, opening);
    return opening;
  }

  async #get(
    way: SourceReach,
    object: { readonly bucket: string; readonly key: string },
    signal: AbortSignal,
  ): Promise<Reached> {
    try {
      return await inBucketRegion(object.bucket, this.#regions, (region) => getFrom(way, object, region, signal));
    } catch (error) {
      signal.throwIfAborted();
      const isGone = error instanceof AwsCallError && (error.code === "NoSuchKey" || error.code === "NotFound");
      return isGone ? { kind: "not-found" } : { kind: "unreachable", error };
    }
  }
}

async function getFrom(
  way: SourceReach,
  object: { readonly bucket: string; readonly key: string },
  region: string | undefined,
  signal: AbortSignal,
): Promise<Reached> {
  const answer = await way.aws.objects().get(object, { region, signal, heldBytesMax: objectBytesMax });
  const bytes = Buffer.isBuffer(answer.body) ? answer.body : await readAll(answer.body);
  // A connection that breaks must never make a file look cut off.
  if (bytes === undefined || (answer.sizeBytes !== undefined && answer.sizeBytes !== bytes.length)) {
    return { kind: "unreachable", error: undefined };
  }
  return { kind: "bytes", bytes };
}

async function readAll(body: Readable): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > objectBytesMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
