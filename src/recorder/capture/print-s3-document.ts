import { type AwsOperation, type Shape, type StructureShape } from "../../aws/index.ts";
import { type JsonObject, type JsonValue } from "../../cloudtrail/index.ts";
import { printPlain } from "./print-members.ts";

const xmlns = "http://s3.amazonaws.com/doc/2006-03-01/";

/** `Delete` and the parts of an upload stand in no real record. */
const withoutDocument: ReadonlySet<string> = new Set(["DeleteObjects", "CompleteMultipartUpload"]);

/** The document of a request to S3 by its root's name, as XML has its elements; none where it sends bytes or nothing. */
export function printS3Document(
  { name, input: { bindings } }: AwsOperation,
  input: object,
): { readonly name: string; readonly value: JsonValue } | undefined {
  const { payload } = bindings;
  if (payload === undefined || withoutDocument.has(name) || !Object.hasOwn(input, payload.name)) return undefined;
  const value: unknown = input[payload.name as keyof typeof input];
  if (value === undefined || value === null) return undefined;
  if (name === "PutBucketPolicy") return { name: "bucketPolicy", value: printPolicy(value) };
  if (payload.shape.kind !== "structure") return undefined;
  return { name: payload.xmlName ?? payload.name, value: { xmlns, ...printStructure(payload.shape, value) } };
}

/** A policy that is refused is recorded too, so that it may be anything: none that is long or deep is taken in. */
function printPolicy(text: unknown): JsonValue {
  if (typeof text !== "string" || text.length > 65_536 || (text.match(/[[{]/g)?.length ?? 0) > 2000) return "";
  try {
    const policy = JSON.parse(text) as JsonValue;
    return typeof policy === "object" && policy !== null && !Array.isArray(policy) ? policy : "";
  } catch {
    return "";
  }
}

function printStructure(shape: StructureShape, value: unknown): JsonObject {
  const printed: Record<string, JsonValue> = {};
  if (typeof value !== "object" || value === null) return printed;
  for (const { name, xmlName = name, shape: inner, isFlattened } of shape.members) {
    const given: unknown = Object.hasOwn(value, name) ? value[name as keyof typeof value] : undefined;
    if (given === undefined || given === null) continue;
    if (inner.kind !== "list") printed[xmlName] = printElement(inner, given);
    else if (isFlattened) printed[xmlName] = printItems(inner.item.shape, given);
    else printed[xmlName] = { [inner.item.xmlName ?? "member"]: printItems(inner.item.shape, given) };
  }
  return printed;
}

function printElement(shape: Shape, value: unknown): JsonValue {
  return shape.kind === "structure" ? printStructure(shape, value) : (printPlain(value) ?? "");
}

/** One item of a list stands alone, as in XML. */
function printItems(shape: Shape, list: unknown): JsonValue {
  const items = Array.isArray(list) ? list.map((item) => printElement(shape, item)) : [];
  return items.length === 1 ? (items[0] ?? "") : items;
}
