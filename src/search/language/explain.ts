import { describe, type Predicate } from "../../predicate/index.ts";
import type { Query } from "./query.ts";
import { testOf } from "./test-of.ts";
import { toPredicate } from "./to-predicate.ts";

/** Says in one English line what a query asks, in the words it was asked in: `user is mary, and errorCode has a value`. */
export function explainQuery(query: Query): string {
  return describe(toWords(query));
}

/** The conditions with short names left as they are, as if each were one field of the record. */
function toWords(query: Query): Predicate {
  switch (query.kind) {
    case "not":
      return { kind: "not", of: toWords(query.of) };
    case "and":
      return { kind: "and", of: query.of.map(toWords) };
    case "or": {
      const [first] = query.of;
      const isOneList = query.of.every(
        (part) => part.kind === "condition" && first?.kind === "condition" && part.field.kind === "path",
      );
      return isOneList ? toPredicate(query) : { kind: "or", of: query.of.map(toWords) };
    }
    case "condition": {
      if (query.field.kind === "path") {
        return toPredicate(query);
      }
      const isPart = query.field.name === "agent" && query.test.op === "is";
      return isPart ? toPredicate(query) : { kind: "field", path: [query.field.name], test: testOf(query.test) };
    }
    default:
      return toPredicate(query);
  }
}
