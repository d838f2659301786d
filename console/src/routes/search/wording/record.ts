/** Reading one record, whose shape nobody promises. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The record's parsed text, or an empty one where the text is no object. */
export function parseRecord(raw: string): JsonObject {
  try {
    const value: unknown = JSON.parse(raw);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** What a path of keys leads to; a dot separates keys. */
export function valueAt(record: unknown, path: string): unknown {
  let value: unknown = record;
  for (const key of path.split(".")) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** The same as text: empty where there is none, or where it is an object or list. */
export function textAt(record: unknown, path: string): string {
  const value = valueAt(record, path);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** The last part of an ARN or path: what people call the thing. */
export function shortName(arn: string): string {
  if (!arn.startsWith("arn:")) return arn;
  const resource = arn.split(":").slice(5).join(":");
  return resource === "" ? arn : resource.replace(/^[a-z-]+[/:](?=.)/, "");
}

/** The very last part: a role's name without its path. */
export function lastSegment(arn: string): string {
  return shortName(arn).split("/").at(-1) ?? arn;
}
