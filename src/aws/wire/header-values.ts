import { type Bindings, type Member } from "../operations/shape.ts";
import { printScalar, readScalar } from "./scalar-text.ts";

type Value = Record<string, unknown>;
type Headers = Readonly<Record<string, string>>;

/** Takes the members out of the headers that stand there. */
export function readHeaders(bindings: Bindings, headers: Headers, into: Value): void {
  for (const { wireName, member } of bindings.headers) {
    const text = headers[wireName];
    if (text !== undefined && (text !== "" || member.shape.kind === "string"))
      into[member.name] = readHeader(member, text);
  }
  const prefixed = bindings.prefixHeaders;
  if (prefixed === undefined) return;
  const map = Object.create(null) as Value;
  let count = 0;
  for (const [name, text] of Object.entries(headers))
    if (name.startsWith(prefixed.wireName)) {
      map[name.slice(prefixed.wireName.length)] = text;
      count += 1;
    }
  if (count > 0) into[prefixed.member.name] = map;
}

/** Puts the members into headers that stand there. */
export function writeHeaders(bindings: Bindings, value: object, into: Record<string, string>): void {
  for (const { wireName, member } of bindings.headers) {
    const part = (value as Value)[member.name];
    if (part !== undefined && part !== null) into[wireName] = headerText(printHeader(member, part));
  }
  const prefixed = bindings.prefixHeaders;
  const map = prefixed === undefined ? undefined : (value as Value)[prefixed.member.name];
  if (prefixed === undefined || map === undefined || map === null) return;
  for (const [name, text] of Object.entries(map))
    into[prefixed.wireName + name.toLowerCase()] = headerText(String(text));
}

function readHeader({ shape }: Member, text: string): unknown {
  if (shape.kind !== "list") return readScalar(shape, text, "http-date");
  return splitList(text).map((item) => readScalar(shape.item.shape, item, "http-date"));
}

function printHeader({ shape }: Member, value: unknown): string {
  if (shape.kind !== "list") return printScalar(shape, value, "http-date");
  return (value as readonly unknown[]).map((item) => printScalar(shape.item.shape, item, "http-date")).join(",");
}

/** Items stand between commas; those with a comma of their own in quotes. */
function splitList(text: string): readonly string[] {
  const items = text.match(/"(?:[^"\\]|\\.)*"|[^,]+/g) ?? [];
  return items
    .map((item) => item.trim())
    .filter((item) => item !== "")
    .map((item) =>
      item.startsWith('"') && item.endsWith('"') && item.length > 1 ? item.slice(1, -1).replace(/\\(.)/g, "$1") : item,
    );
}

/** A header is one line of Latin-1, whatever a name or a tag may bring. */
function headerText(text: string): string {
  return /[^\t\u0020-\u007e\u00a0-\u00ff]/.test(text)
    ? Buffer.from(text.replace(/[\u0000-\u001f\u007f]/g, " "), "utf8")
        .toString("latin1")
        .replace(/[\u0080-\u009f]/g, "?")
    : text;
}
