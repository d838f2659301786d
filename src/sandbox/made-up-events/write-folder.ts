import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { madeUpLogFiles, type MadeUpOptions } from "./log-files.ts";

/** What was written, for a sentence to the person who asked. */
export interface MadeUpFolder {
  readonly files: number;
  readonly records: number;
  readonly textBytes: number;
  readonly gzBytes: number;
}

/** Files that are compressed and written while the next ones are made. */
const filesInFlightMax = 16;

const compress = promisify(gzip);

/** Writes the made-up log files under a folder as they would lie in a bucket, compressed at gzip's usual level as AWS does. */
export async function writeMadeUpFolder(dir: string, options: MadeUpOptions): Promise<MadeUpFolder> {
  const made = { files: 0, records: 0, textBytes: 0, gzBytes: 0 };
  const folders = new Map<string, Promise<unknown>>();
  const inFlight = new Set<Promise<void>>();

  async function write(path: string, text: string): Promise<void> {
    const folder = dirname(path);
    const ready = folders.get(folder) ?? mkdir(folder, { recursive: true });
    folders.set(folder, ready);
    const packed = await compress(text);
    await ready;
    await writeFile(path, packed);
    made.gzBytes += packed.length;
  }

  for (const file of madeUpLogFiles(options)) {
    const writing = write(join(dir, file.key), file.text).finally(() => inFlight.delete(writing));
    inFlight.add(writing);
    made.files += 1;
    made.records += file.records.length;
    made.textBytes += Buffer.byteLength(file.text);
    if (inFlight.size >= filesInFlightMax) await Promise.race(inFlight);
  }
  await Promise.all(inFlight);
  return made;
}
