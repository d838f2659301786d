import { type Member, type ServiceName, type Shape, type StructureShape } from "../../src/aws/index.ts";

/** Secrets that the SDK's schemas do not mark, and contents of messages, which records do not show. */
const unmarked: Readonly<Partial<Record<ServiceName, readonly string[]>>> = {
  events: ["Detail"],
  iam: ["AuthenticationCode1", "AuthenticationCode2"],
  kms: ["CiphertextBlob", "EncryptedKeyMaterial", "ImportToken", "KeyMaterial", "PrivateKeyPlaintext"],
  logs: ["message"],
  sns: ["Message", "Subject", "StringValue", "BinaryValue"],
  sqs: ["Body", "MessageBody", "StringValue", "BinaryValue"],
  sts: ["SAMLAssertion", "TokenCode", "WebIdentityToken"],
};

/** Marked by the schemas, and shown in records all the same: keys and contexts of S3's encryption (real records). */
const shown: ReadonlySet<string> = new Set(["s3 KMSMasterKeyID", "s3 SSEKMSEncryptionContext", "s3 SSEKMSKeyId"]);

/** Whether a member's value may stand in no record. */
export function isSecret(service: ServiceName, member: Member): boolean {
  if (shown.has(`${service} ${member.name}`)) return false;
  return member.isSensitive || (unmarked[service]?.includes(member.name) ?? false);
}

/** How deep shapes are looked into; some hold themselves. */
const depthMax = 6;

/** Whether there is a secret in a shape. */
export function holdsSecret(service: ServiceName, shape: Shape, depth = 0): boolean {
  if (depth > depthMax) return false;
  const inner = (member: Member) => isSecret(service, member) || holdsSecret(service, member.shape, depth + 1);
  if (shape.kind === "structure") return shape.members.some(inner);
  if (shape.kind === "list") return inner(shape.item);
  return shape.kind === "map" && inner(shape.value);
}

/** An input with what is required, made up, and `marker` wherever a secret may stand. */
export function markedInput(service: ServiceName, shape: StructureShape, marker: string): object {
  return sample(service, shape, marker, 0) as object;
}

function sample(service: ServiceName, shape: Shape, marker: string, depth: number): unknown {
  switch (shape.kind) {
    case "structure": {
      const wanted = shape.members.filter(
        (member) =>
          member.isRequired || isSecret(service, member) || (depth <= depthMax && holdsSecret(service, member.shape)),
      );
      const chosen = shape.isUnion ? shape.members.slice(0, 1) : wanted;
      return Object.fromEntries(chosen.map((member) => [member.name, part(service, member, marker, depth)]));
    }
    case "list":
      return [part(service, shape.item, marker, depth)];
    case "map":
      return { name: part(service, shape.value, marker, depth) };
    case "blob":
      return Buffer.from("x");
    case "timestamp":
      return new Date("2026-11-20T00:00:00Z");
    case "boolean":
      return true;
    case "number":
    case "big-number":
      return 1;
    default:
      return "example";
  }
}

function part(service: ServiceName, member: Member, marker: string, depth: number): unknown {
  if (!isSecret(service, member) || depth > depthMax) return sample(service, member.shape, marker, depth + 1);
  return marked(member.shape, marker);
}

function marked(shape: Shape, marker: string): unknown {
  if (shape.kind === "blob") return Buffer.from(marker);
  if (shape.kind === "list") return [marked(shape.item.shape, marker)];
  if (shape.kind === "structure") {
    return Object.fromEntries(shape.members.map((member) => [member.name, marked(member.shape, marker)]));
  }
  return marker;
}

/** The values of secrets in an input or output. */
export function secretsIn(service: ServiceName, shape: Shape, value: unknown): readonly unknown[] {
  if (typeof value !== "object" || value === null) return [];
  const parts: readonly (readonly [Member, unknown])[] =
    shape.kind === "structure"
      ? shape.members.map((member) => [member, (value as Record<string, unknown>)[member.name]])
      : shape.kind === "list" && Array.isArray(value)
        ? value.map((item: unknown) => [shape.item, item])
        : shape.kind === "map"
          ? Object.values(value).map((item: unknown) => [shape.value, item])
          : [];
  return parts.flatMap(([member, inner]) => {
    if (inner === undefined || inner === null) return [];
    return isSecret(service, member) ? [inner] : secretsIn(service, member.shape, inner);
  });
}

/** The ways in which a secret could stand in a text; what is short or common is no secret. */
export function spellings(secret: unknown): readonly string[] {
  if (typeof secret === "object" && secret !== null && !(secret instanceof Uint8Array)) {
    return Object.values(secret).flatMap(spellings);
  }
  const bytes = secret instanceof Uint8Array ? Buffer.from(secret) : Buffer.from(String(secret));
  const plain = secret instanceof Uint8Array ? bytes.toString("latin1") : String(secret);
  return [plain, bytes.toString("base64").replace(/=+$/, ""), bytes.toString("hex"), [...bytes].join(",")].filter(
    ({ length }) => length >= 8,
  );
}
