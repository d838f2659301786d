import { runInChild } from "../harness/child.ts";
import { mustBe } from "../harness/errors.ts";
import { defineFigure } from "../harness/figure.ts";
import type { ImportResult } from "../measure/import-once.ts";
import type { ParseResult } from "../measure/parse-once.ts";

/** Files that come a second time under other names, some of them with new events: every event stays once. */
export const importRedeliveredFigure = defineFigure({
  name: "import-redelivered",
  summary: "Records a second from files that were delivered again, each event still stored once",
  target: [],
  async run(stage) {
    const directory = await stage.importedStore();
    const { redelivered, truth } = stage.corpus;
    const { records, known, fresh } = truth.redelivered;
    const result = await runInChild<ImportResult>("import-once", [directory, redelivered]);
    // The store holds more than the corpus now, which no search of another run may see.
    await stage.discardStore();
    mustBe("The number of records read", result.recordsRead, records);
    mustBe("The number of new events", result.eventsStored, fresh);
    mustBe("The number of duplicates", result.duplicates, known);
    mustBe("The number of events in the store", result.eventsHeld, truth.events + fresh);
    const yardstick = await runInChild<ParseResult>("parse-once", [redelivered]);
    const value = records / result.seconds;
    const yardstickValue = records / yardstick.seconds;
    return {
      value,
      unit: "records/s",
      yardstick: "gunzipSync and JSON.parse of the same files, one Node thread",
      yardstickValue,
      ratio: value / yardstickValue,
      extra: { records, duplicates: result.duplicates, fresh: result.eventsStored, exact: true },
    };
  },
});
