import { fieldsOf } from "./needs.ts";
import type { FieldPath, Predicate } from "./tree.ts";

type Asked = (record: unknown, text: string) => boolean;

/** Values whose answers are kept for one condition; then it begins anew. */
const valuesMax = 500;
const valueLengthMax = 500;

/**
 * Many records have the same value where many patterns are asked of one field, such as the user agent: the answer for a
 * text is kept. Gives the condition itself where it asks about more than one field, or about little.
 */
export function remembered(predicate: Predicate, asked: Asked): Asked {
  const path = onlyPathOf(predicate);
  if (path === undefined) return asked;
  const known = new Map<string, boolean>();
  return (record, text) => {
    const value = plainValueAt(record, path);
    if (typeof value !== "string" || value.length > valueLengthMax) return asked(record, text);
    const before = known.get(value);
    if (before !== undefined) return before;
    const answer = asked(record, text);
    if (known.size >= valuesMax) known.clear();
    known.set(value, answer);
    return answer;
  };
}

/** Whether all that a condition asks is about one field. */
export function asksOneField(predicate: Predicate): boolean {
  return onlyPathOf(predicate) !== undefined;
}

function onlyPathOf(predicate: Predicate): FieldPath | undefined {
  if (!asksMuch(predicate) || !asksFieldsOnly(predicate)) return undefined;
  const [path, ...others] = fieldsOf(predicate);
  return others.length === 0 && path?.every((key) => !key.includes("*")) === true ? path : undefined;
}

function asksMuch(predicate: Predicate): boolean {
  if (predicate.kind === "field") return predicate.test.op === "regex" || predicate.test.op === "cidr";
  return (predicate.kind === "and" || predicate.kind === "or") && predicate.of.length > 1;
}

function asksFieldsOnly(predicate: Predicate): boolean {
  if (predicate.kind === "and" || predicate.kind === "or") return predicate.of.every(asksFieldsOnly);
  if (predicate.kind === "not") return asksFieldsOnly(predicate.of);
  return predicate.kind === "field";
}

/** What stands at a path on which there is no list; undefined where one has to be walked, or nothing stands there. */
function plainValueAt(record: unknown, path: FieldPath): unknown {
  let value = record;
  for (const key of path) {
    if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, key))
      return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value;
}
