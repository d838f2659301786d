import { defineFigure } from "../harness/figure.ts";
import { importRuns } from "../harness/imports.ts";
import { BenchError } from "../harness/errors.ts";
import { idleNode } from "./memory-rest.ts";

const megabyte = 1e6;

/** The most that an import ever holds, whatever the size of what it reads. */
export const memoryImportFigure = defineFigure({
  name: "memory-import",
  summary: "Megabytes resident at most during an import, reader and engine together",
  target: [{ of: "value", atMost: 2000 }],
  async run(stage) {
    const { imports } = await importRuns(stage);
    const readers = imports.flatMap(({ readerPeakBytes }) => readerPeakBytes ?? []);
    const engines = imports.flatMap(({ enginePeakBytes }) => enginePeakBytes ?? []);
    if (readers.length === 0 || engines.length === 0)
      throw new BenchError("The memory of a process can be read on Linux only", {
        code: "bench-not-possible",
        fault: "user",
        help: "Leave this figure out with --only",
      });
    // The two peaks need not fall together, so the sum says rather too much.
    const value = (Math.max(...readers) + Math.max(...engines)) / megabyte;
    const yardstickValue = (await idleNode()).residentBytes / megabyte;
    return {
      value,
      unit: "MB",
      yardstick: "an idle Node process",
      yardstickValue,
      ratio: value / yardstickValue,
      extra: {
        repetitions: imports.length,
        readerMegabytes: Math.max(...readers) / megabyte,
        engineMegabytes: Math.max(...engines) / megabyte,
      },
    };
  },
});
