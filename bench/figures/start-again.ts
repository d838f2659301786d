import { defineFigure } from "../harness/figure.ts";
import { median } from "../harness/quantiles.ts";
import { starts } from "../harness/starts.ts";

/** Any later start: the events are there. */
export const startAgainFigure = defineFigure({
  name: "start-again",
  summary: "Seconds from a later start to the console with its first answer",
  target: [{ of: "value", atMost: 5 }],
  async run(stage) {
    const { second, bare } = await starts(stage);
    const [value, yardstickValue] = [median(second), median(bare)];
    return {
      value,
      unit: "s",
      yardstick: "a Node process that does nothing",
      yardstickValue,
      ratio: value / yardstickValue,
      extra: { repetitions: second.length, all: second },
    };
  },
});
