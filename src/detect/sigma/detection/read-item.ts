import {
  type FieldPath,
  literalOf,
  type Pattern,
  type Predicate,
  readNumber,
  readRange,
  readRegex,
  type Test,
} from "../../../predicate/index.ts";
import { SigmaFault } from "../fault.ts";
import { valuesMax } from "../limits.ts";
import { quote } from "../read-members.ts";
import type { Reader } from "../reading.ts";
import type { YamlNode, YamlScalar } from "../yaml/yaml-node.ts";
import { type Asked, readModifiers } from "./modifiers.ts";
import { readPattern } from "./pattern.ts";
import { transformValue } from "./transform.ts";

/** A field with its modifiers and values, or words that may stand anywhere when it has no name. */
export function readItem(key: string, keyAt: number, value: YamlNode, reader: Reader): Predicate {
  const [name = "", ...modifiers] = key.split("|");
  const asked = readModifiers(modifiers, keyAt);
  const values = scalarsOf(value, name);
  if (asked.isAll && values.length === 1) {
    reader.warn("all says nothing about a single value", keyAt);
  }
  const path = name === "" ? undefined : readPath(name, keyAt);
  const parts = values.map((each) => readValue(path, each, asked, reader));
  const whole = joinValues(parts, asked.isAll ? "and" : "or");
  return asked.isNot ? { kind: "not", of: whole } : whole;
}

/** A field's name as the way to it: the keys of the record between its dots. */
export function readPath(name: string, at: number): FieldPath {
  const path = name.split(".");
  if (name.trim() !== name || path.includes("") || path.length > 40) {
    throw new SigmaFault(`${quote(name)} is no name of a field`, at);
  }
  return path;
}

function scalarsOf(value: YamlNode, name: string): readonly YamlScalar[] {
  const items = value.kind === "list" ? value.items : [value];
  if (items.length === 0) {
    throw new SigmaFault(`The list of values of ${quote(name)} is empty, so it would never match`, value.at);
  }
  if (items.length > valuesMax) {
    throw new SigmaFault(`A list may hold ${valuesMax} values`, value.at);
  }
  return items.map((item) => {
    if (item.kind === "scalar") return item;
    throw new SigmaFault(
      `A value of ${quote(name)} is a ${item.kind}; texts, numbers, true, false and null are values`,
      item.at,
    );
  });
}

function readValue(path: FieldPath | undefined, value: YamlScalar, asked: Asked, reader: Reader): Predicate {
  if (path === undefined) {
    return readKeyword(value, asked, reader);
  }
  const { as } = asked;
  const field = (test: Test): Predicate => ({ kind: "field", path, test });
  switch (as.kind) {
    case "text":
      return readTextValue(path, value, asked, reader);
    case "regex":
      return field({ op: "regex", source: regexOf(value, as.flags, reader), flags: as.flags });
    case "cidr":
      return joinValues(
        rangesOf(value, asked, reader).map((range) => field({ op: "cidr", range })),
        "or",
      );
    case "exists":
      if (typeof value.value !== "boolean") {
        throw new SigmaFault("exists takes true or false", value.at);
      }
      return value.value ? field({ op: "exists" }) : { kind: "not", of: field({ op: "exists" }) };
    case "compare":
      return field({ op: "compare", by: as.by, number: numberOf(value) });
    case "time-part":
      return field({ op: "time-part", part: as.part, by: as.by, number: numberOf(value) });
    case "fieldref": {
      if (typeof value.value !== "string") {
        throw new SigmaFault("fieldref takes the name of a field", value.at);
      }
      return { kind: "fields", path, by: as.by, other: readPath(value.value, value.at), cased: asked.isCased };
    }
  }
}

function readTextValue(path: FieldPath, value: YamlScalar, asked: Asked, reader: Reader): Predicate {
  if (value.value === null) {
    if (asked.transforms.length > 0) {
      throw new SigmaFault(`${asked.transforms.join(", ")} takes a text, not null`, value.at);
    }
    // A field that CloudTrail leaves out and one that it writes as null say the same.
    const exists: Predicate = { kind: "field", path, test: { op: "exists" } };
    return {
      kind: "or",
      of: [
        { kind: "field", path, test: { op: "null" } },
        { kind: "not", of: exists },
      ],
    };
  }
  const tests = patternsOf(value, asked, reader).map((pattern): Test => testOf(pattern, asked.isCased));
  return joinValues(
    tests.map((test) => ({ kind: "field", path, test })),
    "or",
  );
}

