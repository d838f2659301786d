import {
  compileMatcher,
  foldText,
  matcherCompiler,
  type Matcher,
  neededValues,
  type Predicate,
} from "../predicate/index.ts";

/** What can be matched with a single record. */
export interface Matchable {
  readonly predicate: Predicate;
}

/** Rules that are ready to be asked which of them a record matches. */
export class RuleSet<Rule extends Matchable> {
  readonly #byEventName = new Map<string, Compiled<Rule>[]>();
  readonly #always: Compiled<Rule>[] = [];
  readonly #all: readonly Compiled<Rule>[];

  /** Throws `PredicateError` when a rule cannot be compiled. */
  constructor(rules: readonly Rule[]) {
    const compile = matcherCompiler();
    this.#all = rules.map((rule, order) => ({ rule, order, matches: compile(rule.predicate) }));
    for (const compiled of this.#all) {
      const names = neededValues(compiled.rule.predicate, "eventName");
      if (names === undefined) {
        this.#always.push(compiled);
      }
      for (const name of names ?? []) {
        const known = this.#byEventName.get(name);
        if (known === undefined) this.#byEventName.set(name, [compiled]);
        else known.push(compiled);
      }
    }
  }

  /** How many rules are asked of every record, because they do not name their events. */
  get askedAlways(): number {
    return this.#always.length;
  }

  /**
   * The rules that a record matches, in their order; `record` is what was read from `text`. Rules that do not name their
   * events are left out where it is known that none of them matches.
   */
  matching(record: unknown, text: string, asksUnnamed = true): readonly Rule[] {
    let found: Compiled<Rule>[] | undefined;
    for (const candidates of this.#candidates(record, asksUnnamed ? this.#always : [])) {
      for (const compiled of candidates) {
        if (!compiled.matches(record, text)) continue;
        if (found === undefined) found = [compiled];
        else found.push(compiled);
      }
    }
    return found === undefined ? [] : found.sort((a, b) => a.order - b.order).map(({ rule }) => rule);
  }

  #candidates(record: unknown, unnamed: readonly Compiled<Rule>[]): readonly (readonly Compiled<Rule>[])[] {
    const name = typeof record === "object" && record !== null && "eventName" in record ? record.eventName : undefined;
    if (typeof name === "object" || typeof name === "number" || typeof name === "boolean") {
      // The index knows texts only; what else CloudTrail never writes there is asked of every rule.
      return name === null ? [unnamed] : [this.#all];
    }
    const named = name === undefined ? undefined : this.#byEventName.get(foldText(String(name)));
    return named === undefined ? [unnamed] : [named, unnamed];
  }
}

/** A set of those rules that can be compiled. */
export function compileRules<Rule extends Matchable>(
  all: readonly Rule[],
): { readonly rules: readonly Rule[]; readonly set: RuleSet<Rule>; readonly broken: readonly Rule[] } {
  try {
    return { rules: all, set: new RuleSet(all), broken: [] };
  } catch {
    // Some cannot be compiled: it is found out which.
    const rules = all.filter(isCompilable);
    return { rules, set: new RuleSet(rules), broken: all.filter((each) => !rules.includes(each)) };
  }
}

function isCompilable({ predicate }: Matchable): boolean {
  try {
    compileMatcher(predicate);
    return true;
  } catch {
    return false;
  }
}

interface Compiled<Rule> {
  readonly rule: Rule;
  readonly order: number;
  readonly matches: Matcher;
}
