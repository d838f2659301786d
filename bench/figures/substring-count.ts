import { askCount, type CountTiming } from "../harness/ask.ts";
import { runInChild } from "../harness/child.ts";
import { defineFigure } from "../harness/figure.ts";
import { median } from "../harness/quantiles.ts";
import type { ScanResult } from "../measure/scan-once.ts";

const repetitions = 5;
const yardstickText = "789123";

/** Counting a part of a word has to read every record; it says how far it is. */
export const substringCountFigure = defineFigure({
  name: "substring-count",
  summary: "Events a second while a part of a word such as *789123* is counted",
  target: [{ of: "value", atLeast: 2e6 }],
  async run(stage) {
    const { files, truth } = stage.corpus;
    const { parts } = await stage.questions();
    const timings: CountTiming[] = [];
    const scans: number[] = [];
    await using open = await stage.openStore();
    await askCount(open.search, { query: "*qzxjvk2nowhere*" }, 0);
    for (const [turn, { text, count }] of parts.slice(0, repetitions).entries()) {
      timings.push(await askCount(open.search, { query: `*${text}*` }, count));
      if (turn >= stage.repetitions) continue;
      scans.push((await runInChild<ScanResult>("scan-once", [files, yardstickText])).seconds);
    }
    const value = truth.events / (median(timings.map(({ ms }) => ms)) / 1000);
    const yardstickValue = truth.events / median(scans);
    return {
      value,
      unit: "events/s",
      yardstick: "gunzipSync and Buffer.includes of the same files, one Node thread",
      yardstickValue,
      ratio: value / yardstickValue,
      extra: {
        repetitions: timings.length,
        seconds: median(timings.map(({ ms }) => ms)) / 1000,
        progressSteps: median(timings.map(({ steps }) => steps)),
        longestSilenceMs: Math.max(...timings.map(({ longestSilenceMs }) => longestSilenceMs)),
      },
    };
  },
});
