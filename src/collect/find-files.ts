import { glob, lstat, readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseObjectKey } from "../cloudtrail/index.ts";
import { CollectError } from "./errors.ts";

/** A file on disk that may hold records. */
export interface FoundFile {
  /** Absolute. */
  readonly path: string;
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
    for (const start of await expand(path, workingDirectory)) {
      for await (const one of walkFiles(start)) {
        if ("reason" in one) skipped.push(one);
        else found.set(one.path, one);
      }
    }
  }
  const files = inDeliveryOrder(found.values());
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

/** Everything at a path and below it, one by one: files, and what is no file to be read. A link is followed only at the path itself. */
export async function* walkFiles(start: string): AsyncGenerator<FoundFile | SkippedPath, void, undefined> {
  const waiting: { path: string; named: boolean }[] = [{ path: start, named: true }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path, named } = next;
    try {
      const status = named ? await stat(path) : await lstat(path);
      if (status.isDirectory()) {
        for (const name of await readdir(path)) waiting.push({ path: join(path, name), named: false });
      } else if (status.isFile()) yield { path, sizeBytes: status.size, version: versionOf(status) };
      else if (status.isSymbolicLink()) yield { path, reason: "A link; links inside a folder are not followed" };
      else yield { path, reason: "Not a regular file" };
    } catch (error) {
      yield { path, reason: `Cannot be read: ${error instanceof Error ? error.message : String(error)}` };
    }
  }
}

/** What changes when a file does. */
export function versionOf({ size, mtimeMs }: { readonly size: number; readonly mtimeMs: number }): string {
  return `${size}-${Math.trunc(mtimeMs)}`;
}

/** Puts files in the order of their delivery, as far as names tell. */
export function inDeliveryOrder<File extends { readonly path: string }>(files: Iterable<File>): File[] {
  return [...files]
    .map((file) => ({ file, order: deliveryOrder(file.path) }))
    .sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0))
    .map(({ file }) => file);
}

function deliveryOrder(path: string): string {
  const key = parseObjectKey(path);
  const at = key.ok && key.key.deliveredAt !== undefined ? new Date(key.key.deliveredAt).toISOString() : "";
  return `${at}\0${path}`;
}
