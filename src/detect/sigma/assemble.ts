import { checkPredicate, type FieldPath, type Predicate, PredicateError } from "../../predicate/index.ts";
import type { Place, Reference, SigmaCorrelation, SigmaDocument, SigmaFilter, SigmaRule } from "./document.ts";
import { quote } from "./read-members.ts";
import type { Refusal, Remark } from "./reading.ts";

/** A rule with the filters that tune it. */
export interface AssembledRule {
  readonly rule: SigmaRule;
  /** The rule's condition and those of its filters, joined by AND. */
  readonly predicate: Predicate;
  readonly filters: readonly SigmaFilter[];
  /** Whether its matches are findings; else they are only there for correlations. */
  readonly isAlone: boolean;
}

/** A correlation whose rules are all there. */
export interface AssembledCorrelation {
  readonly correlation: SigmaCorrelation;
  /** Keys of rules and correlations, in the order of the file. */
  readonly rules: readonly string[];
  /** For each of them, the fields that the names of `groupBy` stand for, and those of the condition. */
  readonly fields: ReadonlyMap<string, CorrelatedFields>;
  readonly isAlone: boolean;
}

export interface CorrelatedFields {
  readonly group: readonly FieldPath[];
  readonly values: readonly FieldPath[];
}

/** What can be run of many documents. */
export interface Assembly {
  readonly rules: readonly AssembledRule[];
  /** Those that others refer to come before them. */
  readonly correlations: readonly AssembledCorrelation[];
  readonly refusals: readonly Refusal[];
  readonly warnings: readonly Remark[];
}

/** Brings together what documents, of one file or of many, say of each other. */
export function assembleRules(documents: readonly SigmaDocument[]): Assembly {
  return new Assembler(documents).assemble();
}

type Referable = SigmaRule | SigmaCorrelation;

class Assembler {
  readonly #documents: readonly SigmaDocument[];
  readonly #byReference = new Map<string, Referable>();
  readonly #refused = new Map<SigmaDocument, Refusal>();
  readonly #warnings: Remark[] = [];

  constructor(documents: readonly SigmaDocument[]) {
    this.#documents = documents;
  }

