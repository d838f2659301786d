import { type Candidates, candidatesOf } from "../../store/index.ts";
import type { RulesInForce, RuleTerms } from "../book/rule-book.ts";
import { compileRules, RuleSet } from "../rule-set.ts";
import type { AssembledCorrelation, AssembledRule } from "../sigma/assemble.ts";
import { Reaches } from "./reaches.ts";

/** The rules in force, ready to be held against events. */
export interface ReadyRules {
  readonly inForce: RulesInForce;
  readonly set: RuleSet<AssembledRule>;
  /** What events some rule may match; undefined where there are no rules. */
  readonly candidates: Candidates | undefined;
  readonly correlations: readonly AssembledCorrelation[];
  readonly correlation: ReadonlyMap<string, AssembledCorrelation>;
  readonly reaches: Reaches;
  /** The rules that correlations build on and that reach further back than that. */
  bases(beyondMs: number): BaseRules;
  terms(key: string): RuleTerms;
  /** What cannot be run, as a sentence. */
  readonly problem: string | undefined;
}

export interface BaseRules {
  readonly set: RuleSet<AssembledRule>;
  readonly candidates: Candidates;
}

const hourMs = 3_600_000;

/** Makes rules ready; one that cannot be compiled is left out, and told. */
export function readyRules(inForce: RulesInForce): ReadyRules {
  const { rules, set, broken } = compileRules(inForce.rules);
  const reaches = new Reaches(inForce.correlations);
  return {
    inForce,
    set,
    candidates: rules.length === 0 ? undefined : candidatesOf(rules.map(({ predicate }) => predicate)),
    correlations: inForce.correlations,
    correlation: new Map(inForce.correlations.map((each) => [each.correlation.key, each])),
    reaches,
    bases: basesOf(rules, reaches),
    terms: (key) => inForce.terms.get(key) ?? termsOf(inForce, key),
    problem: broken.length === 0 ? undefined : `Rules that cannot be run: ${titlesOf(broken).join(", ")}`,
  };
}

function basesOf(rules: readonly AssembledRule[], reaches: Reaches): ReadyRules["bases"] {
  const known = new Map<number, BaseRules>();
  return (beyondMs) => {
    const before = known.get(beyondMs);
    if (before !== undefined) return before;
    const bases = rules.filter(({ rule }) => reaches.ofRules([rule.key]) > beyondMs);
    const made = { set: new RuleSet(bases), candidates: candidatesOf(bases.map(({ predicate }) => predicate)) };
    known.set(beyondMs, made);
    return made;
  };
}

function titlesOf(rules: readonly AssembledRule[]): readonly string[] {
  return rules.slice(0, 5).map(({ rule }) => rule.title);
}

/** What a rule says of itself, for one that the house knows nothing of. */
function termsOf({ rules, correlations }: RulesInForce, key: string): RuleTerms {
  const correlation = correlations.find((each) => each.correlation.key === key)?.correlation;
  const head = correlation ?? rules.find(({ rule }) => rule.key === key)?.rule;
  return {
    of: correlation === undefined ? "rule" : "correlation",
    title: head?.title ?? key,
    level: head?.own.severity ?? head?.level ?? "medium",
    outcome: "incident",
    dedupMs: head?.own.dedupPeriodMs ?? hourMs,
    suppressForMs: head?.own.suppressForMs ?? 0,
    isStaged: false,
    tags: head?.tags ?? [],
  };
}
