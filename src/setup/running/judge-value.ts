import { isSameValue } from "../settings/same-value.ts";

/** What a value says about a step: it is made already, it is to be made, or somebody else has been there. */
export type Judgement = "made" | "open" | "changed";

export interface JudgedStep {
  /** Nothing and null: it is not there. */
  readonly before: unknown;
  readonly after: unknown;
  /** AWS was asked for it already. */
  readonly wasTried: boolean;
  /** It is set on what this run itself made: what stands there by itself is AWS's own. */
  readonly isFresh: boolean;
}

export function judgeValue(now: unknown, step: JudgedStep): Judgement {
  const { before, after, wasTried, isFresh } = step;
  if (isSameValue(now, after)) return "made";
  if (isSameValue(now, before) || isFresh) return "open";
  return wasTried && isHalfWay(now, { before, after }) ? "open" : "changed";
}

/**
 * Whether a change that takes several calls may have left it so: each part of it is as it was, or as it is to be. What
 * was made may have anything that AWS gives a new one.
 */
function isHalfWay(now: unknown, { before, after }: { readonly before: unknown; readonly after: unknown }): boolean {
  if (isNothing(now)) return false;
  if (isNothing(before)) return true;
  if (Array.isArray(now)) return now.every((one) => isIn(one, before) || isIn(one, after));
  if (!isObject(now) || !isObject(before)) return false;
  const was = before;
  const is = isObject(after) ? after : {};
  const keys = new Set([...Object.keys(now), ...Object.keys(was), ...Object.keys(is)]);
  return [...keys].every((key) => isSameValue(now[key], was[key]) || isSameValue(now[key], is[key]));
}

function isIn(one: unknown, list: unknown): boolean {
  return Array.isArray(list) && list.some((other) => isSameValue(one, other));
}

function isNothing(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
