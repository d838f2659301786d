import { type WithInstants } from "../bucket.ts";

/** A setting with milliseconds in the place of its dates, so that it is plain data. */
export function withInstants<Shape>(value: Shape): WithInstants<Shape> {
  return mapLeaves(value, (leaf) => (leaf instanceof Date ? leaf.getTime() : leaf)) as WithInstants<Shape>;
}

/** Lists and objects made anew, their leaves mapped; what is undefined is left out. */
function mapLeaves(value: unknown, map: (leaf: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapLeaves(item, map));
  if (typeof value !== "object" || value === null || value instanceof Date) return map(value);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([name, inner]: [string, unknown]) => [name, mapLeaves(inner, map)]),
  );
}
