/** What an S3 request is about, read from host and path. */
export interface S3Address {
  readonly bucket: string | undefined;
  /** Decoded; not there when it is about the bucket, or about no bucket at all. */
  readonly key: string | undefined;
}

/** The bucket that a host names, as `bucket.s3.eu-west-1.amazonaws.com`, `bucket.s3.localhost` or `bucket.localhost` do. */
export function bucketOfHost(host: string): string | undefined {
  const name = host.replace(/:\d{1,5}$/, "").toLowerCase();
  const at = Math.max(name.lastIndexOf(".s3."), name.lastIndexOf(".s3-"));
  if (at > 0) return name.slice(0, at);
  if (!name.endsWith(".localhost")) return undefined;
  const before = name.slice(0, -".localhost".length);
  return before === "s3" || before.startsWith("s3.") || before.startsWith("s3-") ? undefined : before;
}

/** Takes a path apart, still encoded; the host's bucket goes before the path's. Throws `URIError` for a broken escape. */
export function readS3Address(host: string, path: string): S3Address {
  const fromHost = bucketOfHost(host);
  if (fromHost !== undefined)
    return { bucket: fromHost, key: path.length > 1 ? decodeURIComponent(path.slice(1)) : undefined };
  const slash = path.indexOf("/", 1);
  const bucket = decodeURIComponent(slash === -1 ? path.slice(1) : path.slice(1, slash));
  const key = slash === -1 ? "" : decodeURIComponent(path.slice(slash + 1));
  return { bucket: bucket === "" ? undefined : bucket, key: key === "" ? undefined : key };
}