function testOf(pattern: Pattern, cased: boolean): Test {
  const whole = literalOf(pattern);
  return whole === undefined ? { op: "like", pattern, cased } : { op: "equals", values: [whole], cased };
}

function readKeyword(value: YamlScalar, asked: Asked, reader: Reader): Predicate {
  if (value.value === null || value.text === "") {
    throw new SigmaFault("A word to look for anywhere cannot be empty", value.at);
  }
  switch (asked.as.kind) {
    case "regex": {
      const { flags } = asked.as;
      return { kind: "field", path: [], test: { op: "regex", source: regexOf(value, flags, reader), flags } };
    }
    case "text": {
      const patterns = patternsOf(value, asked, reader);
      return joinValues(
        patterns.map((pattern) => textOf(pattern, asked.isCased)),
        "or",
      );
    }
    default:
      throw new SigmaFault(`${asked.as.kind} needs the name of a field before it`, value.at);
  }
}

function textOf(pattern: Pattern, cased: boolean): Predicate {
  return cased
    ? { kind: "field", path: [], test: { op: "like", pattern: ["*", ...pattern, "*"], cased } }
    : { kind: "text", pattern };
}

function patternsOf(value: YamlScalar, asked: Asked, reader: Reader): readonly Pattern[] {
  const pattern = typeof value.value === "string" ? readPattern(value.value) : [{ text: value.text }];
  const patterns = transformValue(pattern, asked.transforms, reader.lists, value.at);
  reader.countValues(patterns.length, value.at);
  return patterns;
}

function regexOf(value: YamlScalar, flags: string, reader: Reader): string {
  const reading = readRegex(value.text, flags);
  if (value.value === null || !reading.ok) {
    const reason = reading.ok ? "re takes a regular expression" : reading.message;
    throw new SigmaFault(reason, value.at + offsetInSource(value, reading.ok ? 0 : reading.start, reader.text));
  }
  return value.text;
}

/** How far into a value's source a place in its text lies; 0 where quoting or folding makes that unclear. */
export function offsetInSource(value: YamlScalar, offset: number, text: string): number {
  const start = /['"]/.test(text.charAt(value.at)) ? 1 : 0;
  const isPlain = text.startsWith(value.text, value.at + start);
  return isPlain ? start + offset : 0;
}

function rangesOf(value: YamlScalar, asked: Asked, reader: Reader): readonly string[] {
  return patternsOf(value, asked, reader).map((pattern) => {
    const text = literalOf(pattern);
    if (text === undefined || readRange(text) === undefined) {
      throw new SigmaFault(
        `${quote(text ?? value.text)} is no range of addresses; write 10.0.0.0/8 or 2001:db8::/32`,
        value.at,
      );
    }
    return text;
  });
}

function numberOf(value: YamlScalar): number {
  const number = typeof value.value === "boolean" || value.value === null ? undefined : readNumber(value.text);
  if (number === undefined) {
    throw new SigmaFault(`${quote(value.text)} is no number`, value.at);
  }
  return number;
}

/** Whole values of one field that are joined by OR are asked for at once. */
function joinValues(parts: readonly Predicate[], kind: "and" | "or"): Predicate {
  const joined = kind === "or" ? mergeEquals(parts) : parts;
  const [only] = joined;
  return joined.length === 1 && only !== undefined ? only : { kind, of: joined };
}

function mergeEquals(parts: readonly Predicate[]): readonly Predicate[] {
  const values: string[] = [];
  const others: Predicate[] = [];
  let first: (Predicate & { readonly kind: "field" }) | undefined;
  let cased = false;
  for (const part of parts) {
    if (part.kind === "field" && part.test.op === "equals") {
      values.push(...part.test.values);
      first ??= part;
      ({ cased } = part.test);
    } else {
      others.push(part);
    }
  }
  return first === undefined ? others : [{ ...first, test: { op: "equals", values, cased } }, ...others];
}
