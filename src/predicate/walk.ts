import { arrayDepthMax, descentDepthMax } from "./limits.ts";
import type { FieldPath } from "./tree.ts";

type Accepts = (value: unknown) => boolean;

/**
 * Asks `accepts` about each value that a path leads to, until one is accepted. Arrays on the way are opened; at the end
 * an array counts as a whole and by its elements.
 */
export function someValue(record: unknown, path: FieldPath, accepts: Accepts): boolean {
  // Almost every path of almost every record leads through plain objects to one value.
  let value = record;
  for (let at = 0; at < path.length; at++) {
    const key = path[at] ?? "";
    if (key === "*" || key === "**") return open(value, path, at, at === 0 ? 0 : arrayDepthMax, accepts);
    if (typeof value !== "object" || value === null) return false;
    if (Array.isArray(value)) return at > 0 && open(value, path, at, arrayDepthMax, accepts);
    if (!Object.hasOwn(value, key)) return false;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return Array.isArray(value) && path.length > 0
    ? open(value, path, path.length, arrayDepthMax, accepts)
    : accepts(value);
}

/** A value that the path has led to so far, and, where it is an array, its elements. */
function open(value: unknown, path: FieldPath, at: number, levels: number, accepts: Accepts): boolean {
  if (step(value, path, at, accepts)) return true;
  return levels > 0 && Array.isArray(value) && value.some((item) => open(item, path, at, levels - 1, accepts));
}

function step(value: unknown, path: FieldPath, at: number, accepts: Accepts): boolean {
  const key = path[at];
  if (key === undefined) return accepts(value);
  if (key === "**") return someBelow(value, path, at, descentDepthMax, accepts);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  if (key === "*") {
    return Object.values(value).some((child: unknown) => open(child, path, at + 1, arrayDepthMax, accepts));
  }
  if (!Object.hasOwn(value, key)) return false;
  return open((value as Readonly<Record<string, unknown>>)[key], path, at + 1, arrayDepthMax, accepts);
}

function someBelow(value: unknown, path: FieldPath, at: number, levels: number, accepts: Accepts): boolean {
  if (open(value, path, at + 1, arrayDepthMax, accepts)) return true;
  if (levels <= 1 || typeof value !== "object" || value === null) return false;
  return Object.values(value).some((child: unknown) => someBelow(child, path, at, levels - 1, accepts));
}
