import { runInChild } from "../harness/child.ts";
import { mustBe } from "../harness/errors.ts";
import { defineFigure } from "../harness/figure.ts";
import { median } from "../harness/quantiles.ts";
import type { ImportResult } from "../measure/import-once.ts";
import type { ParseResult } from "../measure/parse-once.ts";

/** The same folder once more: every file is known and unchanged. */
export const importAgainFigure = defineFigure({
  name: "import-again",
  summary: "Seconds to import a folder again that is already stored",
  target: [],
  async run(stage) {
    const directory = await stage.importedStore();
    const { files, truth } = stage.corpus;
    const seconds: number[] = [];
    for (let turn = 0; turn < stage.repetitions; turn++) {
      const result = await runInChild<ImportResult>("import-once", [directory, files]);
      mustBe("The number of files that are known", result.filesKnown, truth.files);
      mustBe("The number of events stored again", result.eventsStored, 0);
      mustBe("The number of events in the store", result.eventsHeld, truth.events);
      seconds.push(result.seconds);
    }
    const value = median(seconds);
    const yardstick = await runInChild<ParseResult>("parse-once", [files]);
    return {
      value,
      unit: "s",
      yardstick: "gunzipSync and JSON.parse of the same files, one Node thread",
      yardstickValue: yardstick.seconds,
      ratio: yardstick.seconds / value,
      extra: { repetitions: seconds.length, files: truth.files },
    };
  },
});
