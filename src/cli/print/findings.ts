import { safeText } from "./safe-text.ts";

/** What is used of a finding. */
interface Found {
  readonly isGood: boolean;
  readonly sentence: string;
  readonly help?: string | undefined;
  readonly cause?: string | undefined;
}

/** A finding as lines: what is, and what to do when it is not well. */
export function printFinding({ isGood, sentence, help, cause }: Found): readonly string[] {
  if (isGood) return [`✓ ${safeText(sentence)}`];
  return [
    `✗ ${safeText(sentence)}`,
    ...(help === undefined ? [] : [`  ${safeText(help)}`]),
    ...(cause === undefined ? [] : [`  (${safeText(cause)})`]),
  ];
}
