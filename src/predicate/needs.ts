import { foldAscii, hasWideCase } from "./fold.ts";
import type { FieldPath, Predicate } from "./tree.ts";

/** A stretch of time, in milliseconds since the epoch; `from` is included, `to` is not. */
export interface TimeBounds {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** Every path the conditions ask about, each once, in the order they stand. */
export function fieldsOf(predicate: Predicate): readonly FieldPath[] {
  const found = new Map<string, FieldPath>();
  collectFields(predicate, found);
  return [...found.values()];
}

function collectFields(predicate: Predicate, found: Map<string, FieldPath>): void {
  if (predicate.kind === "and" || predicate.kind === "or") {
    for (const part of predicate.of) {
      collectFields(part, found);
    }
  } else if (predicate.kind === "not") {
    collectFields(predicate.of, found);
  }
  for (const path of pathsOf(predicate)) {
    const key = JSON.stringify(path);
    if (!found.has(key)) {
      found.set(key, path);
    }
  }
}

/** The paths that one condition asks about, those of its parts left out. */
export function pathsOf(node: Predicate): readonly FieldPath[] {
  if (node.kind === "field") {
    return [node.path];
  }
  return node.kind === "fields" ? [node.path, node.other] : [];
}

/**
 * The texts, with A to Z folded, of which one must be the whole value of a field for a record to match; undefined when
 * other records may match too. Speaks of records whose field is a string; any other is to be asked.
 */
export function neededValues(predicate: Predicate, field: string): ReadonlySet<string> | undefined {
  switch (predicate.kind) {
    case "none":
      return new Set();
    case "and":
      return predicate.of
        .map((part) => neededValues(part, field))
        .reduce(
          (best, more) => (best === undefined || (more !== undefined && more.size < best.size) ? more : best),
          undefined,
        );
    case "or": {
      const parts = predicate.of.map((part) => neededValues(part, field));
      return parts.every((part) => part !== undefined) ? new Set(parts.flatMap((part) => [...part])) : undefined;
    }
    case "field": {
      const { path, test } = predicate;
      const isAsked = path.length === 1 && path[0] === field && test.op === "equals";
      return isAsked && !test.values.some(hasWideCase) ? new Set(test.values.map(foldText)) : undefined;
    }
    default:
      return undefined;
  }
}

/** A text as `neededValues` gives it. */
export function foldText(text: string): string {
  return foldAscii(text.toWellFormed());
}

/** The stretch of time outside which no record can match: what the conditions joined by AND say of `eventTime`. */
export function timeBounds(predicate: Predicate): TimeBounds {
  if (predicate.kind === "and") {
    return predicate.of.map(timeBounds).reduce(
      (bounds, more) => ({
        from: largest(bounds.from, more.from),
        to: smallest(bounds.to, more.to),
      }),
      { from: undefined, to: undefined },
    );
  }
  if (predicate.kind !== "field" || predicate.path.length !== 1 || predicate.path[0] !== "eventTime") {
    return { from: undefined, to: undefined };
  }
  const { test } = predicate;
  if (test.op !== "compare-time") {
    return { from: undefined, to: undefined };
  }
  switch (test.by) {
    case ">=":
      return { from: Math.ceil(test.at), to: undefined };
    case ">":
      return { from: Math.floor(test.at) + 1, to: undefined };
    case "<":
      return { from: undefined, to: Math.ceil(test.at) };
    case "<=":
      return { from: undefined, to: Math.floor(test.at) + 1 };
  }
}

function largest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

function smallest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}
