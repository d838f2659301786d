import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";

/** An entry, and when it was told last, in seconds since 1970. */
export type ToldEntry = readonly [entry: string, toldAt: number];

const suffix = ".entries";
const namePattern = /^[0-9a-f]{32}\.entries$/;
const pieceLines = 10_000;

/**
 * Files of entries, one line each: when it was told, and the entry. A file is named by what it holds and never changed;
 * a list points to the one that counts.
 */
export class EntryFiles {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Writes a file, whole or not at all, and gives its name. */
  async write(entries: Iterable<ToldEntry>): Promise<string> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const unfinished = join(this.#directory, `${randomUUID()}.part`);
    const hash = createHash("sha256");
    try {
      await using file = await open(unfinished, "wx", 0o600);
      let lines: string[] = [];
      const flush = async () => {
        const text = lines.join("");
        hash.update(text);
        lines = [];
        await file.writeFile(text);
      };
      for (const [entry, toldAt] of entries) {
        lines.push(`${toldAt}\t${entry}\n`);
        if (lines.length === pieceLines) await flush();
      }
      await flush();
      await file.sync();
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
    const name = `${hash.digest("hex").slice(0, 32)}${suffix}`;
    await rename(unfinished, join(this.#directory, name));
    return name;
  }

  /** The entries of a file, in pieces. */
  async *read(name: string): AsyncGenerator<readonly ToldEntry[]> {
    if (!namePattern.test(name)) return;
    let rest = "";
    const pieces: AsyncIterable<string> = createReadStream(join(this.#directory, name), {
      encoding: "utf8",
      highWaterMark: 256 * 1024,
    });
    for await (const piece of pieces) {
      const lines = (rest + piece).split("\n");
      rest = lines.pop() ?? "";
      yield lines.flatMap(readLine);
    }
  }

  /** Removes files that no list points to. */
  async keepOnly(names: ReadonlySet<string>): Promise<void> {
    const there = await readdir(this.#directory).catch(() => []);
    for (const name of there) {
      const isOurs = namePattern.test(name) || name.endsWith(".part");
      if (isOurs && !names.has(name)) await rm(join(this.#directory, name), { force: true });
    }
  }
}

function readLine(line: string): ToldEntry[] {
  const tab = line.indexOf("\t");
  const toldAt = Number(line.slice(0, tab));
  return tab < 1 || !Number.isSafeInteger(toldAt) || toldAt < 0 ? [] : [[line.slice(tab + 1), toldAt]];
}
