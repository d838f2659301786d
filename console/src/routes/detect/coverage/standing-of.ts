import type { Coverage, CoverageTechnique } from "../../../detect-api.ts";

/** Seen by a rule that can fire; blind where only others would; open where there is none. */
export type Standing = "seen" | "blind" | "open";

export function standingOf({ rules, blind }: Pick<CoverageTechnique, "rules" | "blind">): Standing {
  if (rules.length > 0) return "seen";
  return blind.length > 0 ? "blind" : "open";
}

/** How many techniques stand how; one that belongs to several tactics counts once. */
export function countCoverage({ tactics }: Coverage): Readonly<Record<Standing, number>> {
  const counts = { seen: 0, blind: 0, open: 0 };
  const techniques = new Map(tactics.flatMap((tactic) => tactic.techniques).map((each) => [each.id, each]));
  for (const technique of techniques.values()) counts[standingOf(technique)]++;
  return counts;
}
