import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";

/** Part of a table as the engine names its folder: partition, first and last block, level, and mutation. */
interface Part {
  readonly partition: string;
  readonly first: number;
  readonly last: number;
  readonly level: number;
  readonly mutation: number;
}

const partForm = /^([^_]+)_(\d+)_(\d+)_(\d+)(?:_(\d+))?$/;

/** The parts that count: the engine keeps those that were merged into others for some minutes before it removes them. */
export function activeParts(names: readonly string[]): string[] {
  const parts = names.flatMap((name) => {
    const part = readPart(name);
    return part ? [{ name, part }] : [];
  });
  return parts.filter(({ part }) => !parts.some((other) => covers(other.part, part))).map(({ name }) => name);
}

function readPart(name: string): Part | undefined {
  const [, partition = "", first, last, level, mutation] = partForm.exec(name) ?? [];
  if (first === undefined) return undefined;
  return {
    partition,
    first: Number(first),
    last: Number(last),
    level: Number(level),
    mutation: Number(mutation ?? 0),
  };
}

function covers(one: Part, other: Part): boolean {
  if (one.partition !== other.partition) return false;
  if (one.first > other.first || one.last < other.last) return false;
  return one.level > other.level || (one.level === other.level && one.mutation > other.mutation);
}

const wordsIndexFile = /^skp_idx_words\./;

/** Bytes of the index of words in a settled store; only the table of events has one. */
export async function wordsIndexBytes(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const parts = entries.filter((entry) => entry.isDirectory() && partForm.test(entry.name));
  const active = new Set(activeParts(parts.map(({ name }) => name)));
  let sum = 0;
  for (const entry of entries) {
    if (!entry.isFile() || !wordsIndexFile.test(entry.name)) continue;
    if (active.has(basename(entry.parentPath))) sum += await sizeOf(join(entry.parentPath, entry.name));
  }
  return sum;
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path)).size;
}
