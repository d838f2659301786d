import { readPath } from "./detection/read-item.ts";
import {
  comparators,
  type CorrelationCondition,
  type CorrelationType,
  correlationTypes,
  type FieldAlias,
  type SigmaCorrelation,
  type SigmaHead,
} from "./document.ts";
import { SigmaFault } from "./fault.ts";
import { readTimespan } from "../../base/timespan.ts";
import { membersOf, quote, readMap, readTexts, warnOfUnknown } from "./read-members.ts";
import { readReferences } from "./read-references.ts";
import type { Members, Reader } from "./reading.ts";
import type { YamlMap } from "./yaml/yaml-node.ts";

const keys = ["type", "rules", "group-by", "aliases", "timespan", "condition", "generate"] as const;

/** Reads a document about several events; whether the rules that it names are there is found out later. */
export function readCorrelation(members: Members, head: SigmaHead, at: number, reader: Reader): SigmaCorrelation {
  const map = readMap(members, "correlation", at);
  const parts = membersOf(map);
  warnOfUnknown(parts, keys, "correlation", reader);
  const type = readType(parts, map);
  const named = parts.get("rules");
  if (named === undefined) {
    throw new SigmaFault("There is no rules; name the rules whose events it is about", map.at);
  }
  const rules = readReferences(named.value, reader);
  const aliases = readAliases(parts, reader);
  const groupBy = readTexts(parts, "group-by", reader);
  for (const name of groupBy) {
    readPath(name, parts.get("group-by")?.value.at ?? map.at);
  }
  return {
    ...head,
    kind: "correlation",
    type,
    rules,
    groupBy,
    aliases,
    timespanMs: readSpan(parts, map),
    condition: readCondition(parts, type, rules.length, map),
    generates: readGenerate(parts, members),
  };
}

function readType(parts: Members, map: YamlMap): CorrelationType {
  const type = parts.get("type");
  const text = type?.value.kind === "scalar" ? type.value.text : "";
  const found = correlationTypes.find((known) => known === text);
  if (found === undefined) {
    const what = type === undefined ? "There is no type" : `There is no type ${quote(text)}`;
    throw new SigmaFault(`${what}; known are ${correlationTypes.join(", ")}`, type?.value.at ?? map.at);
  }
  return found;
}

function readSpan(parts: Members, map: YamlMap): number {
  const span = parts.get("timespan");
  const found = span?.value.kind === "scalar" ? readTimespan(span.value.text) : undefined;
  if (found === undefined) {
    throw new SigmaFault("timespan is a number and a unit: 90s, 15m, 1h, 7d", span?.value.at ?? map.at);
  }
  return found;
}

/** Older files say it at the top, as the published schema has it; newer ones inside. */
function readGenerate(parts: Members, members: Members): boolean {
  const member = parts.get("generate") ?? members.get("generate");
  if (member === undefined) {
    return false;
  }
  if (member.value.kind !== "scalar" || typeof member.value.value !== "boolean") {
    throw new SigmaFault("generate is true or false", member.value.at);
  }
  return member.value.value;
}

function readAliases(parts: Members, reader: Reader): readonly FieldAlias[] {
  if (!parts.has("aliases")) {
    return [];
  }
  return readMap(parts, "aliases", 0).entries.map(({ key, keyAt, value }) => {
    if (value.kind !== "map" || value.entries.length === 0) {
      throw new SigmaFault(`The alias ${quote(key)} is a map from rules to fields`, keyAt);
    }
    const fields = value.entries.map((entry) => {
      if (entry.value.kind !== "scalar" || typeof entry.value.value !== "string") {
        throw new SigmaFault("An alias stands for a field in each rule", entry.value.at);
      }
      readPath(entry.value.value, entry.value.at);
      return { rule: entry.key, place: reader.placeOf(entry.keyAt), field: entry.value.value };
    });
    return { name: key, fields };
  });
}

function readCondition(parts: Members, type: CorrelationType, rules: number, map: YamlMap): CorrelationCondition {
  const member = parts.get("condition");
  const isTemporal = type === "temporal" || type === "temporal_ordered";
  if (member === undefined && isTemporal) {
    return { limits: [{ by: "gte", number: rules }], fields: [], percentile: undefined };
  }
  if (member?.value.kind !== "map") {
    const isText = member?.value.kind === "scalar" && isTemporal;
    const what = isText
      ? "A condition in words came after Sigma 2.1 and is not read"
      : "condition is a map such as gte: 10";
    throw new SigmaFault(what, member?.value.at ?? map.at);
  }
  const condition = readLimits(member.value);
  if (type.startsWith("value_") !== condition.fields.length > 0) {
    const what = type.startsWith("value_")
      ? `${type} needs the field whose values it is about`
      : `${type} takes no field`;
    throw new SigmaFault(what, member.value.at);
  }
  if (condition.fields.length > 1 && type !== "value_count") {
    throw new SigmaFault(`${type} takes one field`, member.value.at);
  }
  if (condition.percentile !== undefined && type !== "value_percentile") {
    throw new SigmaFault("percentile belongs to value_percentile", member.value.at);
  }
  if (type === "temporal_ordered" && condition.limits.some(({ by, number }) => by !== "gte" || number !== rules)) {
    throw new SigmaFault(
      "temporal_ordered asks for all its rules in their order; leave the condition out",
      member.value.at,
    );
  }
  return condition;
}

function readLimits(map: YamlMap): CorrelationCondition {
  const limits: { by: (typeof comparators)[number]; number: number }[] = [];
  let fields: readonly string[] = [];
  let percentile: number | undefined;
  for (const { key, keyAt, value } of map.entries) {
    const by = comparators.find((known) => known === key);
    const number = value.kind === "scalar" && value.text !== "" ? Number(value.text) : Number.NaN;
    if (key === "field") {
      const items = value.kind === "list" ? value.items : [value];
      fields = items.map((item) => {
        if (item.kind !== "scalar") throw new SigmaFault("field names a field", item.at);
        readPath(item.text, item.at);
        return item.text;
      });
    } else if (by === undefined && key !== "percentile") {
      throw new SigmaFault(`There is no condition ${quote(key)}; known are ${comparators.join(", ")} and field`, keyAt);
    } else if (!Number.isFinite(number)) {
      throw new SigmaFault(`${key} takes a number`, value.at);
    } else if (by !== undefined) {
      limits.push({ by, number });
    } else if (number > 0 && number <= 100) {
      percentile = number;
    } else {
      throw new SigmaFault("percentile is above 0 and at most 100", value.at);
    }
  }
  if (limits.length === 0 || limits.length > 2) {
    throw new SigmaFault("condition holds one limit, or two that make a range", map.at);
  }
  return { limits, fields, percentile };
}
