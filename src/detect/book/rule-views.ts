import type { RuleCount, RuleSettingRow } from "../../state/index.ts";
import { readAttackTags } from "../attack/read-tags.ts";
import { type CanFire, canCorrelationFire, canRuleFire } from "../can-fire/can-fire.ts";
import type { Collecting } from "../can-fire/collecting.ts";
import type { EventKnowledge } from "../can-fire/event-knowledge.ts";
import type { BookEntry } from "./house.ts";
import type { HouseNow } from "./house-keeper.ts";
import { settledOf, settledTerms } from "./in-force.ts";
import type { RuleDetails, RuleView } from "./rule-book.ts";
import { readSettings } from "./rule-settings.ts";

/** What is shown of a rule beside what stands in the book. */
export interface ViewFacts {
  readonly counts: ReadonlyMap<string, RuleCount>;
  readonly collecting: Collecting;
  readonly knowledge: EventKnowledge;
}

/** Rules as people see them, by origin and path; those that are gone and were settled about come last. */
export function ruleViews(now: HouseNow, facts: ViewFacts): readonly RuleView[] {
  const firing = firingOf(now, facts);
  const present = now.house.entries
    .map((entry) => viewOf(entry, now, facts, firing(entry)))
    .toSorted((a, b) => originRank(a) - originRank(b) || compare(a.origin, b.origin) || compare(a.path, b.path));
  return [...present, ...goneViews(now, facts)];
}

/** One rule as people see it. */
export function ruleView(entry: BookEntry, now: HouseNow, facts: ViewFacts): RuleView {
  return viewOf(entry, now, facts, firingOf(now, facts)(entry));
}

/** A rule with all that a person may want to know of it. */
export function ruleDetails(entry: BookEntry, now: HouseNow, facts: ViewFacts): RuleDetails {
  const row = now.rows.get(entry.key);
  return {
    ...ruleView(entry, now, facts),
    dedupMs: settledTerms(entry, settledOf(row), now.searches.get(entry.key)).dedupMs,
    head: entry.document,
    text: entry.text,
    tunings: now.tunings.filter(({ rules }) => rules.length === 0 || rules.includes(entry.key)),
    staged: row?.status === "staged" ? readSettings(row).stage : undefined,
    refusal: entry.refusal,
    package: now.packages.find(({ name }) => name === entry.origin),
  };
}

function originRank({ origin }: RuleView): number {
  return origin === "trailwarden" ? 0 : origin === "search" ? 2 : 1;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function viewOf(entry: BookEntry, { rows, searches }: HouseNow, { counts }: ViewFacts, canFire: CanFire): RuleView {
  const { key, title, origin, path, kind, document, refusal } = entry;
  const settled = settledOf(rows.get(key));
  const { level, outcome } = settledTerms(entry, settled, searches.get(key));
  const tags = document?.tags ?? [];
  const attack = readAttackTags(tags);
  const count = counts.get(key);
  return {
    ...{ key, title, origin, path, kind, level, outcome, tags, canFire },
    status: refusal === undefined ? settled.status : "refused",
    tactics: attack.tactics.map(({ name }) => name),
    techniques: attack.techniques.map(({ id }) => id),
    hits: hitsOf(count),
    findings: count?.findings ?? 0,
    lastAt: count?.lastAt,
    note: settled.settings.note,
  };
}

/** Whether rules can fire; each is looked at once. */
export function firingOf(
  { house }: Pick<HouseNow, "house">,
  { knowledge, collecting }: Pick<ViewFacts, "knowledge" | "collecting">,
): (entry: BookEntry) => CanFire {
  const known = new Map<string, CanFire>();
  const predicates = new Map(house.assembly.rules.map(({ rule, predicate }) => [rule.key, { rule, predicate }]));
  const stories = new Map(house.assembly.correlations.map((each) => [each.correlation.key, each]));
  const ofKey = (key: string): CanFire => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const rule = predicates.get(key);
    const story = stories.get(key);
    const found: CanFire =
      rule !== undefined
        ? canRuleFire(rule.predicate, knowledge, collecting)
        : story !== undefined
          ? canCorrelationFire(
              story,
              story.rules.map((each) => ({ title: titleOf(each), canFire: ofKey(each) })),
            )
          : { answer: "no", reason: "It is refused" };
    known.set(key, found);
    return found;
  };
  const titleOf = (key: string) => predicates.get(key)?.rule.title ?? stories.get(key)?.correlation.title ?? key;
  return (entry) => (entry.refusal === undefined ? ofKey(entry.key) : { answer: "no", reason: entry.refusal.reason });
}

/** Those that are not kept one by one count too. */
function hitsOf(count: RuleCount | undefined): number {
  return (count?.hits ?? 0) + (count?.notKept ?? 0);
}

/** What was settled about rules that are not there any more: kept, for they may come back. */
function goneViews({ rows, house }: HouseNow, { counts }: ViewFacts): readonly RuleView[] {
  return [...rows.values()].filter(({ rule }) => !house.byKey.has(rule)).map((row) => goneView(row, counts));
}

function goneView(row: RuleSettingRow, counts: ReadonlyMap<string, RuleCount>): RuleView {
  const { title, level, outcome, note } = readSettings(row);
  const count = counts.get(row.rule);
  return {
    ...{ key: row.rule, title: title || row.rule, origin: "", path: "", kind: "rule", status: row.status, note },
    level: level ?? "medium",
    outcome: outcome ?? "incident",
    ...{ tags: [], tactics: [], techniques: [] },
    canFire: { answer: "no", reason: "The rule is not there any more; what was settled about it is kept" },
    hits: hitsOf(count),
    findings: count?.findings ?? 0,
    lastAt: count?.lastAt,
  };
}
