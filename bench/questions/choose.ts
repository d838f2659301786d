import type { Truth } from "../corpus/truth.ts";
import type { Counts } from "./count.ts";
import type { Candidates } from "./sample.ts";

/** Something to ask for, and how many events hold it. */
export interface Literal {
  readonly text: string;
  readonly count: number;
}

/** What the figures ask, with the truth of each. */
export interface Questions {
  readonly eventNames: readonly Literal[];
  readonly accessKeys: readonly Literal[];
  readonly sourceIps: readonly Literal[];
  /** ARNs in `resources`. */
  readonly resources: readonly Literal[];
  /** ARNs in `resources` or in a request parameter. */
  readonly targets: readonly Literal[];
  /** Error code and region, with a space between. */
  readonly errorRegions: readonly Literal[];
  readonly rareActors: readonly Literal[];
  /** Each with about a thousand events. */
  readonly middleActors: readonly Literal[];
  readonly busyActors: readonly Literal[];
  readonly words: readonly Literal[];
  /** Parts of words, which no index knows. */
  readonly parts: readonly Literal[];
}

/** Questions of a kind: enough for a 95th percentile, and some to warm up with. */
export const questionsEach = 24;

/** Chooses what is asked: planted needles first, then what was drawn, actors by how busy they are. */
export function chooseQuestions(truth: Truth, candidates: Candidates, counts: Counts): Questions {
  const { needles } = truth;
  const some = (needle: readonly Literal[], drawn: ReadonlyMap<string, number>) =>
    firstOf([...needle, ...literalsOf(drawn)]);
  const actors = literalsOf(counts.values.actor);
  const rare: Literal = { text: needles.rarePrincipal.arn, count: needles.rarePrincipal.count };
  const middle: Literal = { text: needles.busyPrincipal.arn, count: needles.busyPrincipal.count };
  const textsOf = (texts: readonly string[], counted: ReadonlyMap<string, number>) =>
    texts.map((text) => ({ text, count: counted.get(text.toLowerCase()) ?? 0 }));
  return {
    eventNames: spreadEvenly(literalsOf(new Map(Object.entries(truth.byEventName))), questionsEach),
    accessKeys: some([needles.accessKey], counts.values.accessKey),
    sourceIps: some([needles.address], counts.values.sourceIp),
    resources: some([], counts.values.resource),
    targets: some([], counts.values.target),
    errorRegions: some([], counts.values.errorRegion),
    rareActors: firstOf([rare, ...nearest(actors, rare.count)]),
    middleActors: firstOf([middle, ...nearest(actors, middle.count)]),
    busyActors: actors.toSorted((a, b) => b.count - a.count).slice(0, questionsEach),
    words: firstOf([...plantedWords(truth), ...textsOf(candidates.words, counts.words)]),
    parts: textsOf(candidates.parts, counts.parts),
  };
}

/** The first literals, none twice. */
function firstOf(literals: readonly Literal[]): Literal[] {
  const byText = new Map(literals.toReversed().map((one) => [one.text.toLowerCase(), one]));
  const texts = new Set(literals.map(({ text }) => text.toLowerCase()));
  return [...texts].flatMap((text) => byText.get(text) ?? []).slice(0, questionsEach);
}

/** Words of the corpus whose number is known from the planting. */
function plantedWords({ needles }: Truth): Literal[] {
  const { number, accessKey, address, mixedCase, absent } = needles;
  return [number, accessKey, address, mixedCase, absent].map(({ text, count }) => ({ text, count }));
}

function literalsOf(counts: ReadonlyMap<string, number>): Literal[] {
  return [...counts].filter(([, count]) => count > 0).map(([text, count]) => ({ text, count }));
}

function nearest(literals: readonly Literal[], count: number): Literal[] {
  const distance = (literal: Literal) => Math.abs(Math.log(literal.count / count));
  return literals.toSorted((a, b) => distance(a) - distance(b));
}

/** From the first to the last, at equal steps. */
function spreadEvenly<T>(all: readonly T[], count: number): T[] {
  if (all.length <= count) return [...all];
  const step = (all.length - 1) / (count - 1);
  return all.filter((_, index) => Math.round(Math.round(index / step) * step) === index);
}
