/**
 * A key written so that comparing code units compares the bytes of its UTF-8, which is how S3 orders keys (API
 * Reference, ListObjectsV2: "in lexicographical order").
 */
export function byteOrder(key: string): string {
  return isPlain.test(key) ? key : Buffer.from(key, "utf8").toString("latin1");
}

/** Its bytes are its code units already. */
const isPlain = /^[\u0001-\u007f]*$/;
