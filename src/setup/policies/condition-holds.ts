import { isAbsentKey, type Need } from "./needs.ts";
import { coversPattern } from "./wildcards.ts";

/** `unknown`: nobody can say without asking AWS. */
export type Holds = "yes" | "no" | "unknown";

type Fits = (actual: string, wanted: string) => boolean;

const isEqual: Fits = (actual, wanted) => actual === wanted;
const isEqualIgnoringCase: Fits = (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase();
const isLike: Fits = (actual, wanted) => coversPattern(wanted, actual);
const isArnLike: Fits = (actual, wanted) => coversPattern(wanted, actual, "arn");

/** Operators that we can judge, by small letters; for ArnEquals wildcards count as in ArnLike, says the guide. */
const positive: Readonly<Record<string, Fits>> = {
  stringequals: isEqual,
  stringequalsignorecase: isEqualIgnoringCase,
  stringlike: isLike,
  arnequals: isArnLike,
  arnlike: isArnLike,
  bool: isEqualIgnoringCase,
};
const negative: Readonly<Record<string, Fits>> = {
  stringnotequals: isEqual,
  stringnotequalsignorecase: isEqualIgnoringCase,
  stringnotlike: isLike,
  arnnotequals: isArnLike,
  arnnotlike: isArnLike,
};

/**
 * Whether one condition of a statement holds for what a service asks (IAM User Guide, "IAM JSON policy elements:
 * Condition operators"): a missing key makes an operator false, a negated one true.
 */
export function conditionHolds(name: string, key: string, wanted: readonly string[], { context }: Need): Holds {
  const { operator, quantifier, isIfExists } = taken(name);
  const actual = context.get(key.toLowerCase());
  const isAbsent = actual === undefined && isAbsentKey(key.toLowerCase());
  if (actual === undefined && !isAbsent) return "unknown";
  if (wanted.some((value) => value.includes("${"))) return "unknown";
  if (operator === "null") return said(wanted.some((value) => (value.toLowerCase() === "true") === isAbsent));
  const [fits, fitsNot] = [positive[operator], negative[operator]];
  if (fits === undefined && fitsNot === undefined) return "unknown";
  if (actual === undefined) {
    if (isIfExists || quantifier === "forallvalues") return "yes";
    return said(fitsNot !== undefined && quantifier === undefined);
  }
  if (fits !== undefined) return said(wanted.some((value) => fits(actual, value)));
  return said(!wanted.some((value) => fitsNot?.(actual, value) ?? false));
}

/** Whether a value put into this condition's list makes it hold. */
export function takesValues(name: string): boolean {
  const { operator } = taken(name);
  return operator !== "bool" && positive[operator] !== undefined;
}

function taken(name: string): {
  readonly operator: string;
  readonly quantifier: string | undefined;
  readonly isIfExists: boolean;
} {
  const small = name.toLowerCase();
  const colon = small.indexOf(":");
  const bare = small.slice(colon + 1);
  const isIfExists = bare.endsWith("ifexists");
  return {
    operator: isIfExists ? bare.slice(0, -"ifexists".length) : bare,
    quantifier: colon < 0 ? undefined : small.slice(0, colon),
    isIfExists,
  };
}

function said(holds: boolean): Holds {
  return holds ? "yes" : "no";
}
