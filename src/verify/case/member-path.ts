/** A file's name may be no longer, or some disks cannot hold it; in bytes. */
const nameBytesMax = 240;
const pathBytesMax = 1_400;

/** What every system takes in the name of a file; the rest is written as in an address, `%3A`. */
const odd = /[^A-Za-z0-9!._'()+=@,& ~#$;^{}[\]-]/gu;

/**
 * Where an object of a bucket lies inside a case: `s3/bucket/key`, as it is for every key that CloudTrail writes. Keys
 * are others' texts: no part of one leads out of the folder or has a meaning of its own to a disk. Nothing for a key that
 * no disk could hold.
 */
export function memberPath(bucket: string, key: string): string | undefined {
  const parts = [bucket, ...key.split("/")].map(safePart);
  const path = ["s3", ...parts].join("/");
  const isLong = Buffer.byteLength(path) > pathBytesMax || parts.some((part) => Buffer.byteLength(part) > nameBytesMax);
  return isLong ? undefined : path;
}

function safePart(part: string): string {
  if (part === "") return "%";
  if (/^\.+$/.test(part)) return part.replaceAll(".", "%2E");
  const plain = part.replace(odd, (sign) => encodeURIComponent(sign.isWellFormed() ? sign : "\ufffd"));
  // Windows drops a point or a space at the end, and keeps some names for devices.
  const ended = plain.replace(/[. ]$/, (sign) => (sign === "." ? "%2E" : "%20"));
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(ended) ? `%${ended}` : ended;
}
