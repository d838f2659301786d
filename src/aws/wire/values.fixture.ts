import fc from "fast-check";

import { type AwsOperation } from "../operations/operation.ts";
import { type Member, type Shape, type StructureShape } from "../operations/shape.ts";

type Value = Record<string, unknown>;

/** Names that the SDK, or a path, looks at closely. */
const special: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  Bucket: fc.stringMatching(/^[a-z0-9]{3,10}$/),
  // The SDK makes another host, or another value, of these.
  EndpointId: fc.constant(undefined),
  SSECustomerKey: fc.constant(undefined),
  CopySourceSSECustomerKey: fc.constant(undefined),
  ChecksumAlgorithm: fc.constantFrom("CRC32", "SHA256"),
  ChecksumMode: fc.constant("ENABLED"),
  QueueUrl: fc.stringMatching(/^http:\/\/127\.0\.0\.1:4566\/1{12}\/[a-z]{1,8}$/),
};

/** Text that every protocol can carry; what lies at the ends of a text or is no sign is another test's matter. */
const text = fc
  .oneof(
    fc.stringMatching(/^[ -~]{1,12}$/),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }),
    fc.constantFrom("<&>\"'", "a  b", "%2F", "=&+", "ü", "𝄞"),
  )
  .filter((value) => value.trim() === value && value !== "" && !/[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/.test(value));

const token = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/);
const second = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => new Date(seconds * 1000));

/** Inputs of an operation, or outputs, as the SDK has them. Streamed bodies are left out. */
export function valuesOf(operation: AwsOperation, side: "input" | "output"): fc.Arbitrary<Value> {
  const shape = operation[side];
  const { labels, query, headers, prefixHeaders, statusCode, payload } = shape.bindings;
  const isRest = operation.http !== undefined;
  const inHeader = new Set(
    isRest ? [...labels, ...headers.map(({ member }) => member), ...query.map(({ member }) => member)] : [],
  );
  const members = shape.members.filter((member) => {
    if (member === statusCode || member.shape.kind === "document") return false;
    return !(
      member === payload &&
      (member.shape.kind === "blob" || (member.shape.kind === "structure" && member.shape.isEventStream))
    );
  });
  const arbitraries = members.map((member) => {
    const inner =
      special[member.name] ??
      (member === prefixHeaders?.member
        ? fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), token, { minKeys: 1, maxKeys: 2 })
        : inHeader.has(member)
          ? shapeValues(member.shape, 0, token)
          : shapeValues(member.shape, 4, text));
    return [member, inner] as const;
  });
  return structureValues(shape, arbitraries);
}

function shapeValues(shape: Shape, depth: number, texts: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case "string":
      return texts;
    case "boolean":
      return fc.boolean();
    case "number":
      return fc.integer({ min: 0, max: 1_000_000 });
    case "timestamp":
      return second;
    case "blob":
      return fc.uint8Array({ minLength: 1, maxLength: 5 });
    case "list":
      return fc.array(shapeValues(shape.item.shape, depth, texts), { minLength: 1, maxLength: 2 });
    case "map":
      return fc.dictionary(texts, shapeValues(shape.value.shape, depth, texts), { minKeys: 1, maxKeys: 2 });
    case "structure": {
      const members = shape.members.filter((member) => depth > 0 || isSimple(member.shape));
      return structureValues(
        shape,
        members.map((member) => [member, shapeValues(member.shape, depth - 1, texts)] as const),
      );
    }
    default:
      return fc.constant(undefined);
  }
}

function isSimple(shape: Shape): boolean {
  return shape.kind !== "structure" && shape.kind !== "list" && shape.kind !== "map";
}

function structureValues(
  shape: StructureShape,
  members: readonly (readonly [Member, fc.Arbitrary<unknown>])[],
): fc.Arbitrary<Value> {
  if (shape.isUnion)
    return fc.oneof(
      ...members.map(([{ name }, values]) => values.map((value) => ({ [name]: value }))),
      fc.constant({}),
    );
  return fc
    .tuple(
      ...members.map(([{ isRequired }, values], at) =>
        // Something there has to be; wide structures would make every test a large one.
        isRequired || at === 0 ? values : fc.option(values, { nil: undefined, freq: members.length > 12 ? 1 : 3 }),
      ),
    )
    .map((values) => Object.fromEntries(members.map(([{ name }], at) => [name, values[at]])));
}

/** Two values are the same to a caller when what is empty in them is left out: not every protocol can say it. */
export function plain(value: unknown): unknown {
  if (value instanceof Date) return { date: value.getTime() };
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString("hex") };
  if (Array.isArray(value)) {
    const items = value.map(plain).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items;
  }
  if (typeof value !== "object" || value === null) return value ?? undefined;
  const entries = Object.entries(value)
    .map(([name, part]) => [name, plain(part)] as const)
    .filter(([name, part]) => part !== undefined && name !== "$metadata");
  return entries.length === 0 ? undefined : new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
