import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  assembleRules,
  type AssembledRule,
  readRules,
  type RulesInForce,
  type RuleTerms,
} from "../../src/detect/index.ts";
import { neededValues, type Predicate } from "../../src/predicate/index.ts";
import { createRandom } from "../../src/sandbox/index.ts";

const folder = fileURLToPath(new URL("../../rules", import.meta.url));
const seed = "bench-rules";

/** The rules that come with the program, and made-up variations of them about other events, so many in all. */
export function benchRules(count: number): RulesInForce {
  const documents = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".yml"))
    .toSorted()
    .flatMap((name) => readRules(readFileSync(join(folder, name), "utf8"), { path: name, lists: new Map() }).documents);
  const { rules: own, correlations, refusals } = assembleRules(documents);
  const rules = [...own, ...variationsOf(own, Math.max(0, count - own.length - correlations.length))];
  const heads = [...rules.map(({ rule }) => rule), ...correlations.map(({ correlation }) => correlation)];
  const terms = heads.map(({ key, title, level, tags, kind }): [string, RuleTerms] => [
    key,
    {
      of: kind === "rule" ? "rule" : "correlation",
      ...{ title, level: level ?? "medium", outcome: "incident", tags, isStaged: false },
      ...{ dedupMs: 3_600_000, suppressForMs: 0 },
    },
  ]);
  return { rules, correlations, refusals, terms: new Map(terms) };
}

/** Of each rule in turn one that asks the same of other events. */
function variationsOf(own: readonly AssembledRule[], count: number): readonly AssembledRule[] {
  const random = createRandom(seed);
  const alone = own.filter(({ isAlone }) => isAlone);
  const names = [...new Set(alone.flatMap(({ predicate }) => [...(neededValues(predicate, "eventName") ?? [])]))];
  return Array.from({ length: count }, (_, index) => {
    const model = alone[index % alone.length];
    if (model === undefined) throw new Error("There is no rule to vary");
    const key = `${model.rule.key}/${index}`;
    const predicate = withOtherNames(model.predicate, () => names[random.int(names.length)] ?? "");
    return { rule: { ...model.rule, key, predicate }, predicate, filters: [], isAlone: true };
  });
}

function withOtherNames(predicate: Predicate, choose: () => string): Predicate {
  switch (predicate.kind) {
    case "and":
    case "or":
      return { ...predicate, of: predicate.of.map((part) => withOtherNames(part, choose)) };
    case "not":
      return { ...predicate, of: withOtherNames(predicate.of, choose) };
    case "field": {
      const { path, test } = predicate;
      const isName = path.length === 1 && path[0] === "eventName" && test.op === "equals";
      return isName ? { ...predicate, test: { ...test, values: test.values.map(choose) } } : predicate;
    }
    default:
      return predicate;
  }
}
