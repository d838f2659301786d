import { editDistance } from "../../base/edit-distance.ts";
import { SigmaFault } from "./fault.ts";
import type { Members, Reader } from "./reading.ts";
import type { YamlMap, YamlNode } from "./yaml/yaml-node.ts";

/** A map's entries by key. */
export function membersOf(map: YamlMap): Members {
  return new Map(map.entries.map(({ key, keyAt, value }) => [key, { keyAt, value }]));
}

/** The map at a key that must be there. */
export function readMap(members: Members, key: string, at: number): YamlMap {
  const member = members.get(key);
  if (member?.value.kind !== "map") {
    throw new SigmaFault(member === undefined ? `There is no ${key}` : `${key} is not a map`, member?.keyAt ?? at);
  }
  return member.value;
}

/** The text at a key, empty where there is none; other kinds of value are warned of and left out. */
export function readText(members: Members, key: string, reader: Reader): string {
  const member = members.get(key);
  if (member === undefined || isNull(member.value)) {
    return "";
  }
  if (member.value.kind === "scalar") {
    return member.value.text.trim();
  }
  reader.warn(`${key} is not a text and was left out`, member.keyAt);
  return "";
}

/** The texts at a key, which may be one text alone. */
export function readTexts(members: Members, key: string, reader: Reader): readonly string[] {
  const member = members.get(key);
  if (member === undefined || isNull(member.value)) {
    return [];
  }
  const items = member.value.kind === "list" ? member.value.items : [member.value];
  return items.flatMap((item) => {
    if (item.kind === "scalar") {
      return item.value === null ? [] : [item.text.trim()];
    }
    reader.warn(`${key} holds something that is not a text, which was left out`, item.at);
    return [];
  });
}

/** One of the known words at a key; another is warned of and left out. */
export function readChoice<Word extends string>(
  members: Members,
  key: string,
  words: readonly Word[],
  reader: Reader,
): Word | undefined {
  const text = readText(members, key, reader).toLowerCase();
  const found = words.find((word) => word === text);
  if (found === undefined && text !== "") {
    reader.warn(`${key} is none of ${words.join(", ")} and was left out`, members.get(key)?.value.at ?? 0);
  }
  return found;
}

/** Warns of keys that nobody reads, which are often misspelled ones. */
export function warnOfUnknown(members: Members, known: readonly string[], where: string, reader: Reader): void {
  for (const [key, { keyAt }] of members) {
    if (!known.includes(key)) {
      const near = nearest(key, known);
      const hint = near === undefined ? "" : `; ${near} is meant, perhaps`;
      reader.warn(`${where} has the key ${quote(key)}, which is not read${hint}`, keyAt);
    }
  }
}

/** The known word that differs least from one that is not known. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((name) => ({ name, distance: editDistance(word.toLowerCase(), name.toLowerCase()) }))
    .toSorted((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= Math.max(1, Math.floor(word.length / 4)) ? best.name : undefined;
}

/** What a file says, short enough for a sentence. */
export function quote(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\ufffd");
  return `“${line.length > 60 ? `${line.slice(0, 59)}…` : line}”`;
}

export function isNull(node: YamlNode): boolean {
  return node.kind === "scalar" && node.value === null;
}
