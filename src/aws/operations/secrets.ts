import { type Member, type Shape, type StructureShape } from "./shape.ts";

type Value = Readonly<Record<string, unknown>>;

/**
 * What stands in the place of a sensitive value; `undefined` leaves it out. `path` is made of the members' names, such
 * as `AccessKey.SecretAccessKey`; items of lists and entries of maps add nothing to it.
 */
export type SecretPolicy = (path: string, value: unknown) => unknown;

/**
 * A copy of an operation's input or output without what its schema calls sensitive, however deep it lies. What the schema
 * does not know is left out too. Dates and bytes are the same ones.
 *
 * The schemas are wider and narrower than CloudTrail: they call e-mail addresses and key ids of S3 sensitive, which
 * records show; and a session token not.
 */
export function withoutSecrets(shape: StructureShape, value: object, instead: SecretPolicy = leaveOut): object {
  return copyStructure(shape, value as Value, "", instead);
}

function leaveOut(): undefined {
  return undefined;
}

function copyStructure(shape: StructureShape, value: Value, path: string, instead: SecretPolicy): object {
  const copy: Record<string, unknown> = {};
  for (const member of shape.members) {
    const part = copyMember(member, value[member.name], path === "" ? member.name : `${path}.${member.name}`, instead);
    if (part !== undefined) copy[member.name] = part;
  }
  return copy;
}

function copyMember(member: Member, value: unknown, path: string, instead: SecretPolicy): unknown {
  if (value === undefined || value === null) return undefined;
  return member.isSensitive ? instead(path, value) : copyValue(member.shape, value, path, instead);
}

function copyValue(shape: Shape, value: unknown, path: string, instead: SecretPolicy): unknown {
  switch (shape.kind) {
    case "structure":
      return copyStructure(shape, value as Value, path, instead);
    case "list":
      return (value as readonly unknown[])
        .map((item) => copyMember(shape.item, item, path, instead))
        .filter((item) => item !== undefined);
    case "map": {
      const copy = Object.create(null) as Record<string, unknown>;
      for (const [key, item] of Object.entries(value as Value)) {
        const kept = shape.key.isSensitive ? undefined : copyMember(shape.value, item, path, instead);
        if (kept !== undefined) copy[key] = kept;
      }
      return copy;
    }
    default:
      return value;
  }
}
