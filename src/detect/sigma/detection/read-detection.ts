import type { Predicate } from "../../../predicate/index.ts";
import { parseCondition } from "../condition/parse-condition.ts";
import { Searches } from "../condition/resolve-condition.ts";
import { SigmaFault } from "../fault.ts";
import { quote } from "../read-members.ts";
import type { Reader } from "../reading.ts";
import type { YamlMap, YamlNode, YamlScalar } from "../yaml/yaml-node.ts";
import { offsetInSource, readItem } from "./read-item.ts";

/** What a detection asks of a single record. */
export interface Detection {
  readonly predicate: Predicate;
  /** Whether the condition is one text, and which; filters are warned about theirs. */
  readonly condition: string;
}

/** Reads searches and the condition over them; `leftOut` are keys that are neither. */
export function readDetection(map: YamlMap, leftOut: readonly string[], reader: Reader): Detection {
  const byName = new Map<string, Predicate>();
  let condition: YamlNode | undefined;
  for (const { key, keyAt, value } of map.entries) {
    if (key === "condition") {
      condition = value;
    } else if (key === "timeframe") {
      throw new SigmaFault("timeframe belongs to the old way of counting; write a correlation", keyAt);
    } else if (!leftOut.includes(key)) {
      byName.set(key, readSearch(key, value, reader));
    }
  }
  if (condition === undefined) {
    throw new SigmaFault("There is no condition", map.at);
  }
  if (byName.size === 0) {
    throw new SigmaFault("There is no search beside the condition", map.at);
  }
  const searches = new Searches(byName);
  const texts = conditionTexts(condition);
  const parts = texts.map((text) => resolveText(text, searches, reader));
  for (const name of searches.unused) {
    reader.warn(`The condition does not ask for the search ${quote(name)}`, entryAt(map, name));
  }
  const [only] = parts;
  const predicate = parts.length === 1 && only !== undefined ? only : ({ kind: "or", of: parts } as const);
  return { predicate, condition: texts.map(({ text }) => text).join(" or ") };
}

function entryAt(map: YamlMap, name: string): number {
  return map.entries.find(({ key }) => key === name)?.keyAt ?? map.at;
}

/** Several conditions are joined by OR. */
function conditionTexts(condition: YamlNode): readonly YamlScalar[] {
  const items = condition.kind === "list" ? condition.items : [condition];
  if (items.length === 0) {
    throw new SigmaFault("The condition is empty", condition.at);
  }
  return items.map((item) => {
    if (item.kind === "scalar" && typeof item.value !== "object" && item.text.trim() !== "") return item;
    throw new SigmaFault("A condition is a text", item.at);
  });
}

function resolveText(value: YamlScalar, searches: Searches, reader: Reader): Predicate {
  try {
    return searches.resolve(parseCondition(value.text));
  } catch (error) {
    if (error instanceof SigmaFault) {
      throw new SigmaFault(error.message, value.at + offsetInSource(value, error.at, reader.text));
    }
    throw error;
  }
}

/** A map asks for all its fields; a list for one of its maps or words; a text is a list of one. */
function readSearch(name: string, value: YamlNode, reader: Reader): Predicate {
  switch (value.kind) {
    case "map":
      return readFields(name, value, reader);
    case "scalar":
      return readItem("", value.at, value, reader);
    case "list": {
      const parts = value.items.map((item) => {
        if (item.kind === "list") {
          throw new SigmaFault(`The search ${quote(name)} holds a list in a list`, item.at);
        }
        return item.kind === "map" ? readFields(name, item, reader) : readItem("", item.at, item, reader);
      });
      const [only] = parts;
      if (only === undefined) {
        throw new SigmaFault(`The search ${quote(name)} is empty`, value.at);
      }
      return parts.length === 1 ? only : { kind: "or", of: parts };
    }
  }
}

function readFields(name: string, map: YamlMap, reader: Reader): Predicate {
  const parts = map.entries.map(({ key, keyAt, value }) => readItem(key, keyAt, value, reader));
  const [only] = parts;
  if (only === undefined) {
    throw new SigmaFault(`The search ${quote(name)} is empty`, map.at);
  }
  return parts.length === 1 ? only : { kind: "and", of: parts };
}
