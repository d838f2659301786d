/** A condition as it was written; names are those of searches, patterns may hold `*`. */
export type Condition =
  | { readonly kind: "name"; readonly name: string; readonly at: number }
  | {
      readonly kind: "some";
      /** How many at least; all when undefined. */
      readonly count: number | undefined;
      /** `them`, or a pattern of names. */
      readonly pattern: string;
      readonly at: number;
    }
  | { readonly kind: "not"; readonly of: Condition }
  | { readonly kind: "and" | "or"; readonly of: readonly Condition[] };

/** Prints a condition with no more parentheses than it needs; `parseCondition` reads the same out of it. */
export function printCondition(condition: Condition): string {
  switch (condition.kind) {
    case "name":
      return condition.name;
    case "some":
      return `${condition.count ?? "all"} of ${condition.pattern}`;
    case "not":
      return `not ${printPart(condition.of, ["name", "some", "not"])}`;
    case "and":
      return condition.of.map((part) => printPart(part, ["name", "some", "not"])).join(" and ");
    case "or":
      return condition.of.map((part) => printPart(part, ["name", "some", "not", "and"])).join(" or ");
  }
}

function printPart(part: Condition, bare: readonly Condition["kind"][]): string {
  return bare.includes(part.kind) ? printCondition(part) : `(${printCondition(part)})`;
}
