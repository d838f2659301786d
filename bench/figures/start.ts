import { defineFigure } from "../harness/figure.ts";
import { median } from "../harness/quantiles.ts";
import { starts } from "../harness/starts.ts";

/** The first start on a machine: made-up events are made, stored and shown. */
export const startFigure = defineFigure({
  name: "start",
  summary: "Seconds from the first start in an empty folder to the console with its first answer",
  target: [{ of: "value", atMost: 5 }],
  async run(stage) {
    const { first, bare } = await starts(stage);
    const [value, yardstickValue] = [median(first), median(bare)];
    return {
      value,
      unit: "s",
      yardstick: "a Node process that does nothing",
      yardstickValue,
      ratio: value / yardstickValue,
      extra: { repetitions: first.length, all: first },
    };
  },
});
