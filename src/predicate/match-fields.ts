import { foldAscii } from "./fold.ts";
import { printNumber } from "./number-text.ts";
import type { FieldPath, FieldRelation, Predicate } from "./tree.ts";
import { someValue } from "./walk.ts";

/** Turns a comparison of two fields into a function of the record. */
export function compileFields(predicate: Predicate & { readonly kind: "fields" }): (record: unknown) => boolean {
  const { path, other, cased } = predicate;
  const passes = relations[predicate.by];
  const read = (record: unknown, of: FieldPath) => {
    const texts = textsAt(record, of);
    return cased ? texts : texts.map(foldAscii);
  };
  return (record) => {
    const others = read(record, other);
    return others.length > 0 && read(record, path).some((text) => others.some((part) => passes(text, part)));
  };
}

const relations: Readonly<Record<FieldRelation, (text: string, part: string) => boolean>> = {
  equals: (text, part) => text === part,
  "starts-with": (text, part) => part !== "" && text.startsWith(part),
  "ends-with": (text, part) => part !== "" && text.endsWith(part),
  contains: (text, part) => part !== "" && text.includes(part),
};

/** The texts of the strings, numbers and booleans that a path leads to. */
export function textsAt(record: unknown, path: FieldPath): readonly string[] {
  const texts: string[] = [];
  someValue(record, path, (value) => {
    if (typeof value === "number") {
      texts.push(printNumber(value));
    } else if (typeof value === "string" || typeof value === "boolean") {
      texts.push(String(value).toWellFormed());
    }
    return false;
  });
  return texts;
}
