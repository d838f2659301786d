import type { RuleItemRow } from "../../state/index.ts";
import { DetectError } from "../errors.ts";
import { valuesMax } from "../sigma/limits.ts";
import type { ValueLists } from "../sigma/reading.ts";

/** The kind of items that lists of values are kept as. */
export const valuesKind = "values";

const valueLengthMax = 4_096;

/** The lists as they were kept, by name. */
export function readValueItems(items: readonly RuleItemRow[]): ValueLists {
  return new Map(
    items.map(({ name, content }) => [
      name,
      Array.isArray(content) ? content.filter((value): value is string => typeof value === "string") : [],
    ]),
  );
}

/** Throws `rule-values-invalid` for what cannot stand for a placeholder. */
export function checkValues(name: string, values: readonly string[]): void {
  const problem = !/^[\w.-]{1,100}$/.test(name)
    ? "The name of a list is letters, digits, _, . and -, at most 100"
    : values.length > valuesMax
      ? `A list has at most ${valuesMax} values`
      : values.some((value) => value === "" || value.length > valueLengthMax)
        ? `A value has 1 to ${valueLengthMax} characters`
        : undefined;
  if (problem === undefined) return;
  throw new DetectError(problem, {
    code: "rule-values-invalid",
    fault: "user",
    help: "Name the list as rules do between percent signs, and give each value as one word",
  });
}
