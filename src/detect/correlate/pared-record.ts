import type { FieldPath } from "../../predicate/index.ts";
import type { AssembledCorrelation } from "../sigma/assemble.ts";

/** Fields are looked for in arrays of arrays less deep than that. */
const arrayLevelsMax = 50;

/**
 * A record with what these paths lead to and nothing else, so that it can be remembered: a record may be a quarter of a
 * megabyte, and what events are grouped by is some words of it.
 */
export function pareRecord(value: unknown, paths: readonly FieldPath[], levels: number = arrayLevelsMax): unknown {
  // Below a placeholder it may be anything.
  if (paths.some(([key]) => key === undefined || key === "*" || key === "**")) return value;
  if (typeof value !== "object" || value === null) return undefined;
  if (Array.isArray(value)) return levels === 0 ? [] : value.map((item) => pareRecord(item, paths, levels - 1));
  const record = value as Readonly<Record<string, unknown>>;
  const below = Map.groupBy(paths, ([key = ""]) => key);
  const kept = [...below].flatMap(([key, own]): [string, unknown][] => {
    if (!Object.hasOwn(record, key)) return [];
    return [
      [
        key,
        pareRecord(
          record[key],
          own.map((path) => path.slice(1)),
        ),
      ],
    ];
  });
  return Object.fromEntries(kept);
}

/** What of an event each correlation is asked for by those that build on it; those that others build on come first. */
export function passedOn(correlations: readonly AssembledCorrelation[]): ReadonlyMap<string, readonly FieldPath[]> {
  const wanted = new Map<string, readonly FieldPath[]>();
  for (const { correlation, fields } of correlations.toReversed()) {
    const further = wanted.get(correlation.key) ?? [];
    for (const [rule, { group, values }] of fields) {
      wanted.set(rule, [...(wanted.get(rule) ?? []), ...group, ...values, ...further]);
    }
  }
  return wanted;
}
