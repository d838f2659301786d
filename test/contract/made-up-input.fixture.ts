import { type AwsOperation, type Member, type StructureShape } from "../../src/aws/index.ts";

/** How much of an operation's input is filled in, and with what. */
export type Filling = "empty" | "required" | "all" | "hostile" | "existing" | "existing and hostile";

export const fillings: readonly Filling[] = ["empty", "required", "all", "hostile", "existing", "existing and hostile"];

/** The names of things that are there, by the members that usually name them. */
export type KnownThings = readonly (readonly [member: RegExp, text: string])[];

const depthMax = 4;

/** The SDK itself does not send the first two without further libraries, and Node's server no length below 0. */
const neverSent: ReadonlySet<string> = new Set(["ChecksumAlgorithm", "EndpointId", "ContentLength"]);

/**
 * An input that says nothing sensible. The members of a path are always there, because the SDK sends no request without
 * them.
 */
export function madeUpInput(operation: AwsOperation, filling: Filling, things: KnownThings = []): object {
  const { members, bindings } = operation.input;
  const inPath = new Set(bindings.labels.map(({ name }) => name));
  const isFull = filling === "all" || filling.includes("hostile");
  const maker: Maker = {
    things: filling.includes("existing") ? things : [],
    isHostile: filling.includes("hostile"),
    isIn: (member) => isFull || (member.isRequired && filling !== "empty"),
  };
  const filled = members.flatMap((member): [string, unknown][] => {
    if (neverSent.has(member.name)) return [];
    if (inPath.has(member.name)) return [[member.name, nameOf(member.name, maker) ?? "nothing-there"]];
    const isIn = maker.isIn(member) || nameOf(member.name, maker) !== undefined;
    return isIn ? [[member.name, valueOf(member, maker, 0)]] : [];
  });
  return Object.fromEntries(filled);
}

interface Maker {
  readonly things: KnownThings;
  readonly isHostile: boolean;
  readonly isIn: (member: Member) => boolean;
}

function nameOf(member: string, { things }: Maker): string | undefined {
  return things.find(([pattern]) => pattern.test(member))?.[1];
}

function valueOf({ name, shape }: Member, maker: Maker, depth: number): unknown {
  const { isHostile } = maker;
  switch (shape.kind) {
    case "string":
      return nameOf(name, maker) ?? (isHostile ? hostileTexts[depth % hostileTexts.length] : "nothing-there");
    case "boolean":
      return true;
    case "number":
      return isHostile ? -1 : 7;
    case "big-number":
      return 7n;
    case "document":
      return {};
    case "timestamp":
      return new Date(isHostile ? 8.64e14 : Date.UTC(2026, 0, 1));
    case "blob":
      return new Uint8Array(isHostile ? [0, 255, 0xc3, 0x28] : [123, 125]);
    case "list":
      return depth >= depthMax
        ? []
        : Array.from({ length: isHostile ? 3 : 1 }, () => valueOf({ ...shape.item, name }, maker, depth + 1));
    case "map": {
      const keys = isHostile ? ["constructor", "toString", ""] : ["nothing-there"];
      return depth >= depthMax
        ? {}
        : Object.fromEntries(keys.map((key) => [key, valueOf({ ...shape.value, name }, maker, depth + 1)]));
    }
    case "structure":
      return depth >= depthMax ? {} : structureOf(shape, maker, depth);
  }
}

function structureOf(shape: StructureShape, maker: Maker, depth: number): object {
  const wanted = shape.isUnion ? shape.members.slice(0, 1) : shape.members.filter(maker.isIn);
  return Object.fromEntries(wanted.map((member) => [member.name, valueOf(member, maker, depth + 1)]));
}

/** What a service may trip over: names of every object, a document with nothing in it, a broken ARN, signs of other
 * languages, too much. */
const hostileTexts: readonly string[] = [
  "__proto__",
  '{"Version":"2012-10-17","Statement":[{}]}',
  "arn:aws:::::",
  "%zz\u0000<a>&",
  "x".repeat(70_000),
];
