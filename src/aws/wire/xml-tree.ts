import { Malformed } from "./malformed.ts";

/** An element as it is read: names without their prefix. */
export interface XmlElement {
  readonly name: string;
  /** By the name as written, prefix and all. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface OpenElement {
  readonly name: string;
  readonly written: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const depthMax = 64;
const elementsMax = 200_000;
const attributesMax = 32;

/**
 * Reads a document into its root element. There are no document types and no entities but XML's own five, so nothing
 * grows; depth and count are capped. Throws `Malformed`.
 */
export function parseXml(text: string): XmlElement {
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let count = 0;
  let at = text.charCodeAt(0) === 0xfe_ff ? 1 : 0;
  while (at < text.length) {
    const next = text.indexOf("<", at);
    addText(open.at(-1), decodeEntities(text.slice(at, next === -1 ? text.length : next)));
    if (next === -1) break;
    if (text.startsWith("<!--", next)) at = after(text, "-->", next + 4);
    else if (text.startsWith("<![CDATA[", next)) {
      at = after(text, "]]>", next + 9);
      addText(open.at(-1), text.slice(next + 9, at - 3));
    } else if (text.startsWith("<?", next)) at = after(text, "?>", next + 2);
    else if (text.startsWith("<!", next)) throw new Malformed("Document types are not taken");
    else if (text.startsWith("</", next)) {
      at = after(text, ">", next + 2);
      const closed = open.pop();
      if (closed === undefined || text.slice(next + 2, at - 1).trim() !== closed.written)
        throw new Malformed("Tags do not match");
      if (open.length === 0) root = closed;
    } else {
      if (root !== undefined || (count += 1) > elementsMax || open.length >= depthMax)
        throw new Malformed("Too many elements");
      const tag = readTag(text, next + 1);
      at = tag.end;
      open.at(-1)?.children.push(tag.element);
      if (!tag.isEmpty) open.push(tag.element);
      else if (open.length === 0) root = tag.element;
    }
  }
  if (root === undefined || open.length > 0) throw new Malformed("The document is not complete");
  return root;
}

function addText(element: OpenElement | undefined, text: string): void {
  if (text === "") return;
  if (element !== undefined) element.text += text;
  else if (text.trim() !== "") throw new Malformed("Text outside of the root element");
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  if (at === -1) throw new Malformed(`${mark} is missing`);
  return at + mark.length;
}

const tagName = /[A-Za-z_][\w.-]{0,200}(?::[\w.-]{1,200})?/y;
const attribute = /\s+([A-Za-z_][\w.-]{0,200}(?::[\w.-]{1,200})?)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const tagEnd = /\s*(\/?)>/y;

function readTag(text: string, from: number): { element: OpenElement; isEmpty: boolean; end: number } {
  tagName.lastIndex = from;
  const written = tagName.exec(text)?.[0];
  if (written === undefined) throw new Malformed("A tag has no name");
  const attributes = new Map<string, string>();
  let at = from + written.length;
  for (;;) {
    attribute.lastIndex = at;
    const found = attribute.exec(text);
    if (found === null) break;
    const [whole, name = "", double, single = ""] = found;
    if (attributes.size >= attributesMax) throw new Malformed("Too many attributes");
    attributes.set(name, decodeEntities(double ?? single));
    at += whole.length;
  }
  tagEnd.lastIndex = at;
  const end = tagEnd.exec(text);
  if (end === null) throw new Malformed(`The tag of ${written} is not closed`);
  const element = { name: written.slice(written.indexOf(":") + 1), written, attributes, children: [], text: "" };
  return { element, isEmpty: end[1] === "/", end: at + end[0].length };
}

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([a-z]{2,4}));|&/g,
    (whole, hex?: string, decimal?: string, name?: string) => {
      const known = name === undefined ? undefined : named[name];
      if (known !== undefined) return known;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      if (whole === "&" || name !== undefined || !(code <= 0x10_ff_ff)) throw new Malformed("An entity is not known");
      return String.fromCodePoint(code);
    },
  );
}
