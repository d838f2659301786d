import { PredicateError } from "./errors.ts";
import { depthMax, descentsMax, nodesMax } from "./limits.ts";
import { pathsOf } from "./needs.ts";
import type { Predicate } from "./tree.ts";

/** Refuses a tree that is too large or too deep to be compiled, without recursion of its own. */
export function checkPredicate(predicate: Predicate): void {
  const waiting: (readonly [Predicate, number])[] = [[predicate, 1]];
  let count = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [node, depth] = next;
    count += 1;
    if (count > nodesMax || depth > depthMax) {
      throw tooLarge(`A search may have ${nodesMax} conditions, nested ${depthMax} deep`);
    }
    if (node.kind === "and" || node.kind === "or") {
      waiting.push(...node.of.map((part) => [part, depth + 1] as const));
    } else if (node.kind === "not") {
      waiting.push([node.of, depth + 1]);
    } else if (pathsOf(node).some((path) => path.filter((key) => key === "**").length > descentsMax)) {
      throw tooLarge(`A path may have ** ${descentsMax} times`);
    }
  }
}

function tooLarge(message: string): PredicateError {
  return new PredicateError(message, {
    code: "predicate-too-large",
    fault: "user",
    help: "Search for less at once",
  });
}
