import { arrayDepthMax, descentDepthMax } from "./limits.ts";
import type { FieldPath } from "./tree.ts";

/**
 * Asks `accepts` about each value that a path leads to, until one is accepted. Arrays on the way are opened; at the end
 * an array counts as a whole and by its elements.
 */
export function someValue(record: unknown, path: FieldPath, accepts: (value: unknown) => boolean): boolean {
  function step(value: unknown, at: number): boolean {
    const key = path[at];
    if (key === undefined) {
      return accepts(value);
    }
    if (key === "**") {
      return someBelow(value, at, descentDepthMax);
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return false;
    }
    if (key === "*") {
      return Object.values(value).some((child: unknown) => open(child, at + 1, arrayDepthMax));
    }
    const child = Object.getOwnPropertyDescriptor(value, key);
    return child !== undefined && open(child.value, at + 1, arrayDepthMax);
  }

  function open(value: unknown, at: number, levels: number): boolean {
    return step(value, at) || (levels > 0 && Array.isArray(value) && value.some((item) => open(item, at, levels - 1)));
  }

  function someBelow(value: unknown, at: number, levels: number): boolean {
    if (open(value, at + 1, arrayDepthMax)) {
      return true;
    }
    if (levels <= 1 || typeof value !== "object" || value === null) {
      return false;
    }
    return Object.values(value).some((child: unknown) => someBelow(child, at, levels - 1));
  }

  return step(record, 0);
}
