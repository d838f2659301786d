import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const filesAtOnce = 500;
/** What may stay: pages that the kernel is busy with, and the folders themselves. */
const leftoverBytesMax = 1_000_000;

/** A shell starts `dd` for each file, for to start it from here takes several times as long. */
const evictEach = 'for file; do dd if="$file" iflag=nocache count=0 status=none || exit 1; done';

/**
 * Puts a folder's files out of the operating system's memory, and nobody else's: GNU `dd` asks the kernel for that with
 * `iflag=nocache count=0` (coreutils manual, "dd invocation"). Tells whether they are out, as far as that can be seen.
 */
export async function evictFromPageCache(directory: string): Promise<boolean> {
  const paths = await filesIn(directory);
  const resident = await residentFiles(paths);
  try {
    await inGroups(resident ?? paths, (some) => run("sync", ["--data", ...some]));
    await inGroups(resident ?? paths, (some) => run("sh", ["-c", evictEach, "sh", ...some]));
  } catch {
    return false;
  }
  return ((await residentBytes(paths)) ?? 0) <= leftoverBytesMax;
}

/**
 * Reads a folder's files, so that they are in the operating system's memory as those of a server are that has run for a
 * while, as far as they have room there.
 */
export async function loadIntoPageCache(directory: string): Promise<void> {
  await inGroups(await filesIn(directory), (some) => run("sh", ["-c", 'cat "$@" > /dev/null', "sh", ...some]));
}

/** Those of the files that are in memory at least in part; undefined where `fincore` is not installed. */
async function residentFiles(paths: readonly string[]): Promise<string[] | undefined> {
  const sizes = await residentSizes(paths);
  return sizes && paths.filter((_path, index) => sizes[index] !== 0);
}

async function residentBytes(paths: readonly string[]): Promise<number | undefined> {
  return (await residentSizes(paths))?.reduce((sum, size) => sum + size, 0);
}

/** One size a file, in the order of the files; an empty file has a line too. */
async function residentSizes(paths: readonly string[]): Promise<number[] | undefined> {
  const sizes: number[] = [];
  try {
    await inGroups(paths, async (some) => {
      const { stdout } = await run("fincore", ["--bytes", "--noheadings", "-o", "RES", ...some]);
      sizes.push(...stdout.trim().split("\n").map(Number));
    });
  } catch {
    return undefined;
  }
  return sizes.length === paths.length ? sizes : undefined;
}

async function inGroups(paths: readonly string[], act: (some: readonly string[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < paths.length; at += filesAtOnce) await act(paths.slice(at, at + filesAtOnce));
}

async function filesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
