import { mustBe } from "../harness/errors.ts";
import { defineFigure } from "../harness/figure.ts";
import { huntOnce, type HuntRun, ownRules } from "../harness/hunts.ts";
import { median, quantile } from "../harness/quantiles.ts";
import { fullScanMs } from "../harness/search-figure.ts";

const rulesMeasured = 12;

/** Looking back with one rule after another, each in an engine that remembers nothing of the one before. */
export const huntOneRuleFigure = defineFigure({
  name: "hunt-one-rule",
  summary: "Seconds to look for one rule in all that is stored",
  target: [{ of: "value", atMost: 5 }],
  async run(stage) {
    const { rules, ...assembly } = await ownRules(stage);
    const alone = rules.filter(({ isAlone }) => isAlone);
    const step = Math.max(1, Math.floor(alone.length / rulesMeasured));
    const runs: (HuntRun & { readonly key: string })[] = [];
    for (const rule of alone.filter((_, index) => index % step === 0).slice(0, rulesMeasured)) {
      const run = await huntOnce(stage, { ...assembly, rules: [rule], correlations: [] });
      mustBe("The number of rules that fired without a match", run.fired > 0 && run.matches === 0 ? 1 : 0, 0);
      runs.push({ ...run, key: rule.rule.key });
    }
    const seconds = runs.map((run) => run.seconds);
    const value = quantile(seconds, 0.95);
    const yardstickValue = (await fullScanMs(stage)) / 1000;
    const slowest = runs.toSorted((one, other) => other.seconds - one.seconds).slice(0, 3);
    return {
      value,
      unit: "s",
      yardstick: "a count that has to read every record, in the same store",
      yardstickValue,
      ratio: yardstickValue / value,
      extra: {
        ...{ p50: median(seconds), repetitions: runs.length, fired: runs.filter(({ fired }) => fired > 0).length },
        slowest: slowest.map((run) => `${run.key} ${run.seconds.toFixed(1)} s`).join(", "),
      },
    };
  },
});
