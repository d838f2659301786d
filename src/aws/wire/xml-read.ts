import { type MapShape, type Member, type Shape, type StructureShape } from "../operations/shape.ts";
import { Malformed } from "./malformed.ts";
import { readScalar } from "./scalar-text.ts";
import { type XmlElement } from "./xml-tree.ts";

type Value = Record<string, unknown>;

const namesOf = new WeakMap<readonly Member[], ReadonlyMap<string, Member>>();

/** Reads a structure's members out of an element; elements that are not known are passed over. */
export function readXmlMembers(members: readonly Member[], element: XmlElement): Value {
  const names = knownNames(members);
  const value: Value = {};
  for (const child of element.children) {
    const member = names.get(child.name);
    if (member !== undefined) value[member.name] = readChild(member, child, value[member.name]);
  }
  if (element.attributes.size > 0)
    for (const member of members) {
      const text = member.isXmlAttribute ? element.attributes.get(member.xmlName ?? member.name) : undefined;
      if (text !== undefined) value[member.name] = readScalar(member.shape, text, "date-time");
    }
  return value;
}

/** The value of an element. */
export function readXml(shape: Shape, element: XmlElement): unknown {
  switch (shape.kind) {
    case "structure":
      return readStructure(shape, element);
    case "list": {
      const name = shape.item.xmlName ?? "member";
      return element.children.filter((child) => child.name === name).map((child) => readXml(shape.item.shape, child));
    }
    case "map":
      return readEntries(
        shape,
        element.children.filter(({ name }) => name === "entry"),
      );
    default:
      if (element.children.length > 0) throw new Malformed(`${element.name} has elements where text was expected`);
      return readScalar(shape, element.text, "date-time");
  }
}

function readStructure(shape: StructureShape, element: XmlElement): Value {
  if (element.children.length === 0 && element.text.trim() !== "")
    throw new Malformed(`${element.name} has text where elements were expected`);
  return readXmlMembers(shape.members, element);
}

/** What is flattened comes in several elements, one for each item. */
function readChild(member: Member, element: XmlElement, before: unknown): unknown {
  const { shape } = member;
  if (!member.isFlattened) return readXml(shape, element);
  if (shape.kind === "list") {
    const list = (before ?? []) as unknown[];
    list.push(readXml(shape.item.shape, element));
    return list;
  }
  if (shape.kind === "map")
    return Object.assign((before ?? Object.create(null)) as Value, readEntries(shape, [element]));
  return readXml(shape, element);
}

function readEntries(shape: MapShape, entries: readonly XmlElement[]): Value {
  const map = Object.create(null) as Value;
  for (const entry of entries) {
    const key = entry.children.find(({ name }) => name === (shape.key.xmlName ?? "key"));
    const value = entry.children.find(({ name }) => name === (shape.value.xmlName ?? "value"));
    if (key === undefined || value === undefined) throw new Malformed("An entry has no key or no value");
    map[key.text] = readXml(shape.value.shape, value);
  }
  return map;
}

function knownNames(members: readonly Member[]): ReadonlyMap<string, Member> {
  const known = namesOf.get(members);
  if (known !== undefined) return known;
  const names = new Map<string, Member>();
  // Two members may have one name on the wire, as `AttributeName` of SQS; the first has it.
  for (const member of members)
    if (!member.isXmlAttribute && !names.has(member.xmlName ?? member.name))
      names.set(member.xmlName ?? member.name, member);
  namesOf.set(members, names);
  return names;
}
