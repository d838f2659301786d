import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { defineFigure } from "../harness/figure.ts";
import { wordsIndexBytes } from "../harness/parts.ts";

/** What an event costs on disk, with its typed columns and look-up indexes. */
export const diskFigure = defineFigure({
  name: "disk",
  summary: "Bytes on disk of an event with its look-up indexes, without the index of words",
  target: [
    { of: "value", atMost: 260 },
    { of: "withIndexOfWords", atMost: 380 },
  ],
  async run(stage) {
    const { truth } = stage.corpus;
    const directory = await stage.importedStore();
    await using open = await stage.openStore();
    await open.store.settle();
    const { bytesOnDisk } = await open.store.statistics();
    const value = (bytesOnDisk - (await wordsIndexBytes(directory))) / truth.events;
    const yardstickValue = truth.gzBytes / truth.events;
    return {
      value,
      unit: "bytes/event",
      yardstick: "the log files as they came, gzip",
      yardstickValue,
      ratio: value / yardstickValue,
      extra: {
        withIndexOfWords: bytesOnDisk / truth.events,
        rawBytesPerEvent: truth.rawBytes / truth.events,
        folderBytesPerEvent: (await allocatedBytes(directory)) / truth.events,
      },
    };
  },
});

/** What the whole data folder takes, parts included that the engine has merged and not yet removed. */
async function allocatedBytes(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  let sum = 0;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const found = await stat(join(entry.parentPath, entry.name)).catch(() => undefined);
    sum += (found?.blocks ?? 0) * 512;
  }
  return sum;
}
