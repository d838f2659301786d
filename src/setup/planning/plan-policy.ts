import { mergeStatements, type PolicyHome } from "../policies/merge-policy.ts";
import type { PolicyStatement } from "../policies/statements.ts";
import { nameOf } from "../settings/place.ts";
import type { Telling } from "./make-step.ts";
import type { PlanInput, PlanParts } from "./plan-collection.ts";

/** What a policy has to allow, and how putting it in is told. */
export interface PolicyWish extends Omit<Telling, "undo"> {
  readonly statements: readonly PolicyStatement[];
}

/** Puts into a policy what it lacks, and only that; where it cannot be put in, that stands in the way. */
export function planPolicy(
  home: PolicyHome,
  { statements, ...telling }: PolicyWish,
  { wiring }: Pick<PlanInput, "wiring">,
  { list, obstacles }: Pick<PlanParts, "list" | "obstacles">,
): void {
  const place = wiring.places[home];
  if (place === undefined) return;
  const setting = `${home}-policy` as const;
  const { document, changed, problem } = mergeStatements(wiring.values[setting], statements, home);
  if (problem !== undefined) {
    obstacles.push({
      sentence: `What is needed cannot be put into the policy of the ${home} ${nameOf(place)}: ${problem}`,
      help: "Change that policy by hand, then plan again",
    });
  }
  if (changed) list.set(setting, document, { ...telling, undo: "The policy is set back to what it was" });
}
