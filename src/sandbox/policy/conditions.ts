import { operatorOf } from "./condition-operators.ts";
import { type Context } from "./context.ts";
import { type Condition } from "./policy-document.ts";

/** Whether all conditions of a statement hold. */
export function conditionsHold(conditions: readonly Condition[], context: Context, isVariable: boolean): boolean {
  return conditions.every((condition) => holds(condition, context, isVariable));
}

/**
 * IAM User Guide, 'Condition operators' and 'Set operators for multivalued context keys': a missing key makes an operator
 * false, a negated one true; with ...IfExists it is true either way; ForAllValues holds for no values, ForAnyValue not.
 */
function holds(condition: Condition, context: Context, isVariable: boolean): boolean {
  const actual = context.get(condition.key);
  if (condition.name === "null") {
    const isMissing = actual === undefined || actual.length === 0;
    return condition.values.some((value) => (value.toLowerCase() === "true") === isMissing);
  }
  const operator = operatorOf(condition.name);
  if (operator === undefined) return false;
  if (actual === undefined || actual.length === 0) {
    if (condition.isIfExists) return true;
    if (condition.quantifier !== undefined) return condition.quantifier === "all";
    return operator.isNegated;
  }
  const holdsFor = (value: string) =>
    condition.values.some((expected) => operator.fits(value, expected, context, isVariable)) !== operator.isNegated;
  if (condition.quantifier === "all") return actual.every(holdsFor);
  if (condition.quantifier === "any") return actual.some(holdsFor);
  // Several values without a set operator are against the guide; a negated operator then has to hold for all of them.
  return operator.isNegated ? actual.every(holdsFor) : actual.some(holdsFor);
}
