import { type Member, type Shape } from "../operations/shape.ts";
import { type Parameters } from "../operations/query-parameters.ts";
import { Malformed } from "./malformed.ts";
import { readScalar } from "./scalar-text.ts";

type Value = Record<string, unknown>;

/** A form's parameters by the parts of their names: `Tag.1.Key`. */
interface Node {
  text: string | undefined;
  readonly parts: Map<string, Node>;
}

const partsMax = 24;

/** Reads an operation's input out of a form: AWS's query protocol, and EC2's, whose lists are all flat. */
export function readForm(members: readonly Member[], parameters: Parameters, isEc2: boolean): Value {
  const root: Node = { text: undefined, parts: new Map() };
  for (const [name, text] of parameters) {
    const parts = name.split(".", partsMax + 1);
    if (parts.length > partsMax) throw new Malformed("A parameter's name has too many parts");
    let node = root;
    for (const part of parts) {
      const next = node.parts.get(part) ?? { text: undefined, parts: new Map() };
      node.parts.set(part, next);
      node = next;
    }
    node.text = text;
  }
  return readMembers(members, root, isEc2);
}

function readMembers(members: readonly Member[], node: Node, isEc2: boolean): Value {
  const value: Value = {};
  const taken = new Set<string>();
  for (const member of members) {
    const name = formName(member, isEc2);
    const part = taken.has(name) ? undefined : node.parts.get(name);
    if (part === undefined) continue;
    // Two members may have one name on the wire, as `AttributeName` of SQS; the first has it.
    taken.add(name);
    value[member.name] = readValue(member.shape, member.isFlattened || isEc2, part, isEc2);
  }
  return value;
}

function formName(member: Member, isEc2: boolean): string {
  if (!isEc2) return member.xmlName ?? member.name;
  if (member.ec2QueryName !== undefined) return member.ec2QueryName;
  const name = member.xmlName ?? member.name;
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

function readValue(shape: Shape, isFlat: boolean, node: Node, isEc2: boolean): unknown {
  switch (shape.kind) {
    case "structure":
      if (node.text !== undefined && node.text !== "")
        throw new Malformed(`Found text where ${shape.name} was expected`);
      return readMembers(shape.members, node, isEc2);
    case "list": {
      const items = isFlat ? node : node.parts.get(shape.item.xmlName ?? "member");
      if (node.text !== undefined && node.text !== "" && node.parts.size === 0)
        throw new Malformed("Found text where a list was expected");
      return items === undefined ? [] : numbered(items).map((item) => readValue(shape.item.shape, isEc2, item, isEc2));
    }
    case "map": {
      const map = Object.create(null) as Value;
      const keyName = shape.key.xmlName ?? "key";
      const entries = isFlat ? node : node.parts.get("entry");
      // `Attribute.Name=…&Attribute.Value=…` without a number, as SQS's older pages have it, is one entry.
      const list = entries === undefined ? [] : entries.parts.has(keyName) ? [entries] : numbered(entries);
      for (const entry of list) {
        const key = entry.parts.get(keyName)?.text;
        const value = entry.parts.get(shape.value.xmlName ?? "value");
        if (key === undefined || value === undefined) throw new Malformed("An entry has no key or no value");
        map[key] = readValue(shape.value.shape, false, value, isEc2);
      }
      return map;
    }
    default:
      if (node.text === undefined) throw new Malformed("Found parts where a value was expected");
      return readScalar(shape, node.text, "date-time");
  }
}

function numbered(node: Node): readonly Node[] {
  return [...node.parts]
    .map(([name, part]) => {
      if (!/^\d{1,6}$/.test(name)) throw new Malformed("The items of a list are not numbered");
      return { number: Number(name), part };
    })
    .sort((a, b) => a.number - b.number)
    .map(({ part }) => part);
}
