import type { CheckContext, Drift } from "./check.ts";
import { driftChecks } from "./index.ts";

/** What follows by itself from what: told as one drift where the cause's repair mends both. */
const consequences: Readonly<Record<string, readonly string[]>> = {
  "queue-deleted": ["queue-policy-changed", "subscription-removed"],
  "topic-deleted": ["topic-policy-changed", "subscription-removed"],
  "topic-changed": ["subscription-removed"],
  "bucket-deleted": ["bucket-policy-changed", "protection-removed", "lifecycle-shortened"],
};

/** All drifts of a way, in the order in which they are mended; consequences of others are left out. */
export function findDrifts(context: CheckContext): readonly Drift[] {
  const found = driftChecks.flatMap((check) => check.find(context));
  return found.filter((drift) => !found.some((cause) => coversConsequence(cause, drift)));
}

function coversConsequence(cause: Drift, drift: Drift): boolean {
  if (consequences[cause.check]?.includes(drift.check) !== true) return false;
  const mended = new Set(cause.steps.map(({ id }) => id));
  return drift.steps.length > 0 && drift.steps.every(({ id }) => mended.has(id));
}
