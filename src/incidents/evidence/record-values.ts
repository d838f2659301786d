/** What a record holds at a path of names; undefined where it holds nothing there. */
export function valueAt(record: unknown, ...path: readonly string[]): unknown {
  let value = record;
  for (const name of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}

const textLengthMax = 512;

/** A text at a path: empty where there is none, or where it is too long to be a name. */
export function textAt(record: unknown, ...path: readonly string[]): string {
  const value = valueAt(record, ...path);
  return typeof value === "string" && value.length <= textLengthMax ? value : "";
}
