import { type JsonValue } from "../../../cloudtrail/index.ts";

/** The way to a place in an event: names and list positions. */
export type JsonPath = readonly (string | number)[];

/** Reads `$`, `$.detail.name`, `$.resources[0]`, `$['a b']`: what EventBridge takes of JSONPath. Undefined when it is none. */
export function readJsonPath(text: string): JsonPath | undefined {
  if (text.length > 256 || !text.startsWith("$")) return undefined;
  const path: (string | number)[] = [];
  const step = /\.([A-Za-z0-9_@-]+)|\[(\d{1,6})\]|\['([^'\\]{1,200})'\]/uy;
  let at = 1;
  while (at < text.length) {
    step.lastIndex = at;
    const found = step.exec(text);
    if (found === null) return undefined;
    path.push(found[2] === undefined ? (found[1] ?? found[3] ?? "") : Number(found[2]));
    at = step.lastIndex;
  }
  return path;
}

export function valueAt(value: JsonValue, path: JsonPath): JsonValue | undefined {
  let here: JsonValue | undefined = value;
  for (const step of path) {
    if (typeof step === "number") here = Array.isArray(here) ? (here as readonly JsonValue[])[step] : undefined;
    else if (typeof here === "object" && here !== null && !Array.isArray(here) && Object.hasOwn(here, step))
      here = (here as Readonly<Record<string, JsonValue>>)[step];
    else return undefined;
  }
  return here;
}
