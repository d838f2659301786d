import { AwsError } from "../../../aws/index.ts";
import { isBinary, type MessageAttribute, type MessageAttributes } from "./message.ts";

/** An attribute as it comes over the wire. */
export interface WireAttribute {
  readonly DataType?: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
  readonly StringListValues?: readonly string[] | undefined;
  readonly BinaryListValues?: readonly Uint8Array[] | undefined;
}

const nameShape = /^(?!aws\.|amazon\.|\.)(?!.*\.\.)(?!.*\.$)[A-Za-z0-9_.-]{1,256}$/iu;
const typeShape = /^(?:String|Number|Binary)(?:\..{1,250})?$/u;
const numberShape = /^[+-]?(?:\d{1,128}(?:\.\d{0,126})?|\.\d{1,126})(?:[eE][+-]?\d{1,3})?$/u;

/** Reads a message's attributes: SQS Developer Guide, "Amazon SQS message metadata". */
export function readMessageAttributes(given: Readonly<Record<string, WireAttribute>> | undefined): MessageAttributes {
  const entries = Object.entries(given ?? {});
  if (entries.length > 10)
    throw invalid(`Number of message attributes [${entries.length}] exceeds the allowed maximum [10].`);
  return Object.fromEntries(entries.map(([name, attribute]) => [name, readAttribute(name, attribute)]));
}

function readAttribute(name: string, attribute: WireAttribute): MessageAttribute {
  const said = name.slice(0, 100);
  if (!nameShape.test(name)) throw invalid(`Message (user) attribute name '${said}' is invalid.`);
  const type = attribute.DataType ?? "";
  if (!typeShape.test(type))
    throw invalid(
      `The type of message (user) attribute '${said}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
    );
  if ((attribute.StringListValues?.length ?? 0) + (attribute.BinaryListValues?.length ?? 0) > 0) {
    throw new AwsError(
      "UnsupportedOperation",
      `Message attribute list values in SendMessage operation are not supported.`,
    );
  }
  const isBytes = type.startsWith("Binary");
  const value = isBytes ? Buffer.from(attribute.BinaryValue ?? []).toString("base64") : (attribute.StringValue ?? "");
  if (value === "")
    throw invalid(`Message (user) attribute '${said}' must contain a non-empty value of type '${type}'.`);
  if (!isBytes && !hasGoodCharacters(value))
    throw invalid(`Message (user) attribute '${said}' contains characters that are not allowed.`);
  if (type.startsWith("Number") && !numberShape.test(value))
    throw invalid(`Can't cast the value of message (user) attribute '${said}' to a number.`);
  return { type, value };
}

/** SQS API Reference, SendMessage: the characters that a message may have. */
export function hasGoodCharacters(text: string): boolean {
  return !/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/u.test(text);
}

/** Body, and name, type and value of each attribute, in bytes. */
export function messageBytes(body: string, attributes: MessageAttributes): number {
  let bytes = Buffer.byteLength(body);
  for (const [name, attribute] of Object.entries(attributes)) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(attribute.type);
    bytes += Buffer.byteLength(attribute.value, isBinary(attribute) ? "base64" : "utf8");
  }
  return bytes;
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValue", message);
}
