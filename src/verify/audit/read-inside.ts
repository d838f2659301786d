import { constants } from "node:fs";
import { open, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";

/** No log file of CloudTrail is larger; of what is, so much is read as shows that it is another. */
const readBytesMax = 128 * 1024 * 1024;

/**
 * The bytes of a file below a folder, whose path must be a real one. Nothing where there is no file, or where a link
 * stands in its place or in place of a folder above it, which could lead out.
 */
export async function readInside(root: string, path: string, bytesMax = readBytesMax): Promise<Buffer | undefined> {
  const whole = join(root, path);
  try {
    if ((await realpath(dirname(whole))) !== dirname(whole)) return undefined;
    const handle = await open(whole, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const status = await handle.stat();
      if (!status.isFile()) return undefined;
      const bytes = Buffer.allocUnsafe(Math.min(status.size, bytesMax));
      let at = 0;
      while (at < bytes.length) {
        const { bytesRead } = await handle.read(bytes, at, bytes.length - at, at);
        if (bytesRead === 0) break;
        at += bytesRead;
      }
      return bytes.subarray(0, at);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (isNotThere(error)) return undefined;
    throw error;
  }
}

/** What Node says of what is not there, and of a link that it may not follow (open(2), O_NOFOLLOW). */
function isNotThere(error: unknown): boolean {
  const codes = ["ENOENT", "ENOTDIR", "ELOOP", "EMLINK", "ENXIO", "ENAMETOOLONG", "EISDIR"];
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
