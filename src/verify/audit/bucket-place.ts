import { AwsCallError } from "../../aws/index.ts";
import { diagnose, inBucketRegion, type ListingRoot, S3Lister, type SourceAws } from "../../collect/index.ts";
import type { DigestMetadata } from "../digests/digest-object.ts";
import { VerifyError } from "../errors.ts";
import { listPublicKeys } from "../list-public-keys.ts";
import { nameOf } from "../names.ts";
import type { PlaceAnswer, VerifyPlace } from "../place.ts";
import { askTrail } from "../trail-state.ts";
import { Branches } from "./branches.ts";

export interface BucketPlaceOptions {
  readonly aws: SourceAws;
  /** Prefixes of buckets; what is copied from elsewhere is fetched where its digest says. */
  readonly roots: readonly ListingRoot[];
  /** Where the buckets are thought to be; S3 says where they are. */
  readonly region: string;
  readonly roleArn?: string | undefined;
  readonly requestsAtOnce: number;
  /** What else is to be closed with it. */
  readonly close?: () => Promise<void>;
}

/** What is larger is read one at a time. */
const heldBytesMax = 8 * 1024 * 1024;
/** No log file of CloudTrail is larger; of what is, so much is read as shows that it is another. */
const readBytesMax = 128 * 1024 * 1024;

/** Buckets of S3 as a place, with whatever rights `aws` has. What AWS refuses rejects with `verify-place-unreadable`. */
export function openBucketPlace(options: BucketPlaceOptions): VerifyPlace {
  const { aws, roots, requestsAtOnce } = options;
  const branches = new Branches(new S3Lister(aws, { requestsAtOnce }), roots, requestsAtOnce);
  const regions = new Map<string, string>();
  const large = new OneAtATime();
  const name = roots.map(({ bucket, prefix }) => `s3://${bucket}${prefix === "" ? "" : `/${prefix}`}`).join(", ");
  const told = (what: string, error: unknown, signal: AbortSignal) => {
    signal.throwIfAborted();
    return unreadable(what, error, options);
  };

  type Named = { readonly bucket: string; readonly key: string };
  async function get(object: Named, region: string | undefined, signal: AbortSignal): Promise<PlaceAnswer> {
    const { body, metadata } = await aws.objects().get(object, { region, signal, heldBytesMax });
    const bytes = Buffer.isBuffer(body) ? body : await large.do(() => readFirst(body, signal));
    return { ok: true, bytes, metadata: metadataOf(metadata) };
  }

  return {
    name,
    async lanes(signal) {
      try {
        return await branches.lanes(signal);
      } catch (error) {
        throw told(name, error, signal);
      }
    },
    async *list(what, span, signal) {
      try {
        yield* branches.list(what, span, signal);
      } catch (error) {
        throw told(name, error, signal);
      }
    },
    async get(object, signal) {
      try {
        return await inBucketRegion(object.bucket, regions, (region) => get(object, region, signal));
      } catch (error) {
        if (isGone(error)) return { ok: false, reason: "not-found" };
        throw told(nameOf(object), error, signal);
      }
    },
    async trailOf(chain, bucket, now, signal) {
      try {
        return await askTrail(aws, chain, bucket, now, signal);
      } catch {
        // It is asked to spare a false alarm; who may not ask goes by the clock.
        signal.throwIfAborted();
        return undefined;
      }
    },
    async publicKeys(region, span, signal) {
      try {
        return await listPublicKeys(aws, region, span, signal);
      } catch (error) {
        throw told(`the public keys of CloudTrail in ${region}`, error, signal);
      }
    },
    async [Symbol.asyncDispose]() {
      await options.close?.();
    },
  };
}

/** A bucket that is not there is no missing object, and neither is one that may not be read. */
function isGone(error: unknown): boolean {
  return error instanceof AwsCallError && error.code === "NoSuchKey";
}

function metadataOf(given: Readonly<Record<string, string>>): DigestMetadata {
  return {
    signature: given["signature"],
    signatureAlgorithm: given["signature-algorithm"],
    backfillGeneratedAt: given["backfill-generation-timestamp"],
    isLost: false,
  };
}

async function readFirst(body: AsyncIterable<unknown>, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let count = 0;
  for await (const chunk of body) {
    signal.throwIfAborted();
    if (!Buffer.isBuffer(chunk)) continue;
    chunks.push(chunk);
    count += chunk.length;
    if (count > readBytesMax) break;
  }
  return Buffer.concat(chunks);
}

/** Work in turn. */
class OneAtATime {
  #last: Promise<unknown> = Promise.resolve();

  do<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work, work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

function unreadable(
  what: string,
  error: unknown,
  { region, roleArn }: Pick<BucketPlaceOptions, "region" | "roleArn">,
): unknown {
  if (error instanceof VerifyError) return error;
  const { sentence, help, code } = diagnose(error, { what, region, ...(roleArn === undefined ? {} : { roleArn }) });
  return new VerifyError(sentence, {
    code: "verify-place-unreadable",
    fault: "aws",
    ...(help === undefined ? {} : { help }),
    details: { finding: code },
    cause: error,
  });
}
