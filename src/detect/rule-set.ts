import { compileMatcher, foldText, type Matcher, neededValues, type Predicate } from "../predicate/index.ts";

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
    this.#all = rules.map((rule, order) => ({ rule, order, matches: compileMatcher(rule.predicate) }));
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

  /** The rules that a record matches, in their order; `record` is `JSON.parse` of `text`. */
  matching(record: unknown, text: string): readonly Rule[] {
    const found: Compiled<Rule>[] = [];
    for (const candidates of this.#candidates(record)) {
      for (const compiled of candidates) {
        if (compiled.matches(record, text)) found.push(compiled);
      }
    }
    return found.toSorted((a, b) => a.order - b.order).map(({ rule }) => rule);
  }

  #candidates(record: unknown): readonly (readonly Compiled<Rule>[])[] {
    const name = typeof record === "object" && record !== null && "eventName" in record ? record.eventName : undefined;
    if (typeof name === "object" || typeof name === "number" || typeof name === "boolean") {
      // The index knows texts only; what else CloudTrail never writes there is asked of every rule.
      return name === null ? [this.#always] : [this.#all];
    }
    const named = name === undefined ? undefined : this.#byEventName.get(foldText(String(name)));
    return named === undefined ? [this.#always] : [named, this.#always];
  }
}

interface Compiled<Rule> {
  readonly rule: Rule;
  readonly order: number;
  readonly matches: Matcher;
}
