import { type Member, type Shape } from "../operations/shape.ts";
import { printScalar } from "./scalar-text.ts";

type Value = Readonly<Record<string, unknown>>;

/** Opens a document as AWS's services do. */
export const xmlHeader = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** The elements of a structure's members, one after the other, in the order of the schema. */
export function writeXmlMembers(members: readonly Member[], value: object): string {
  let xml = "";
  for (const member of members) {
    const part = (value as Value)[member.name];
    if (part !== undefined && part !== null && !member.isXmlAttribute) xml += writeMember(member, part);
  }
  return xml;
}

function writeMember(member: Member, value: unknown): string {
  const name = member.xmlName ?? member.name;
  const { shape } = member;
  if (member.isFlattened && shape.kind === "list")
    return (value as readonly unknown[]).map((item) => element(name, shape.item, item)).join("");
  if (member.isFlattened && shape.kind === "map")
    return Object.entries(value as Value)
      .map(([key, item]) => `<${name}>${entry(shape.key, shape.value, key, item)}</${name}>`)
      .join("");
  return element(name, member, value);
}

function element(name: string, member: Member, value: unknown): string {
  return `<${name}${attributes(member, value)}>${content(member.shape, value)}</${name}>`;
}

/** What stands between an element's tags. */
function content(shape: Shape, value: unknown): string {
  switch (shape.kind) {
    case "structure":
      return writeXmlMembers(shape.members, value as object);
    case "list":
      return (value as readonly unknown[])
        .map((item) => element(shape.item.xmlName ?? "member", shape.item, item))
        .join("");
    case "map":
      return Object.entries(value as Value)
        .map(([key, item]) => `<entry>${entry(shape.key, shape.value, key, item)}</entry>`)
        .join("");
    default:
      return escapeXml(printScalar(shape, value, "date-time"));
  }
}

function entry(key: Member, value: Member, keyText: string, item: unknown): string {
  const keyName = key.xmlName ?? "key";
  return `<${keyName}>${escapeXml(keyText)}</${keyName}>${element(value.xmlName ?? "value", value, item)}`;
}

function attributes(member: Member, value: unknown): string {
  const { shape, xmlNamespace } = member;
  let text = xmlNamespace === undefined ? "" : ` ${namespaceAttribute(xmlNamespace)}`;
  if (shape.kind !== "structure") return text;
  for (const inner of shape.members) {
    const part = inner.isXmlAttribute ? (value as Value)[inner.name] : undefined;
    if (part !== undefined && part !== null)
      text += ` ${inner.xmlName ?? inner.name}="${escapeXml(printScalar(inner.shape, part, "date-time"))}"`;
  }
  return text;
}

function namespaceAttribute({ prefix, uri }: NonNullable<Member["xmlNamespace"]>): string {
  return `${prefix === undefined ? "xmlns" : `xmlns:${prefix}`}="${escapeXml(uri)}"`;
}

/** For text and attributes; characters that readers would change or refuse are written by their number. */
export function escapeXml(text: string): string {
  return /[&<>"'\u0000-\u001f\u007f-\u009f\u2028\ufffe\uffff]/.test(text)
    ? text.replace(/[&<>"'\u0000-\u001f\u007f-\u009f\u2028\ufffe\uffff]/g, escapeOne)
    : text;
}

function escapeOne(sign: string): string {
  return escapes[sign] ?? `&#x${sign.charCodeAt(0).toString(16).toUpperCase()};`;
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};
