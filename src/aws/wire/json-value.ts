import { type Member, type Shape, type StructureShape } from "../operations/shape.ts";
import { Malformed } from "./malformed.ts";
import { printBase64, readBase64, readTimestamp, shown } from "./scalar-text.ts";

type Json = Record<string, unknown>;

/** How deep a message may go; the SDK's own deepest shapes stay under it by far. */
const depthMax = 64;

/** A structure as JSON says it, without the members that are left out. REST's JSON may call members otherwise. */
export function toJson(members: readonly Member[], value: object, isRest: boolean): Json {
  const json: Json = {};
  for (const member of members) {
    const part = (value as Json)[member.name];
    if (part !== undefined && part !== null)
      json[isRest ? (member.jsonName ?? member.name) : member.name] = partToJson(member.shape, part, isRest);
  }
  return json;
}

function partToJson(shape: Shape, value: unknown, isRest: boolean): unknown {
  switch (shape.kind) {
    case "structure":
      return toJson(shape.members, value as object, isRest);
    case "list":
      return (value as readonly unknown[]).map((item) =>
        item === null ? null : partToJson(shape.item.shape, item, isRest),
      );
    case "map": {
      const json = Object.create(null) as Json;
      for (const [key, item] of Object.entries(value as Json))
        if (item !== undefined) json[key] = item === null ? null : partToJson(shape.value.shape, item, isRest);
      return json;
    }
    case "timestamp":
      return shape.format === undefined || shape.format === "epoch-seconds"
        ? (value as Date).getTime() / 1000
        : shape.format === "http-date"
          ? (value as Date).toUTCString()
          : (value as Date).toISOString();
    case "blob":
      return printBase64(value);
    case "number":
      return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
    default:
      return value;
  }
}

/** Reads a structure out of parsed JSON; members that are not known are passed over, as AWS does. */
export function fromJson(members: readonly Member[], json: unknown, isRest: boolean, depth = 0): Json {
  if (typeof json !== "object" || json === null || Array.isArray(json)) throw new Malformed("An object was expected");
  if (depth > depthMax) throw new Malformed("The message goes too deep");
  const value: Json = {};
  for (const member of members) {
    const name = isRest ? (member.jsonName ?? member.name) : member.name;
    if (!Object.hasOwn(json, name)) continue;
    const part = (json as Json)[name];
    if (part !== undefined && part !== null) value[member.name] = partFromJson(member.shape, part, isRest, depth + 1);
  }
  return value;
}

function partFromJson(shape: Shape, json: unknown, isRest: boolean, depth: number): unknown {
  switch (shape.kind) {
    case "structure":
      return fromJson(shape.members, json, isRest, depth);
    case "list":
      if (!Array.isArray(json)) throw unexpected(json, "a list");
      return json.map((item: unknown) =>
        item === null ? null : partFromJson(shape.item.shape, item, isRest, depth + 1),
      );
    case "map": {
      if (typeof json !== "object" || json === null || Array.isArray(json)) throw unexpected(json, "an object");
      const map = Object.create(null) as Json;
      for (const [key, item] of Object.entries(json))
        if (item !== null) map[key] = partFromJson(shape.value.shape, item, isRest, depth + 1);
      return map;
    }
    case "string":
      if (typeof json !== "string") throw unexpected(json, "a string");
      return json;
    case "boolean":
      if (typeof json !== "boolean") throw unexpected(json, "true or false");
      return json;
    case "number":
      if (typeof json === "number") return json;
      if (json === "NaN" || json === "Infinity" || json === "-Infinity") return Number(json);
      throw unexpected(json, "a number");
    case "big-number":
      return json;
    case "timestamp":
      if (typeof json !== "number" && typeof json !== "string") throw unexpected(json, "a timestamp");
      return readTimestamp(String(json), shape.format ?? "epoch-seconds");
    case "blob":
      if (typeof json !== "string") throw unexpected(json, "a blob in base64");
      return readBase64(json);
    case "document":
      return json;
  }
}

function unexpected(json: unknown, wanted: string): Malformed {
  const found = Array.isArray(json) ? "a list" : typeof json === "object" ? "an object" : shown(String(json));
  return new Malformed(`Found ${found} where ${wanted} was expected`);
}

/** Whole messages that are one structure. */
export function structureFromJsonText(shape: StructureShape, text: string): Json {
  return fromJson(shape.members, parseJson(text), false);
}

/** No text at all is an empty object, as an operation without input may send it. */
export function parseJson(text: string): unknown {
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Malformed("The body is not JSON", { cause: error });
  }
}
