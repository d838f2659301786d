import { type JsonObject, type JsonValue } from "../../../cloudtrail/index.ts";

/** Members that records never have: bytes that are, or could be, somebody's secret. */
const secret = new Set(["Plaintext", "CiphertextBlob", "Message", "Signature", "Mac", "GrantTokens", "GrantToken"]);

/** Members that are maps of the client's own names. */
const maps = new Set([
  "EncryptionContext",
  "SourceEncryptionContext",
  "DestinationEncryptionContext",
  "EncryptionContextSubset",
  "EncryptionContextEquals",
]);

/** Operations that take an algorithm by default, which records have nevertheless: measured on real `Decrypt` records. */
const defaulted: ReadonlyMap<string, string> = new Map([
  ["Decrypt", "encryptionAlgorithm"],
  ["Encrypt", "encryptionAlgorithm"],
]);

/** The parameters of a request as its record has them: as in the API, names beginning with a small letter. */
export function recordedParameters(operation: string, input: object): JsonObject {
  const algorithm = defaulted.get(operation);
  return {
    ...(algorithm === undefined ? {} : { [algorithm]: "SYMMETRIC_DEFAULT" }),
    ...lowered(input),
  };
}

function lowered(value: object): JsonObject {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]: [string, unknown]): [string, JsonValue][] => {
      if (inner === undefined || inner instanceof Uint8Array || secret.has(name)) return [];
      const shown = maps.has(name) ? (inner as JsonObject) : valueOf(inner);
      return [[`${name.charAt(0).toLowerCase()}${name.slice(1)}`, shown]];
    }),
  );
}

function valueOf(value: unknown): JsonValue {
  if (Array.isArray(value)) return value.map(valueOf);
  if (typeof value === "object" && value !== null) return lowered(value);
  return typeof value === "number" || typeof value === "boolean" ? value : String(value);
}
