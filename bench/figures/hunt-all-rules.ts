import { mustBe } from "../harness/errors.ts";
import { defineFigure } from "../harness/figure.ts";
import { huntOnce, type HuntRun, ownRules } from "../harness/hunts.ts";
import { median } from "../harness/quantiles.ts";
import { fullScanMs } from "../harness/search-figure.ts";

/** Looking back with all rules and correlations that come with the program. */
export const huntAllRulesFigure = defineFigure({
  name: "hunt-all-rules",
  summary: "Seconds to look for all rules and correlations in all that is stored",
  target: [{ of: "secondsOfMillion", atMost: 60 }],
  async run(stage) {
    const assembly = await ownRules(stage);
    const runs: HuntRun[] = [];
    for (let turn = 1; turn <= stage.repetitions; turn++) runs.push(await huntOnce(stage, assembly));
    const [first] = runs;
    for (const run of runs) mustBe("The number of matches found again", run.matches, first?.matches ?? 0);
    const value = median(runs.map(({ seconds }) => seconds));
    const yardstickValue = (await fullScanMs(stage)) / 1000;
    return {
      value,
      unit: "s",
      yardstick: "a count that has to read every record, in the same store",
      yardstickValue,
      ratio: yardstickValue / value,
      extra: {
        secondsOfMillion: (value * 1e6) / stage.corpus.truth.events,
        repetitions: runs.length,
        rules: assembly.rules.length,
        correlations: assembly.correlations.length,
        fired: first?.fired,
        matches: first?.matches,
      },
    };
  },
});
