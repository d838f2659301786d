import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AwsCallError } from "../../aws/index.ts";
import type { NoticedObject } from "../../cloudtrail/index.ts";
import type { SourceAws } from "../sources/source.ts";
import { FetchError } from "./fetch-error.ts";

/** An object as it was fetched: small ones in memory, larger ones on disk under a name that is ours. */
export interface FetchedObject {
  readonly content: { readonly bytes: Buffer } | { readonly path: string; readonly sizeBytes: number };
  /** Its ETag, without quotation marks. */
  readonly version: string;
}

export interface FetchContext {
  readonly aws: SourceAws;
  /** Where large objects wait. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Regions of buckets, as far as they are known; grows. */
  readonly regions: Map<string, string>;
}

/** Objects up to this size are held in memory. */
export const heldBytesMax = 4 * 1024 * 1024;
/** CloudTrail closes its files long before this. */
const objectBytesMax = 512 * 1024 * 1024;

/**
 * Fetches an object whole. A bucket in another region is found by S3's own answer, once. Rejects with `AwsCallError`
 * or `FetchError`, and leaves nothing on disk then.
 */
export async function fetchObject(object: NoticedObject, context: FetchContext): Promise<FetchedObject> {
  const { regions } = context;
  try {
    return await fetchFrom(object, regions.get(object.bucket), context);
  } catch (error) {
    const region = regionOf(error);
    if (region === undefined || region === regions.get(object.bucket)) throw error;
    regions.set(object.bucket, region);
    return fetchFrom(object, region, context);
  }
}

/** Where S3 says that the bucket is (S3 API Reference, "Error responses": PermanentRedirect and others). */
export function regionOf(error: unknown): string | undefined {
  if (!(error instanceof AwsCallError)) return undefined;
  const isElsewhere =
    error.status === 301 ||
    ["PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException"].includes(error.code);
  if (!isElsewhere) return undefined;
  const cause = error.cause as { readonly $response?: { readonly headers?: Readonly<Record<string, string>> } };
  const region = error.members["Region"] ?? cause.$response?.headers?.["x-amz-bucket-region"];
  return region !== undefined && /^[a-z0-9-]{3,30}$/.test(region) ? region : undefined;
}

async function fetchFrom(
  { bucket, key, versionId }: NoticedObject,
  region: string | undefined,
  { aws, folder, signal }: FetchContext,
): Promise<FetchedObject> {
  const s3 = await aws.client("s3", region);
  const answer = await s3.call(
    "GetObject",
    { Bucket: bucket, Key: key, ...(versionId === undefined ? {} : { VersionId: versionId }) },
    { signal },
  );
  const body = answer.Body as unknown as Readable;
  const sizeBytes = answer.ContentLength ?? 0;
  const version = (answer.ETag ?? "").replaceAll('"', "");
  const name = `s3://${bucket}/${key}`;
  if (sizeBytes > objectBytesMax) {
    body.destroy();
    throw new FetchError(`${name} has ${sizeBytes} bytes, more than the ${objectBytesMax} of the largest log file`, {
      code: "object-too-large",
    });
  }
  if (sizeBytes <= heldBytesMax) return { content: { bytes: await readWhole(body, sizeBytes, name) }, version };
  const path = join(folder, randomUUID());
  try {
    const file = createWriteStream(path, { mode: 0o600 });
    await pipeline(body, file, { signal });
    checkSize(file.bytesWritten, sizeBytes, name);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return { content: { path, sizeBytes }, version };
}

async function readWhole(body: Readable, sizeBytes: number, name: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of body as AsyncIterable<Buffer>) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  checkSize(bytes.length, sizeBytes, name);
  return bytes;
}

/** A connection that breaks must never make a shorter file. */
function checkSize(got: number, sizeBytes: number, name: string): void {
  if (got === sizeBytes) return;
  throw new FetchError(`Of ${name} came ${got} bytes instead of ${sizeBytes}`, { code: "object-cut-off" });
}
