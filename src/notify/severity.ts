import type { Notice } from "./notice.ts";

export type Severity = Notice["severity"];

/** From the least to the worst. */
export const severities = ["informational", "low", "medium", "high", "critical"] as const satisfies readonly Severity[];

/** Grows with how bad it is. */
export function rankOf(severity: Severity): number {
  return severities.indexOf(severity);
}

export function isAtLeast(severity: Severity, least: Severity): boolean {
  return rankOf(severity) >= rankOf(least);
}

/** The worst of some; informational where there are none. */
export function worstOf(some: readonly Severity[]): Severity {
  return some.reduce<Severity>((worst, one) => (isAtLeast(one, worst) ? one : worst), "informational");
}
