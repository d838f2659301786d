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
  } else if (predicate.kind === "field") {
    const key = JSON.stringify(predicate.path);
    if (!found.has(key)) {
      found.set(key, predicate.path);
    }
  }
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
