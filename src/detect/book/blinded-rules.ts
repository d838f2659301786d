import { saidOfParts, whatIsLost } from "../can-fire/can-fire.ts";
import type { CollectedTrail, Collecting } from "../can-fire/collecting.ts";
import type { EventKnowledge } from "../can-fire/event-knowledge.ts";
import { levels } from "../sigma/document.ts";
import type { HouseNow } from "./house-keeper.ts";
import { settledOf, settledTerms } from "./in-force.ts";
import type { BlindedRule, TrailChange } from "./rule-book.ts";
import { firingOf } from "./rule-views.ts";

interface Sights {
  readonly before: Collecting;
  readonly after: Collecting;
}

/**
 * Rules that are on and see less with what a trail is to record than with what it records: those that could not fire any
 * more come first, and of each the most severe.
 */
export function blindedRules(now: HouseNow, knowledge: EventKnowledge, change: TrailChange): readonly BlindedRule[] {
  const sights = sightsOf(change);
  const firedBefore = firingOf(now, { knowledge, collecting: sights.before });
  const firesAfter = firingOf(now, { knowledge, collecting: sights.after });
  const lostOf = lossesOf(now, knowledge, sights);
  const found = now.house.entries.flatMap((entry): readonly BlindedRule[] => {
    const { key: rule, title, refusal } = entry;
    const settled = settledOf(now.rows.get(rule));
    if (refusal !== undefined || settled.status === "off" || firedBefore(entry).answer === "no") return [];
    const { level } = settledTerms(entry, settled, now.searches.get(rule));
    const { answer, reason } = firesAfter(entry);
    if (answer === "no") return [{ rule, title, level, sees: "nothing", sentence: reason }];
    const lost = lostOf(rule);
    return lost === undefined ? [] : [{ rule, title, level, sees: "less", sentence: lost }];
  });
  return found.toSorted(
    (a, b) =>
      Number(a.sees === "less") - Number(b.sees === "less") ||
      levels.indexOf(b.level) - levels.indexOf(a.level) ||
      (a.title < b.title ? -1 : a.title > b.title ? 1 : 0),
  );
}

/** The trail alone: what else brings events is another question, and what was stored came through it. */
function sightsOf({ before, after }: TrailChange): Sights {
  const alone = (trail: CollectedTrail): Collecting => ({ trails: [trail], others: [], stored: [] });
  return { before: alone(before), after: { ...alone(after), nobody: "none of the new selectors" } };
}

/** What rules would not see any more, by their keys; of a correlation, what those would not see that it counts. */
function lossesOf({ house }: HouseNow, knowledge: EventKnowledge, sights: Sights): (key: string) => string | undefined {
  const rules = new Map(house.assembly.rules.map((each) => [each.rule.key, each]));
  const stories = new Map(house.assembly.correlations.map((each) => [each.correlation.key, each]));
  const titleOf = (key: string) => rules.get(key)?.rule.title ?? stories.get(key)?.correlation.title ?? key;
  const lostOf = (key: string): string | undefined => {
    const rule = rules.get(key);
    if (rule !== undefined) return whatIsLost(rule.predicate, knowledge, sights);
    const parts = (stories.get(key)?.rules ?? []).flatMap((each) => {
      const reason = lostOf(each);
      return reason === undefined ? [] : [{ title: titleOf(each), reason }];
    });
    return parts.length === 0 ? undefined : saidOfParts(parts);
  };
  return lostOf;
}
