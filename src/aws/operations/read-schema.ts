import { NormalizedSchema } from "@smithy/core/schema";

import {
  type Bindings,
  type Bound,
  type ListShape,
  type MapShape,
  type Member,
  type Shape,
  type StructureShape,
} from "./shape.ts";

/** What is read of the traits; the SDK keeps them by their Smithy names. */
interface Traits {
  readonly sensitive?: unknown;
  readonly streaming?: unknown;
  readonly xmlName?: string;
  readonly xmlFlattened?: unknown;
  readonly xmlAttribute?: unknown;
  readonly xmlNamespace?: string | readonly [prefix: string, uri: string];
  readonly jsonName?: string;
  readonly ec2QueryName?: string;
  readonly httpLabel?: unknown;
  readonly httpQuery?: string;
  readonly httpQueryParams?: unknown;
  readonly httpHeader?: string;
  readonly httpPrefixHeaders?: string;
  readonly httpPayload?: unknown;
  readonly httpResponseCode?: unknown;
}

type SchemaReference = Parameters<typeof NormalizedSchema.of>[0];

const structures = new WeakMap<object, StructureShape>();
const noMembers: StructureShape = structureOf("Unit", {}, () => []);

/** The shape of an operation's input or output; of nothing, a structure without members. */
export function readStructure(schema: unknown): StructureShape {
  const normalized = NormalizedSchema.of(schema as SchemaReference);
  if (normalized.isUnitSchema()) return noMembers;
  const shape = readShape(normalized);
  if (shape.kind !== "structure") throw new TypeError(`${String(normalized.getName(true))} is not a structure`);
  return shape;
}

function readShape(schema: NormalizedSchema): Shape {
  if (schema.isStructSchema()) return knownStructure(schema);
  if (schema.isListSchema()) return listOf(schema);
  if (schema.isMapSchema()) return mapOf(schema);
  if (schema.isBlobSchema()) return { kind: "blob", isStreaming: schema.isStreaming() };
  if (schema.isTimestampSchema()) return { kind: "timestamp", format: timestampFormats[Number(schema.getSchema())] };
  if (schema.isStringSchema()) return { kind: "string" };
  if (schema.isBooleanSchema()) return { kind: "boolean" };
  if (schema.isNumericSchema()) return { kind: "number" };
  if (schema.isBigIntegerSchema() || schema.isBigDecimalSchema()) return { kind: "big-number" };
  if (schema.isUnitSchema()) return noMembers;
  if (schema.isDocumentSchema()) return { kind: "document" };
  throw new TypeError(`The schema of ${String(schema.getName(true))} is of a kind that is not known`);
}

/** By the number that the SDK writes for a timestamp with a format of its own. */
const timestampFormats: Readonly<Record<number, "date-time" | "http-date" | "epoch-seconds">> = {
  5: "date-time",
  6: "http-date",
  7: "epoch-seconds",
};

function knownStructure(schema: NormalizedSchema): StructureShape {
  const source = schema.getSchema() as object;
  const known = structures.get(source);
  if (known !== undefined) return known;
  const traits: Traits = schema.getOwnTraits();
  const made = structureOf(
    schema.getName() ?? "",
    { isUnion: schema.isUnionSchema(), isEventStream: Boolean(traits.streaming), xmlName: traits.xmlName },
    () => {
      // The seventh part of the tuple is how many of the members, which come first, are required.
      const requiredCount = Number((source as readonly unknown[])[6] ?? 0);
      return [...schema.structIterator()].map(([name, member], at) => ({
        name,
        member,
        isRequired: at < requiredCount,
      }));
    },
  );
  structures.set(source, made);
  return made;
}

interface NamedSchema {
  readonly name: string;
  readonly member: NormalizedSchema;
  readonly isRequired: boolean;
}

function structureOf(
  name: string,
  facts: { isUnion?: boolean; isEventStream?: boolean; xmlName?: string | undefined },
  list: () => readonly NamedSchema[],
): StructureShape {
  // Structures contain themselves here and there, so their members are read when they are first asked for.
  let schemas: readonly NamedSchema[] | undefined;
  let members: readonly Member[] | undefined;
  let bindings: Bindings | undefined;
  return {
    kind: "structure",
    name,
    isUnion: facts.isUnion ?? false,
    isEventStream: facts.isEventStream ?? false,
    xmlName: facts.xmlName,
    get members() {
      return (members ??= (schemas ??= list()).map(readMember));
    },
    get bindings() {
      return (bindings ??= readBindings(
        (schemas ??= list()).map(({ member }) => member.getMergedTraits()),
        this.members,
      ));
    },
  };
}

function listOf(schema: NormalizedSchema): ListShape {
  let item: Member | undefined;
  return {
    kind: "list",
    get item() {
      return (item ??= readMember({ name: "member", member: schema.getValueSchema(), isRequired: false }));
    },
  };
}

function mapOf(schema: NormalizedSchema): MapShape {
  let key: Member | undefined;
  let value: Member | undefined;
  return {
    kind: "map",
    get key() {
      return (key ??= readMember({ name: "key", member: schema.getKeySchema(), isRequired: false }));
    },
    get value() {
      return (value ??= readMember({ name: "value", member: schema.getValueSchema(), isRequired: false }));
    },
  };
}

function readMember({ name, member, isRequired }: NamedSchema): Member {
  const merged: Traits = member.getMergedTraits();
  const own: Traits = member.getMemberTraits();
  const namespace = merged.xmlNamespace;
  return {
    name,
    shape: readShape(member),
    isRequired,
    isSensitive: Boolean(merged.sensitive),
    isFlattened: Boolean(merged.xmlFlattened),
    isXmlAttribute: Boolean(merged.xmlAttribute),
    xmlNamespace:
      namespace === undefined
        ? undefined
        : typeof namespace === "string"
          ? { prefix: undefined, uri: namespace }
          : { prefix: namespace[0], uri: namespace[1] },
    xmlName: own.xmlName,
    jsonName: own.jsonName,
    ec2QueryName: own.ec2QueryName,
  };
}

function readBindings(traits: readonly Traits[], members: readonly Member[]): Bindings {
  const labels: Member[] = [];
  const query: Bound[] = [];
  const headers: Bound[] = [];
  const body: Member[] = [];
  let queryParameters: Member | undefined;
  let prefixHeaders: Bound | undefined;
  let statusCode: Member | undefined;
  let payload: Member | undefined;
  for (const [at, member] of members.entries()) {
    const trait = traits[at] ?? {};
    if (trait.httpLabel !== undefined) labels.push(member);
    else if (trait.httpQuery !== undefined) query.push({ wireName: trait.httpQuery, member });
    else if (trait.httpQueryParams !== undefined) queryParameters = member;
    else if (trait.httpHeader !== undefined) headers.push({ wireName: trait.httpHeader.toLowerCase(), member });
    else if (trait.httpPrefixHeaders !== undefined)
      prefixHeaders = { wireName: trait.httpPrefixHeaders.toLowerCase(), member };
    else if (trait.httpResponseCode !== undefined) statusCode = member;
    else if (trait.httpPayload !== undefined) payload = member;
    else body.push(member);
  }
  return { labels, query, queryParameters, headers, prefixHeaders, statusCode, payload, body };
}
