import { neededValues, type Predicate } from "../predicate/index.ts";
import type { Matchable } from "./rule-set.ts";

/** The events that some of these rules may match: by their names where rules name them, which is quickly looked up. */
export function candidatesOf(rules: readonly Matchable[]): Predicate {
  const names = new Set<string>();
  const others: Predicate[] = [];
  for (const { predicate } of rules) {
    const needed = neededValues(predicate, "eventName");
    if (needed === undefined) others.push(predicate);
    else for (const name of needed) names.add(name);
  }
  const byName: Predicate = {
    kind: "field",
    path: ["eventName"],
    test: { op: "equals", values: [...names], cased: false },
  };
  return { kind: "or", of: names.size === 0 ? others : [byName, ...others] };
}
