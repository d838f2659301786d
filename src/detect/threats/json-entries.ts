import type { ThreatList } from "./threat-list.ts";

/** What may be an entry, in the order in which it stands there, or why it is not looked at. */
export type JsonCell = { readonly text: string } | { readonly reason: string };

const cellsMax = 2_000_000;

/**
 * The values of a list in JSON: indicators of a STIX 2.1 bundle, attributes of MISP events, or an array of texts.
 * Undefined for what is no JSON.
 */
export function jsonCells(text: string, kind: ThreatList["kind"]): readonly JsonCell[] | undefined {
  if (!/^\s*[[{]/.test(text.slice(0, 1000))) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) {
    return value.slice(0, cellsMax).map((item: string) => ({ text: item }));
  }
  const cells: JsonCell[] = [];
  const objects = arrayAt(value, "objects");
  if (objects !== undefined) {
    for (const object of objects) if (textAt(object, "type") === "indicator") cells.push(...stixCells(object, kind));
  } else {
    for (const attribute of attributesOf(value)) cells.push(...mispCells(attribute, kind));
  }
  return cells.slice(0, cellsMax);
}

const stixTypes: Readonly<Record<ThreatList["kind"], RegExp>> = {
  addresses: /^ipv[46]-addr$/,
  domains: /^domain-name$/,
  keys: /^x-aws-access-key$/,
};
const comparison = /([a-z0-9-]{1,50}):value\s*(?:=|ISSUBSET)\s*'([^'\\]{1,300})'/g;

/** Simple patterns: one comparison, or several of which any is enough. docs.oasis-open.org/cti/stix/v2.1, section 9 */
function stixCells(indicator: unknown, kind: ThreatList["kind"]): JsonCell[] {
  const pattern = textAt(indicator, "pattern") ?? "";
  const patternType = textAt(indicator, "pattern_type") ?? "stix";
  if (patternType !== "stix" || pattern.length > 10_000) return [{ reason: "its pattern is none of STIX" }];
  if (fieldOf(indicator, "revoked") === true) return [{ reason: "it was revoked" }];
  if (/\b(?:AND|FOLLOWEDBY|WITHIN|REPEATS|NOT)\b/.test(pattern.replace(/'[^']*'/g, ""))) {
    return [{ reason: "its pattern asks for several things at once" }];
  }
  const all = [...pattern.matchAll(comparison)];
  const fitting = all.flatMap(([, type = "", text = ""]) => (stixTypes[kind].test(type) ? [{ text }] : []));
  return fitting.length > 0 ? fitting : [{ reason: "its pattern is about something else" }];
}

const mispTypes: Readonly<Record<ThreatList["kind"], RegExp>> = {
  addresses: /^(?:ip-(?:src|dst)(?:\|port)?|domain\|ip)$/,
  domains: /^(?:domain(?:\|ip)?|hostname(?:\|port)?)$/,
  keys: /^(?:text|other|aws-access-key|account-id)$/,
};

/** www.misp-project.org/datamodels: `ip-dst|port` and its like hold two values in one. */
function mispCells(attribute: unknown, kind: ThreatList["kind"]): JsonCell[] {
  const [type, value] = [textAt(attribute, "type") ?? "", textAt(attribute, "value") ?? ""];
  if (fieldOf(attribute, "deleted") === true) return [{ reason: "it was deleted" }];
  if (!mispTypes[kind].test(type)) return [{ reason: "it is of another type" }];
  const [first = "", second = ""] = value.split("|", 2);
  return [{ text: type === "domain|ip" && kind === "addresses" ? second : first }];
}

/** Attributes of an event, of several, and of the objects in them. */
function attributesOf(value: unknown): readonly unknown[] {
  const events = (arrayAt(value, "response") ?? (Array.isArray(value) ? (value as readonly unknown[]) : [value])).map(
    (item) => fieldOf(item, "Event") ?? item,
  );
  return events.flatMap((event) => [
    ...(arrayAt(event, "Attribute") ?? []),
    ...(arrayAt(event, "Object") ?? []).flatMap((object) => arrayAt(object, "Attribute") ?? []),
  ]);
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}

function arrayAt(value: unknown, key: string): readonly unknown[] | undefined {
  const found = fieldOf(value, key);
  return Array.isArray(found) ? found : undefined;
}

function textAt(value: unknown, key: string): string | undefined {
  const found = fieldOf(value, key);
  return typeof found === "string" ? found : undefined;
}
