import type { Reference } from "./document.ts";
import { SigmaFault } from "./fault.ts";
import type { Reader } from "./reading.ts";
import type { YamlNode } from "./yaml/yaml-node.ts";

const referencesMax = 1_000;

/** Reads the ids or names of other documents; one may stand alone. */
export function readReferences(value: YamlNode, reader: Reader): readonly Reference[] {
  const items = value.kind === "list" ? value.items : [value];
  if (items.length === 0 || items.length > referencesMax) {
    throw new SigmaFault(`rules names one to ${referencesMax} rules`, value.at);
  }
  const seen = new Set<string>();
  return items.map((item) => {
    if (item.kind !== "scalar" || item.text.trim() === "") {
      throw new SigmaFault("A rule is named by its id or its name", item.at);
    }
    const rule = item.text.trim();
    if (seen.has(rule)) {
      throw new SigmaFault("This rule is named twice", item.at);
    }
    seen.add(rule);
    return { rule, place: reader.placeOf(item.at) };
  });
}
