import { defineFigure } from "../harness/figure.ts";
import { importRuns } from "../harness/imports.ts";
import { median } from "../harness/quantiles.ts";

/** Log files into a fresh data folder: committed, fsynced, searchable, each event once. */
export const importFigure = defineFigure({
  name: "import",
  summary: "Events a second from local log files to committed, fsynced, searchable and deduplicated",
  target: [{ of: "ratio", atLeast: 0.9 }],
  async run(stage) {
    const { imports, parses } = await importRuns(stage);
    const { events } = stage.corpus.truth;
    const rate = (seconds: number) => events / seconds;
    const microseconds = (seconds: number) => (seconds * 1e6) / events;
    const engine = imports.flatMap(({ engineCpuSeconds }) => engineCpuSeconds ?? []);
    const merged = imports.flatMap(({ engineCpuSecondsToQuiet }) => engineCpuSecondsToQuiet ?? []);
    const value = median(imports.map(({ seconds }) => rate(seconds)));
    const yardstickValue = median(parses.map(({ seconds }) => rate(seconds)));
    return {
      value,
      unit: "events/s",
      yardstick: "gunzipSync and JSON.parse of the same files, one Node thread",
      yardstickValue,
      ratio: value / yardstickValue,
      extra: {
        repetitions: imports.length,
        rates: imports.map(({ seconds }) => rate(seconds)),
        yardstickRates: parses.map(({ seconds }) => rate(seconds)),
        toQuiet: median(imports.map(({ secondsToQuiet }) => rate(secondsToQuiet))),
        readerCpuMicroseconds: median(imports.map((run) => microseconds(run.readerCpuSeconds))),
        engineCpuMicroseconds: engine.length === 0 ? undefined : microseconds(median(engine)),
        engineCpuMicrosecondsToQuiet: merged.length === 0 ? undefined : microseconds(median(merged)),
        rawMegabytesPerSecond: (value * stage.corpus.truth.rawBytes) / events / 1e6,
      },
    };
  },
});
