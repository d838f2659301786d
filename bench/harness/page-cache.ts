import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Drops a folder's files out of the operating system's memory, and nobody else's: GNU `dd` asks the kernel for that
 * with `iflag=nocache count=0` (coreutils manual, "dd invocation"). Tells whether it could.
 */
export async function evictFromPageCache(directory: string): Promise<boolean> {
  try {
    await run("sync", []);
    for (const path of await filesIn(directory))
      await run("dd", [`if=${path}`, "iflag=nocache", "count=0", "status=none"]);
    return true;
  } catch {
    return false;
  }
}

/** Bytes of the folder's files that are in memory; undefined where `fincore` is not installed. */
export async function residentBytesOf(directory: string): Promise<number | undefined> {
  const paths = await filesIn(directory);
  let sum = 0;
  try {
    for (let at = 0; at < paths.length; at += 500) {
      const some = paths.slice(at, at + 500);
      const { stdout } = await run("fincore", ["--bytes", "--noheadings", "-o", "RES", ...some]);
      for (const line of stdout.split("\n")) sum += Number(line.trim());
    }
    return sum;
  } catch {
    return undefined;
  }
}

async function filesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
