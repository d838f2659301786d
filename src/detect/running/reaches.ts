import type { AssembledCorrelation } from "../sigma/assemble.ts";
import { isJudgedAtOnce } from "../correlate/judge.ts";

/** How far back correlations look from the end of their windows, with those that they build on. */
export class Reaches {
  /** Of each correlation, by key, milliseconds. */
  readonly #ofCorrelation = new Map<string, number>();
  /** Of each rule of single events: the longest of the correlations that it has a part in, at whatever remove. */
  readonly #ofRule = new Map<string, number>();
  /** Correlations whose hits are right on whatever part of the events they are judged. */
  readonly #sound = new Set<string>();
  readonly longestMs: number;
  readonly hasChains: boolean;

  /** Correlations that others build on come first. */
  constructor(correlations: readonly AssembledCorrelation[]) {
    const rulesOf = new Map<string, ReadonlySet<string>>();
    for (const { correlation, rules } of correlations) {
      const { key, timespanMs } = correlation;
      const below = Math.max(0, ...rules.map((rule) => this.#ofCorrelation.get(rule) ?? 0));
      this.#ofCorrelation.set(key, timespanMs + below);
      rulesOf.set(key, new Set(rules.flatMap((rule) => [...(rulesOf.get(rule) ?? [rule])])));
      const isChained = rules.some((rule) => this.#ofCorrelation.has(rule));
      if (isJudgedAtOnce(correlation) && !isChained) this.#sound.add(key);
      for (const rule of rulesOf.get(key) ?? []) {
        this.#ofRule.set(rule, Math.max(this.#ofRule.get(rule) ?? 0, timespanMs + below));
      }
    }
    this.longestMs = Math.max(0, ...this.#ofCorrelation.values());
    this.hasChains = correlations.some(({ rules }) => rules.some((rule) => this.#ofCorrelation.has(rule)));
  }

  /** Whether a rule has a part in a correlation. */
  isBase(rule: string): boolean {
    return this.#ofRule.has(rule);
  }

  /** The longest of these rules' reaches. */
  ofRules(rules: readonly string[]): number {
    return rules.reduce((longest, rule) => Math.max(longest, this.#ofRule.get(rule) ?? 0), 0);
  }

  /** Others could find what is false when a part of the events is missing. */
  isSound(correlation: string): boolean {
    return this.#sound.has(correlation);
  }

  /** The different reaches, the longest first. */
  steps(): readonly number[] {
    return [...new Set(this.#ofRule.values())].toSorted((one, other) => other - one);
  }
}
