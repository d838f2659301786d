import type { Finding } from "../../collect/index.ts";
import { safeText } from "./safe-text.ts";

/** A finding as lines: what is, and what to do when it is not well. */
export function printFinding({ isGood, sentence, help, cause }: Finding): readonly string[] {
  if (isGood) return [`✓ ${safeText(sentence)}`];
  return [
    `✗ ${safeText(sentence)}`,
    ...(help === undefined ? [] : [`  ${safeText(help)}`]),
    ...(cause === undefined ? [] : [`  (${safeText(cause)})`]),
  ];
}
