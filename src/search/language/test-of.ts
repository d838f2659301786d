import { literalOf, type Test } from "../../predicate/index.ts";
import type { Comparison } from "./query.ts";

/** A comparison of one path. */
export function testOf(comparison: Comparison): Test {
  switch (comparison.op) {
    case "is": {
      const text = literalOf(comparison.pattern);
      return text === undefined
        ? { op: "like", pattern: comparison.pattern, cased: comparison.cased }
        : { op: "equals", values: [text], cased: comparison.cased };
    }
    case "has-value":
      return { op: "like", pattern: ["?", "*"], cased: true };
    default:
      return comparison;
  }
}
