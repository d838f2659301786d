import { AwsCallError } from "../../aws/index.ts";

/**
 * Asks for something of a bucket where that is: where it is known to be, else where S3's own answer says that it is, once.
 * `regions` are those that were found out so far; it grows. Several may ask at once: what counts is where each one asked.
 */
export async function inBucketRegion<T>(
  bucket: string,
  regions: Map<string, string>,
  ask: (region: string | undefined) => Promise<T>,
): Promise<T> {
  const known = regions.get(bucket);
  try {
    return await ask(known);
  } catch (error) {
    const region = regionOf(error);
    if (region === undefined || region === known) throw error;
    regions.set(bucket, region);
    return ask(region);
  }
}

/** Where S3 says that the bucket is (S3 API Reference, "Error responses": PermanentRedirect and others). */
export function regionOf(error: unknown): string | undefined {
  if (!(error instanceof AwsCallError)) return undefined;
  const isElsewhere =
    error.status === 301 ||
    error.status === 307 ||
    ["PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException"].includes(error.code);
  if (!isElsewhere) return undefined;
  const cause = error.cause as { readonly $response?: { readonly headers?: Readonly<Record<string, string>> } };
  const region = error.members["Region"] ?? cause.$response?.headers?.["x-amz-bucket-region"];
  return region !== undefined && /^[a-z0-9-]{3,30}$/.test(region) ? region : undefined;
}