  assemble(): Assembly {
    this.#register();
    this.#checkReferences();
    const correlations = this.#orderCorrelations();
    const silent = this.#referredSilently(correlations);
    const rules = this.#kept("rule").flatMap((rule) => this.#withFilters(rule, !silent.has(rule.key)) ?? []);
    // A rule that its filters make too large takes its correlations with it.
    const runnable = correlations.filter((correlation) => this.#targetsOf(correlation) !== undefined);
    return {
      rules,
      correlations: runnable.map((correlation) => this.#assembleCorrelation(correlation, !silent.has(correlation.key))),
      refusals: [...this.#refused.values()],
      warnings: this.#warnings,
    };
  }

  #register(): void {
    for (const document of this.#documents) {
      if (document.kind === "filter") continue;
      const names = [...new Set([document.key, document.id, document.name])].filter((name) => name !== undefined);
      const taken = names.find((name) => this.#byReference.has(name));
      const other = this.#byReference.get(taken ?? "");
      if (taken !== undefined && other !== undefined) {
        const { path, line } = other.place;
        this.#refuse(document, `The id or name ${quote(taken)} is that of another rule, in ${path}, line ${line}`);
        continue;
      }
      for (const name of names) this.#byReference.set(name, document);
    }
  }

  #checkReferences(): void {
    for (const filter of this.#kept("filter")) {
      for (const { rule, place } of filter.rules ?? []) {
        const found = this.#byReference.get(rule);
        if (found?.kind === "rule") continue;
        const reason =
          found === undefined
            ? `There is no rule ${quote(rule)} for this filter`
            : `${quote(rule)} is a correlation; filters tune the rules that it refers to`;
        this.#warnings.push({ ...place, reason, title: filter.title });
      }
    }
    for (const correlation of this.#kept("correlation")) this.#checkAliases(correlation);
  }

  /** An alias that groups events says of every rule which field it stands for. */
  #checkAliases(correlation: SigmaCorrelation): void {
    for (const { name, fields } of correlation.aliases) {
      const known = new Set(fields.map(({ rule }) => this.#byReference.get(rule)));
      const missing = correlation.rules.find(({ rule }) => !known.has(this.#byReference.get(rule)));
      const isUsed = correlation.groupBy.includes(name) || correlation.condition.fields.includes(name);
      if (isUsed && missing !== undefined) {
        const reason = `The alias ${quote(name)} names no field of the rule ${quote(missing.rule)}`;
        this.#refuse(correlation, reason, missing.place);
      }
    }
  }

  #refuse(document: SigmaDocument, reason: string, place: Place = document.place): void {
    if (!this.#refused.has(document)) {
      this.#refused.set(document, { ...place, reason, title: document.title, kind: "invalid" });
    }
  }

  #kept<Kind extends SigmaDocument["kind"]>(kind: Kind): (SigmaDocument & { readonly kind: Kind })[] {
    const isKind = (document: SigmaDocument): document is SigmaDocument & { readonly kind: Kind } =>
      document.kind === kind;
    return this.#documents.filter(isKind).filter((document) => !this.#refused.has(document));
  }

  /** What a correlation refers to; it is refused with the first that is not there. */
  #targetsOf(correlation: SigmaCorrelation): readonly Referable[] | undefined {
    const targets: Referable[] = [];
    for (const reference of correlation.rules) {
      const target = this.#find(reference);
      if (target === undefined) {
        this.#refuse(correlation, `There is no rule ${quote(reference.rule)} that can be run`, reference.place);
        return undefined;
      }
      targets.push(target);
    }
    return targets;
  }

  #find({ rule }: Reference): Referable | undefined {
    const found = this.#byReference.get(rule);
    return found === undefined || this.#refused.has(found) ? undefined : found;
  }

  /** Each correlation behind those that it refers to; a circle is refused. */
  #orderCorrelations(): readonly SigmaCorrelation[] {
    const ordered: SigmaCorrelation[] = [];
    let waiting = this.#kept("correlation").filter((each) => this.#targetsOf(each) !== undefined);
    while (waiting.length > 0) {
      const done = new Set<Referable>(ordered);
      const isReady = (each: SigmaCorrelation) =>
        (this.#targetsOf(each) ?? []).every((target) => target.kind === "rule" || done.has(target));
      const ready = waiting.filter((each) => isReady(each) && !this.#refused.has(each));
      waiting = waiting.filter((each) => !ready.includes(each) && !this.#refused.has(each));
      if (ready.length === 0) {
        for (const each of waiting) this.#refuse(each, "It refers to itself in a circle, or to one that does");
        break;
      }
      ordered.push(...ready);
    }
    return ordered;
  }

  /** Rules that are there for correlations only: some refer to them, and none says that they fire for themselves. */
  #referredSilently(correlations: readonly SigmaCorrelation[]): ReadonlySet<string> {
    const [silent, generated] = [new Set<string>(), new Set<string>()];
    for (const correlation of correlations) {
      for (const { key } of this.#targetsOf(correlation) ?? []) (correlation.generates ? generated : silent).add(key);
    }
    return new Set([...silent].filter((key) => !generated.has(key)));
  }

  #withFilters(rule: SigmaRule, isAlone: boolean): AssembledRule | undefined {
    const filters = this.#filtersOf(rule);
    const parts = [rule.predicate, ...filters.map(({ predicate }) => predicate)];
    const predicate: Predicate = filters.length === 0 ? rule.predicate : { kind: "and", of: parts };
    try {
      checkPredicate(predicate);
    } catch (error) {
      if (!(error instanceof PredicateError)) throw error;
      this.#refuse(rule, "With its filters it is too large to be run");
      return undefined;
    }
    return { rule, predicate, filters, isAlone };
  }

  #filtersOf(rule: SigmaRule): readonly SigmaFilter[] {
    return this.#kept("filter").filter(
      ({ rules }) => rules === undefined || rules.some((reference) => this.#find(reference) === rule),
    );
  }

  #assembleCorrelation(correlation: SigmaCorrelation, isAlone: boolean): AssembledCorrelation {
    const targets = this.#targetsOf(correlation) ?? [];
    const pathsOf = (names: readonly string[], target: Referable) =>
      names.map((name) => this.#fieldOf(correlation, name, target).split("."));
    const fields = new Map(
      targets.map((target): [string, CorrelatedFields] => [
        target.key,
        { group: pathsOf(correlation.groupBy, target), values: pathsOf(correlation.condition.fields, target) },
      ]),
    );
    return { correlation, rules: targets.map(({ key }) => key), fields, isAlone };
  }

  #fieldOf(correlation: SigmaCorrelation, name: string, target: Referable): string {
    const alias = correlation.aliases.find((each) => each.name === name);
    return alias?.fields.find((reference) => this.#find(reference) === target)?.field ?? name;
  }
}
