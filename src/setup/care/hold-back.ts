import type { Culprit, HistoryEntry } from "../setup.ts";

const dayMs = 86_400_000;
/** The same thing mended so often in a day, and gone again: somebody wants it otherwise. */
const repairsMax = 2;

/** Programs that put back what they know: what they changed would come again (by the user agent that they send). */
const tools: readonly (readonly [RegExp, string])[] = [
  [/terraform/i, "Terraform"],
  [/pulumi/i, "Pulumi"],
  [/cloudformation\.amazonaws\.com|aws-cdk/i, "CloudFormation"],
  [/controltower/i, "Control Tower"],
];

/**
 * Why a repair waits for a person although it may be made by itself: whoever made the change would make it again, and
 * two programs that mend against each other help nobody. Nothing when there is no such reason.
 */
export function whyHoldBack(
  drift: { readonly check: string; readonly about: string },
  culprit: Culprit | undefined,
  past: readonly HistoryEntry[],
  now: number,
): string | undefined {
  const tool = tools.find(([agent]) => agent.test(culprit?.userAgent ?? ""))?.[1];
  if (tool !== undefined) {
    return `${tool} made this change and would make it again: change it there, or say yes to mend it all the same`;
  }
  const mended = past.filter(
    (entry) =>
      entry.kind === "repaired" && entry.check === drift.check && entry.about === drift.about && entry.at > now - dayMs,
  );
  if (mended.length < repairsMax) return undefined;
  return `It was mended ${mended.length} times within a day and has changed again: somebody wants it otherwise`;
}
