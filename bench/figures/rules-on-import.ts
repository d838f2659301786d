import { runInChild } from "../harness/child.ts";
import { mustBe } from "../harness/errors.ts";
import { defineFigure } from "../harness/figure.ts";
import { importOnce } from "../harness/imports.ts";
import { median } from "../harness/quantiles.ts";
import type { ImportResult } from "../measure/import-once.ts";
import type { DetectResult } from "../measure/detect-once.ts";

const rules = 800;

/** Importing while eight hundred rules judge what is stored, until nothing waits to be judged. */
export const rulesOnImportFigure = defineFigure({
  name: "rules-on-import",
  summary: "Events a second from local log files to stored, and judged by eight hundred rules",
  target: [{ of: "ratio", atLeast: 0.5 }],
  async run(stage) {
    const { events } = stage.corpus.truth;
    const judged: DetectResult[] = [];
    const imports: ImportResult[] = [];
    for (let turn = 1; turn <= stage.repetitions; turn++) {
      stage.talk(`import with rules ${turn} of ${stage.repetitions}`);
      imports.push(await importOnce(await stage.freshDirectory("alone"), stage.corpus));
      const directory = await stage.freshDirectory("judged");
      judged.push(await runInChild<DetectResult>("detect-once", [directory, stage.corpus.files, String(rules)]));
    }
    for (const run of judged) {
      mustBe("The number of events stored", run.eventsStored, events);
      mustBe("The number of rules and correlations", run.rules + run.correlations, rules);
      mustBe("The number of hits", run.hits, run.matches);
      mustBe("The number of problems", run.problem === undefined ? 0 : 1, 0);
    }
    const rate = (seconds: number) => events / seconds;
    const value = median(judged.map(({ seconds }) => rate(seconds)));
    const yardstickValue = median(imports.map(({ seconds }) => rate(seconds)));
    return {
      value,
      unit: "events/s",
      yardstick: "the same import without rules",
      yardstickValue,
      ratio: value / yardstickValue,
      extra: {
        repetitions: judged.length,
        rates: judged.map(({ seconds }) => rate(seconds)),
        yardstickRates: imports.map(({ seconds }) => rate(seconds)),
        untilStored: median(judged.map(({ importSeconds }) => rate(importSeconds))),
        hits: judged[0]?.hits,
        cpuMicroseconds: median(judged.map(({ cpuSeconds }) => (cpuSeconds * 1e6) / events)),
        engineCpuMicroseconds: median(judged.map(({ engineCpuSeconds }) => ((engineCpuSeconds ?? 0) * 1e6) / events)),
        peakMegabytes: median(judged.map(({ peakBytes }) => (peakBytes ?? 0) / 1e6)),
      },
    };
  },
});
