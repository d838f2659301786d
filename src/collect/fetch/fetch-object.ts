import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ObjectAnswer } from "../../aws/index.ts";
import type { NoticedObject } from "../../cloudtrail/index.ts";
import type { SourceAws } from "../sources/source.ts";
import { FetchError } from "./fetch-error.ts";
import { inBucketRegion } from "./in-bucket-region.ts";

/** An object as it was fetched: small ones in memory, larger ones on disk under a name that is ours. */
export interface FetchedObject {
  readonly content: { readonly bytes: Buffer } | { readonly path: string; readonly sizeBytes: number };
  /** Its ETag, without quotation marks. */
  readonly version: string;
  /** `x-amz-meta-…`, lower-case names without that beginning. */
  readonly metadata: Readonly<Record<string, string>>;
}

export interface FetchContext {
  readonly aws: Pick<SourceAws, "objects">;
  /** Where large objects wait. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Regions of buckets, as far as they are known; grows. */
  readonly regions: Map<string, string>;
  /** What is larger is refused; by default, what no log file can be. */
  readonly bytesMax?: number;
}

/** Objects up to this size are held in memory. */
export const heldBytesMax = 4 * 1024 * 1024;
/** CloudTrail closes its files long before this. */
const objectBytesMax = 512 * 1024 * 1024;

/**
 * Fetches an object whole. A bucket in another region is found by S3's own answer, once. Rejects with `AwsCallError`,
 * `FetchError` or what Node says of network and disk, and leaves nothing on disk then.
 */
export async function fetchObject(object: NoticedObject, context: FetchContext): Promise<FetchedObject> {
  return inBucketRegion(object.bucket, context.regions, (region) => fetchFrom(object, region, context));
}

async function fetchFrom(
  object: NoticedObject,
  region: string | undefined,
  { aws, folder, signal, bytesMax = objectBytesMax }: FetchContext,
): Promise<FetchedObject> {
  const answer = await aws.objects().get(object, { region, signal, heldBytesMax });
  const { body, metadata } = answer;
  const version = answer.etag ?? answer.versionId ?? "";
  if (Buffer.isBuffer(body)) return { content: { bytes: body }, version, metadata };
  const path = join(folder, randomUUID());
  return { content: await writeToDisk(object, answer, body, { path, bytesMax, signal }), version, metadata };
}

async function writeToDisk(
  { bucket, key }: NoticedObject,
  { sizeBytes }: ObjectAnswer,
  body: Readable,
  { path, bytesMax, signal }: { readonly path: string; readonly bytesMax: number; readonly signal: AbortSignal },
): Promise<{ readonly path: string; readonly sizeBytes: number }> {
  const name = `s3://${bucket}/${key}`;
  try {
    if (sizeBytes !== undefined) checkSize(name, sizeBytes, bytesMax);
    const file = createWriteStream(path, { mode: 0o600, flags: "wx" });
    await pipeline(body, (chunks) => counted(chunks, name, bytesMax), file, { signal });
    // A connection that breaks must never make a shorter file.
    if (sizeBytes !== undefined && file.bytesWritten !== sizeBytes) {
      const message = `Of ${name} came ${file.bytesWritten} bytes instead of ${sizeBytes}`;
      throw new FetchError(message, { code: "object-cut-off" });
    }
    return { path, sizeBytes: file.bytesWritten };
  } catch (error) {
    body.destroy();
    await rm(path, { force: true });
    throw error;
  }
}

async function* counted(chunks: AsyncIterable<Buffer>, name: string, bytesMax: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    checkSize(name, bytes, bytesMax);
    yield chunk;
  }
}

function checkSize(name: string, sizeBytes: number, bytesMax: number): void {
  if (sizeBytes <= bytesMax) return;
  const message = `${name} has ${sizeBytes} bytes, more than the ${bytesMax} that are read of any such file`;
  throw new FetchError(message, { code: "object-too-large" });
}
