import type { PlanStep } from "../planning/plan.ts";
import { isSameValue } from "../settings/same-value.ts";
import type { SettingName } from "../settings/values.ts";
import type { Drift } from "./check.ts";

/** What is needed first is done first: the key, then the way backwards, so that it is whole when the trail starts. */
const order: readonly SettingName[] = [
  "key-state",
  "key-policy",
  "dead-letter-queue",
  "queue",
  "queue-redrive",
  "queue-policy",
  "topic",
  "topic-key",
  "topic-policy",
  "subscription",
  "bucket",
  "bucket-public-access",
  "bucket-ownership",
  "bucket-encryption",
  "bucket-versioning",
  "bucket-object-lock",
  "bucket-lifecycle",
  "bucket-policy",
  "organization-access",
  "trail",
  "trail-selectors",
  "trail-insights",
  "trail-logging",
];

/**
 * The steps of several drifts as those of one plan, in the order in which they can be done. What two of them change of
 * one setting is put into one step; where that cannot be, the first stays, and the other drift is found again afterwards.
 */
export function joinSteps(drifts: readonly Pick<Drift, "steps">[]): readonly PlanStep[] {
  const byId = new Map<string, PlanStep>();
  for (const step of drifts.flatMap(({ steps }) => steps)) {
    const earlier = byId.get(step.id);
    byId.set(step.id, earlier === undefined ? step : joined(earlier, step));
  }
  return [...byId.values()].sort((a, b) => order.indexOf(a.setting) - order.indexOf(b.setting));
}

function joined(one: PlanStep, other: PlanStep): PlanStep {
  if (isSameValue(one.after, other.after)) return one;
  const [before, after, more] = [one.before, one.after, other.after].map(asRecord);
  if (before === undefined || after === undefined || more === undefined) return one;
  const changed = Object.entries(more).filter(([name, value]) => !isSameValue(value, before[name]));
  // Policies, rules and selectors are one text each: their members cannot be put together by name.
  if (changed.some(([, value]) => typeof value === "object")) return one;
  const cost = one.cost === other.cost ? one.cost : `${one.cost}. ${other.cost}`;
  return {
    ...one,
    after: { ...after, ...Object.fromEntries(changed) },
    what: `${one.what}. ${other.what}`,
    why: `${one.why}. ${other.why}`,
    cost,
    undo: one.undo === other.undo ? one.undo : `${one.undo}. ${other.undo}`,
  };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
