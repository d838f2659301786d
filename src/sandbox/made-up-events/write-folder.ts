import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { madeUpLogFiles, type MadeUpOptions } from "./log-files.ts";

/** What was written, for a sentence to the person who asked. */
export interface MadeUpFolder {
  readonly files: number;
  readonly records: number;
  readonly textBytes: number;
  readonly gzBytes: number;
}

/** Writes the made-up log files under a folder as they would lie in a bucket, compressed at gzip's usual level as AWS does. */
export async function writeMadeUpFolder(dir: string, options: MadeUpOptions): Promise<MadeUpFolder> {
  const folders = new Set<string>();
  let [files, records, textBytes, gzBytes] = [0, 0, 0, 0];
  for (const file of madeUpLogFiles(options)) {
    const path = join(dir, file.key);
    const folder = dirname(path);
    if (!folders.has(folder)) await mkdir(folder, { recursive: true });
    folders.add(folder);
    const packed = gzipSync(file.text);
    await writeFile(path, packed);
    files += 1;
    records += file.records.length;
    textBytes += Buffer.byteLength(file.text);
    gzBytes += packed.length;
  }
  return { files, records, textBytes, gzBytes };
}
