import type { VerdictKind } from "../verify-api.ts";
import type { IconName } from "./icon.tsx";

export interface VerdictWords {
  readonly word: string;
  readonly icon: IconName;
  readonly what: string;
  /** How it stands out: what nobody need look at, what comes by itself, what is not known, what is wrong. */
  readonly tone: "fine" | "waiting" | "open" | "bad";
}

/** The verdicts on log files, in the words that a person needs; the worst last. */
export const verdictWords: Readonly<Record<VerdictKind, VerdictWords>> = {
  proven: { word: "Proven", icon: "check", what: "A signed digest names it, and its bytes are those", tone: "fine" },
  waiting: { word: "Waiting", icon: "clock", what: "Its digest is not due yet, or on its way", tone: "waiting" },
  unproven: {
    word: "Unproven",
    icon: "unknown",
    what: "Nothing speaks against it, and nothing can prove it",
    tone: "open",
  },
  undeclared: {
    word: "Undeclared",
    icon: "stranger",
    what: "It lies in the bucket, and no digest names it",
    tone: "bad",
  },
  missing: { word: "Missing", icon: "absent", what: "A digest names it, and the bucket does not hold it", tone: "bad" },
  broken: { word: "Broken", icon: "warning", what: "It is not what was signed", tone: "bad" },
};

export const verdictKinds = Object.keys(verdictWords) as readonly VerdictKind[];

/** "3 proven, 1 broken", without what there is none of. */
export function countVerdicts(counts: Partial<Readonly<Record<VerdictKind, number>>>): string {
  return verdictKinds
    .filter((kind) => (counts[kind] ?? 0) > 0)
    .map((kind) => `${(counts[kind] ?? 0).toLocaleString("en-US")} ${verdictWords[kind].word.toLowerCase()}`)
    .join(", ");
}

/** A verdict's sentence without the word that it begins with, for where that stands beside it: "proven: …" → "…". */
export function withoutWord(kind: VerdictKind, sentence: string): string {
  const word = `${verdictWords[kind].word}: `;
  const rest = sentence.startsWith(word) ? sentence.slice(word.length) : sentence;
  return rest.slice(0, 1).toUpperCase() + rest.slice(1);
}
