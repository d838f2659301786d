import type { OutputOf } from "../../aws/index.ts";
import { inBucketRegion } from "../fetch/in-bucket-region.ts";
import type { SourceAws } from "../sources/source.ts";
import type { FolderLister, ListedObject, ListedPage } from "./folder-lister.ts";
import { Slots } from "./slots.ts";

/** More pages than any folder of CloudTrail's has; a bucket that never ends is no bucket. */
const pagesMax = 20_000;

/** Lists buckets of S3, in whichever region they are. */
export class S3Lister implements FolderLister {
  readonly #aws: SourceAws;
  readonly #slots: Slots;
  readonly #regions = new Map<string, string>();

  constructor(aws: SourceAws, options: { readonly requestsAtOnce: number }) {
    this.#aws = aws;
    this.#slots = new Slots(options.requestsAtOnce);
  }

  /** Where S3 says that a bucket is, if that is not where the source is said to be. */
  regionOf(bucket: string): string | undefined {
    return this.#regions.get(bucket);
  }

  async *pages(bucket: string, folder: string, signal: AbortSignal): AsyncGenerator<ListedPage> {
    let token: string | undefined;
    for (let page = 0; page < pagesMax; page++) {
      const answer = await this.#page(bucket, folder, token, signal);
      const { Contents = [], CommonPrefixes = [], NextContinuationToken: next } = answer;
      yield {
        folders: CommonPrefixes.flatMap(({ Prefix }) => decoded(Prefix) ?? []),
        objects: Contents.flatMap((object): ListedObject[] => {
          const key = decoded(object.Key);
          if (key === undefined) return [];
          return [{ key, sizeBytes: object.Size ?? 0, etag: (object.ETag ?? "").replaceAll('"', "") }];
        }),
      };
      if (answer.IsTruncated !== true) return;
      if (next === undefined || next === token)
        throw new Error(`The listing of s3://${bucket}/${folder} does not go on`);
      token = next;
    }
    throw new Error(`The listing of s3://${bucket}/${folder} does not end`);
  }

  async #page(
    bucket: string,
    folder: string,
    token: string | undefined,
    signal: AbortSignal,
  ): Promise<OutputOf<"s3", "ListObjectsV2">> {
    return inBucketRegion(bucket, this.#regions, async (region) => {
      using slot = await this.#slots.take();
      signal.throwIfAborted();
      const s3 = await this.#aws.client("s3", region);
      void slot;
      return await s3.call(
        "ListObjectsV2",
        {
          Bucket: bucket,
          Prefix: folder,
          Delimiter: "/",
          // Keys may hold characters that XML cannot (S3 API Reference, "ListObjectsV2": EncodingType).
          EncodingType: "url",
          ...(token === undefined ? {} : { ContinuationToken: token }),
        },
        { signal },
      );
    });
  }
}

/** Nothing for what was not encoded as it must be. */
function decoded(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}
