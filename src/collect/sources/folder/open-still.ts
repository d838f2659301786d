import { constants } from "node:fs";
import { open, realpath, type FileHandle } from "node:fs/promises";
import { join, relative } from "node:path";
import { versionOf, type FoundFile } from "../../find-files.ts";

/**
 * Opens a file that a look has found, if it is still the one that was found. Nothing for one that has changed, or that
 * was replaced by a link, itself or a folder above it, which would lead out of the watched folder.
 */
export async function openStill(root: string, file: FoundFile): Promise<FileHandle | undefined> {
  const handle = await open(file.path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (error: unknown) => {
      if (isLink(error)) return undefined;
      throw error;
    },
  );
  if (handle === undefined) return undefined;
  try {
    const status = await handle.stat();
    const inside = join(await realpath(root), relative(root, file.path));
    const isSame = status.isFile() && versionOf(status) === file.version && (await realpath(file.path)) === inside;
    if (isSame) return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return undefined;
}

/** All bytes of such a file, which must be as many as were found. */
export async function readStill(root: string, file: FoundFile): Promise<Buffer | undefined> {
  const handle = await openStill(root, file);
  if (handle === undefined) return undefined;
  try {
    const bytes = Buffer.allocUnsafe(file.sizeBytes);
    let at = 0;
    while (at < bytes.length) {
      const { bytesRead } = await handle.read(bytes, at, bytes.length - at, at);
      if (bytesRead === 0) return undefined;
      at += bytesRead;
    }
    return bytes;
  } finally {
    await handle.close();
  }
}

/** What `open` says of a link when it may not follow one (open(2), O_NOFOLLOW). */
function isLink(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ELOOP" || error.code === "EMLINK");
}
