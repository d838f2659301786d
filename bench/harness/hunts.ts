import { type Assembly, hunt } from "../../src/detect/index.ts";
import { benchRules } from "./bench-rules.ts";
import { mustBe } from "./errors.ts";
import type { Stage } from "./stage.ts";

export interface HuntRun {
  readonly seconds: number;
  readonly fired: number;
  readonly matches: number;
}

/** All rules that come with the program. */
export function ownRules(stage: Stage): Promise<Assembly> {
  return stage.once("own rules", () => {
    const { rules, correlations, refusals } = benchRules(0);
    return Promise.resolve({ rules, correlations, refusals, warnings: [] });
  });
}

/** Looks for rules in everything that is stored, in an engine that has just been started. */
export async function huntOnce(stage: Stage, assembly: Assembly): Promise<HuntRun> {
  await using open = await stage.openStore();
  const began = performance.now();
  let [fired, matches, skipped] = [0, 0, 0];
  for await (const step of hunt(open.store, { assembly, examples: 2 }, new AbortController().signal)) {
    if (step.kind === "found") [fired, matches] = [fired + 1, matches + step.found.count];
    if (step.kind === "skipped") skipped++;
  }
  mustBe("The number of rules that were not hunted", skipped, 0);
  return { seconds: (performance.now() - began) / 1000, fired, matches };
}
