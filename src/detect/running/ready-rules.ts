import { compileMatcher, compileSql, type Predicate, PredicateError } from "../../predicate/index.ts";
import { eventTable } from "../../store/index.ts";
import type { RulesInForce, RuleTerms } from "../book/rule-book.ts";
import { candidatesOf } from "../candidates.ts";
import { RuleSet } from "../rule-set.ts";
import type { AssembledCorrelation, AssembledRule } from "../sigma/assemble.ts";
import { Reaches } from "./reaches.ts";

/** The rules in force, ready to be held against events. */
export interface ReadyRules {
  readonly inForce: RulesInForce;
  readonly set: RuleSet<AssembledRule>;
  /** What an event fulfils that some rule may match; undefined where there are no rules. */
  readonly candidates: Predicate | undefined;
  readonly correlations: readonly AssembledCorrelation[];
  readonly correlation: ReadonlyMap<string, AssembledCorrelation>;
  readonly reaches: Reaches;
  /** The rules that correlations build on and that reach further back than that. */
  bases(beyondMs: number): readonly AssembledRule[];
  terms(key: string): RuleTerms;
  /** What cannot be run, as a sentence. */
  readonly problem: string | undefined;
}

const hourMs = 3_600_000;

/** Makes rules ready; one that cannot be compiled is left out, and told. */
export function readyRules(inForce: RulesInForce): ReadyRules {
  const { rules, set, broken } = compiled(inForce.rules);
  const reaches = new Reaches(inForce.correlations);
  return {
    inForce,
    set,
    candidates: rules.length === 0 ? undefined : askable(rules),
    correlations: inForce.correlations,
    correlation: new Map(inForce.correlations.map((each) => [each.correlation.key, each])),
    reaches,
    bases: (beyondMs) => rules.filter(({ rule }) => reaches.ofRules([rule.key]) > beyondMs),
    terms: (key) => inForce.terms.get(key) ?? termsOf(inForce, key),
    problem: broken.length === 0 ? undefined : `Rules that cannot be run: ${broken.slice(0, 5).join(", ")}`,
  };
}

interface Compiled {
  readonly rules: readonly AssembledRule[];
  readonly set: RuleSet<AssembledRule>;
  /** Titles. */
  readonly broken: readonly string[];
}

function compiled(all: readonly AssembledRule[]): Compiled {
  try {
    return { rules: all, set: new RuleSet(all), broken: [] };
  } catch {
    // Some cannot be compiled: it is found out which.
    const rules = all.filter(isCompilable);
    const broken = all.filter((each) => !rules.includes(each)).map(({ rule }) => rule.title);
    return { rules, set: new RuleSet(rules), broken };
  }
}

/** All events, where rules ask more than fits into a statement. */
function askable(rules: readonly AssembledRule[]): Predicate {
  const predicate = candidatesOf(rules);
  try {
    compileSql(predicate, eventTable);
    return predicate;
  } catch (error) {
    if (!(error instanceof PredicateError)) throw error;
    return { kind: "all" };
  }
}

function isCompilable({ predicate }: AssembledRule): boolean {
  try {
    compileMatcher(predicate);
    return true;
  } catch {
    return false;
  }
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
