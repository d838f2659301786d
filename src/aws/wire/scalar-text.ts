import { type Shape, type TimestampFormat } from "../operations/shape.ts";
import { Malformed } from "./malformed.ts";

/** How a value stands as text in XML, in a form, in a header, in a query or in a path. */
export function printScalar(shape: Shape, value: unknown, format: TimestampFormat): string {
  switch (shape.kind) {
    case "timestamp":
      return printTimestamp(value as Date, shape.format ?? format);
    case "blob":
      return printBase64(value);
    default:
      return String(value);
  }
}

/** The other way; throws `Malformed`. */
export function readScalar(shape: Shape, text: string, format: TimestampFormat): unknown {
  switch (shape.kind) {
    case "string":
    case "document":
      return text;
    case "boolean":
      return readBoolean(text.trim());
    case "number":
    case "big-number":
      return readNumber(text.trim());
    case "blob":
      return readBase64(text);
    case "timestamp":
      return readTimestamp(text.trim(), shape.format ?? format);
    default:
      throw new Malformed("A value was expected where there is more than a value");
  }
}

export function printTimestamp(at: Date, format: TimestampFormat): string {
  if (format === "http-date") return at.toUTCString();
  if (format === "epoch-seconds") return String(at.getTime() / 1000);
  return at.toISOString().replace(".000Z", "Z");
}

export function readTimestamp(text: string, format: TimestampFormat): Date {
  const isRight =
    format === "epoch-seconds"
      ? numberText.test(text)
      : format === "http-date"
        ? httpDate.test(text)
        : dateTime.test(text);
  // AWS takes an instant in either of its ways of writing where the way is not the expected one.
  const isOther = !isRight && (dateTime.test(text) || numberText.test(text));
  const at = !isRight && !isOther ? new Date(Number.NaN) : new Date(numberText.test(text) ? Number(text) * 1000 : text);
  if (Number.isNaN(at.getTime())) throw new Malformed(`${shown(text)} is not a timestamp`);
  return at;
}

export function printBase64(value: unknown): string {
  if (typeof value === "string") return Buffer.from(value, "utf8").toString("base64");
  const bytes = value as Uint8Array;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

export function readBase64(text: string): Uint8Array {
  if (!base64.test(text)) throw new Malformed("A blob is not in base64");
  const bytes = Buffer.from(text, "base64");
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function readBoolean(text: string): boolean {
  const lower = text.toLowerCase();
  if (lower === "true" || lower === "false") return lower === "true";
  throw new Malformed(`${shown(text)} is not true or false`);
}

function readNumber(text: string): number {
  if (numberText.test(text)) return Number(text);
  if (text === "NaN" || text === "Infinity" || text === "-Infinity") return Number(text);
  throw new Malformed(`${shown(text)} is not a number`);
}

/** What of a stranger's text may stand in a message. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

const numberText = /^[+-]?\d{1,40}(?:\.\d{1,40})?(?:[eE][+-]?\d{1,3})?$/;
const dateTime = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/i;
const httpDate = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:GMT|UTC)$/;
const base64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;
