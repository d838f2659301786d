import type { RuleSettingRow } from "../../state/index.ts";
import type { AssembledCorrelation, AssembledRule } from "../sigma/assemble.ts";
import type { Level } from "../sigma/document.ts";
import type { BookEntry, House } from "./house.ts";
import type { RulesInForce, RuleTerms, SearchCorrelation } from "./rule-book.ts";
import { noSettings, readSettings, type RuleSettings } from "./rule-settings.ts";

/** How long further matches of one actor are one finding, where neither rule nor house say. */
const usualDedupMs = 3_600_000;

export interface Settled {
  readonly status: RuleSettingRow["status"];
  readonly settings: RuleSettings;
  readonly changedAt: number | undefined;
}

/** What was settled about a rule; it is on where nothing was. */
export function settledOf(row: RuleSettingRow | undefined): Settled {
  if (row === undefined) return { status: "on", settings: noSettings, changedAt: undefined };
  return { status: row.status, settings: readSettings(row), changedAt: row.changedAt };
}

/** What is to be run of a house, by what was settled. */
export function rulesInForce(
  { assembly, byKey, refusals }: House,
  rows: ReadonlyMap<string, RuleSettingRow>,
  searches: ReadonlyMap<string, SearchCorrelation>,
): RulesInForce {
  const isOff = (key: string) => rows.get(key)?.status === "off";
  const needed = new Set<string>();
  const correlations: AssembledCorrelation[] = [];
  // Backwards: those that others refer to come before them.
  for (const each of assembly.correlations.toReversed()) {
    const { key } = each.correlation;
    if (isOff(key) && !needed.has(key)) continue;
    correlations.unshift({ ...each, isAlone: each.isAlone && !isOff(key) });
    for (const rule of each.rules) needed.add(rule);
  }
  const rules = assembly.rules
    .filter(({ rule, isAlone }) => needed.has(rule.key) || (isAlone && !isOff(rule.key)))
    .map((each): AssembledRule => ({ ...each, isAlone: each.isAlone && !isOff(each.rule.key) }));
  const terms = new Map<string, RuleTerms>();
  for (const { rule: document } of rules) terms.set(document.key, termsOf(document.key));
  for (const { correlation: document } of correlations) terms.set(document.key, termsOf(document.key));
  return { rules, correlations, refusals, terms };

  function termsOf(key: string): RuleTerms {
    const entry = byKey.get(key);
    return entry === undefined ? hiddenTerms(key) : settledTerms(entry, settledOf(rows.get(key)), searches.get(key));
  }
}

/** Of the events that a saved search counts, which never fire for themselves. */
function hiddenTerms(title: string): RuleTerms {
  const level: Level = "informational";
  return {
    ...{ of: "rule", title, level, outcome: "observation", isStaged: false, tags: [] },
    ...{ dedupMs: usualDedupMs, suppressForMs: 0 },
  };
}

/** How severe a rule is here, what becomes of its findings, and how long they last. */
export function settledTerms(
  { kind, title, document }: BookEntry,
  { status, settings }: Settled,
  search: SearchCorrelation | undefined,
): RuleTerms {
  const level = settings.level ?? document?.own.severity ?? document?.level ?? "medium";
  const usual = search?.outcome ?? (level === "informational" ? "observation" : "incident");
  return {
    of: kind,
    title,
    level,
    outcome: settings.outcome ?? usual,
    dedupMs: settings.dedupMs ?? document?.own.dedupPeriodMs ?? usualDedupMs,
    suppressForMs: document?.own.suppressForMs ?? 0,
    isStaged: status === "staged",
    tags: document?.tags ?? [],
  };
}
