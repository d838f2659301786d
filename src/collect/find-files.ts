import { glob, lstat, readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseObjectKey } from "../cloudtrail/index.ts";
import { CollectError } from "./errors.ts";

/** A file on disk that may hold records. */
export interface FoundFile {
  /** Absolute. */
  readonly path: string;
  /** What it is called where it came from, when not by its path: `s3://bucket/key`. */
  readonly name?: string;
  readonly sizeBytes: number;
  /** Changes when the file does. */
  readonly version: string;
}

export interface SkippedPath {
  readonly path: string;
  readonly reason: string;
}

export interface FoundFiles {
  /** In the order of delivery as far as names tell, so that what is read together lies together in time. */
  readonly files: readonly FoundFile[];
  readonly skipped: readonly SkippedPath[];
  readonly sizeBytes: number;
}

/** Walks files, folders and globs. Links are followed only where a person named them. */
export async function findFiles(paths: readonly string[], workingDirectory: string): Promise<FoundFiles> {
  const found = new Map<string, FoundFile>();
  const skipped: SkippedPath[] = [];
  for (const path of paths) {
    for (const start of await expand(path, workingDirectory)) await walk(start, found, skipped);
  }
  const files = [...found.values()]
    .map((file) => ({ file, order: deliveryOrder(file.path) }))
    .sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0))
    .map(({ file }) => file);
  return { files, skipped, sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0) };
}

async function expand(path: string, workingDirectory: string): Promise<string[]> {
  const plain = resolve(workingDirectory, path);
  if (await exists(plain)) return [plain];
  const matches = /[*?[{]/.test(path) ? await Array.fromAsync(glob(path, { cwd: workingDirectory })) : [];
  if (matches.length === 0) {
    throw new CollectError(`There is nothing at ${path}`, {
      code: "import-path-missing",
      fault: "user",
      help: "Name a file, a folder, an archive or a pattern in quotes",
      details: { path },
    });
  }
  return matches.map((match) => resolve(workingDirectory, match));
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function walk(start: string, found: Map<string, FoundFile>, skipped: SkippedPath[]): Promise<void> {
  const waiting: { path: string; named: boolean }[] = [{ path: start, named: true }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path, named } = next;
    try {
      const status = named ? await stat(path) : await lstat(path);
      if (status.isDirectory()) {
        for (const name of await readdir(path)) waiting.push({ path: join(path, name), named: false });
      } else if (status.isFile()) {
        const version = `${status.size}-${Math.trunc(status.mtimeMs)}`;
        found.set(path, { path, sizeBytes: status.size, version });
      } else if (status.isSymbolicLink())
        skipped.push({ path, reason: "A link; links inside a folder are not followed" });
      else skipped.push({ path, reason: "Not a regular file" });
    } catch (error) {
      skipped.push({ path, reason: `Cannot be read: ${error instanceof Error ? error.message : String(error)}` });
    }
  }
}

function deliveryOrder(path: string): string {
  const key = parseObjectKey(path);
  const at = key.ok && key.key.deliveredAt !== undefined ? new Date(key.key.deliveredAt).toISOString() : "";
  return `${at}\0${path}`;
}
