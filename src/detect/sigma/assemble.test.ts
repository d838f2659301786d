import assert from "node:assert/strict";
import { test } from "node:test";
import { compileMatcher } from "../../predicate/index.ts";
import { assembleRules } from "./assemble.ts";
import { documentsOf, refusalOf, ruleText } from "./rule-text.fixture.ts";

const rule = (name: string, search = "a: x") => ruleText(`s:\n    ${search}\ncondition: s`, `name: ${name}\n`);
const correlation = (name: string, rules: string, more = "") =>
  `title: ${name}\nname: ${name}\ncorrelation:\n    type: event_count\n    rules: [${rules}]\n    group-by: [user]\n    timespan: 5m\n    condition:\n        gte: 2\n${more}`;
const filter = (rules: string, condition = "not f") =>
  `title: Filter\nlogsource:\n    product: aws\n    service: cloudtrail\nfilter:\n    rules: ${rules}\n    f:\n        b: y\n    condition: ${condition}\n`;
const assemble = (...texts: string[]) => assembleRules(documentsOf(texts.join("---\n")));
const reasons = (of: ReturnType<typeof assemble>) => of.refusals.map(({ line, reason }) => `${line} ${reason}`);

test("a filter is added to the rules that it names, by AND", () => {
  const { rules, warnings } = assemble(rule("one"), rule("two"), filter("[one, gone]"), filter("any", "not f or f"));
  const fires = rules.map(({ predicate }) => {
    const record = { a: "x", b: "y" };
    return compileMatcher(predicate)(record, JSON.stringify(record));
  });
  assert.deepEqual(fires, [false, true]);
  assert.deepEqual(
    rules.map(({ filters }) => filters.length),
    [2, 1],
  );
  assert.deepEqual(
    warnings.map(({ reason }) => reason),
    ["There is no rule “gone” for this filter"],
  );
});

test("rules that correlations are about fire for themselves only where one generates them", () => {
  const generating = correlation("loud", "two", "    generate: true\n");
  const { rules, correlations } = assemble(
    rule("one"),
    rule("two"),
    rule("three"),
    correlation("quiet", "one, two"),
    generating,
  );
  assert.deepEqual(
    rules.map(({ rule: { key }, isAlone }) => [key, isAlone]),
    [
      ["one", false],
      ["two", true],
      ["three", true],
    ],
  );
  assert.deepEqual(
    correlations.map(({ isAlone }) => isAlone),
    [true, true],
  );
});

test("correlations come behind those that they build on", () => {
  const { correlations, refusals } = assemble(
    correlation("top", "middle, one"),
    correlation("middle", "one"),
    rule("one"),
  );
  assert.deepEqual(refusals, []);
  assert.deepEqual(
    correlations.map(({ correlation: { key }, isAlone }) => [key, isAlone]),
    [
      ["middle", false],
      ["top", true],
    ],
  );
});

test("what is not there, stands twice or goes in a circle is refused, with what builds on it", () => {
  assert.deepEqual(reasons(assemble(correlation("a", "gone"), correlation("b", "a"))), [
    "5 There is no rule “gone” that can be run",
    "15 There is no rule “a” that can be run",
  ]);
  assert.deepEqual(reasons(assemble(correlation("a", "b"), correlation("b", "a"), correlation("c", "c"))), [
    "1 It refers to itself in a circle, or to one that does",
    "11 It refers to itself in a circle, or to one that does",
    "21 It refers to itself in a circle, or to one that does",
  ]);
  assert.deepEqual(reasons(assemble(rule("one"), rule("one"))), [
    "11 The id or name “one” is that of another rule, in test.yml, line 1",
  ]);
});

test("an alias stands for a field in each rule", () => {
  const aliased = (fields: string) =>
    correlation("c", "one, two", "").replace(
      "group-by: [user]",
      `group-by: [who]\n    aliases:\n        who: {${fields}}`,
    );
  const { correlations } = assemble(rule("one"), rule("two"), aliased("one: a.b, two: c"));
  assert.deepEqual(
    [...(correlations[0]?.fields ?? [])].map(([key, { group }]) => [key, group]),
    [
      ["one", [["a", "b"]]],
      ["two", [["c"]]],
    ],
  );
  assert.deepEqual(reasons(assemble(rule("one"), rule("two"), aliased("one: a.b"))), [
    "25 The alias “who” names no field of the rule “two”",
  ]);
});

test("a correlation that cannot be understood is refused", () => {
  const good = correlation("c", "one");
  const refusals: readonly (readonly [string, string])[] = [
    [good.replace("event_count", "event_sum"), "4:11 There is no type “event_sum”; known are event_count"],
    [good.replace("timespan: 5m", "timespan: 5x"), "timespan is a number and a unit"],
    [good.replace("    timespan: 5m\n", ""), "timespan is a number and a unit"],
    [good.replace("gte: 2", "about: 2"), "There is no condition “about”; known are gt, gte"],
    [good.replace("gte: 2", "gte: many"), "gte takes a number"],
    [good.replace("gte: 2", "field: a"), "event_count takes no field|holds one limit"],
    [good.replace("event_count", "value_count"), "value_count needs the field whose values it is about"],
    [good.replace("gte: 2", "gte: 2\n        field: a"), "event_count takes no field"],
    [good.replace("    rules: [one]\n", ""), "There is no rules"],
    [good.replace("[one]", "[]"), "rules names one to 1000 rules"],
    [good.replace("[one]", "[one, one]"), "This rule is named twice"],
    [
      good.replace("event_count", "temporal").replace("condition:\n        gte: 2", "condition: one and two"),
      "A condition in words",
    ],
    [good.replace("event_count", "temporal_ordered").replace("gte: 2", "gte: 5"), "leave the condition out"],
    [good.replace("[user]", "['']"), "is no name of a field"],
    [`${good}    generate: perhaps\n`, "generate is true or false"],
    [filter("any").replace("    rules: any\n", ""), "There is no rules"],
    [filter("any").replace("service: cloudtrail", "service: x"), "not CloudTrail's"],
  ];
  for (const [text, reason] of refusals) {
    const refusal = refusalOf(text);
    assert.ok(
      reason.split("|").some((each) => refusal.includes(each)),
      `${reason}: ${refusal}`,
    );
  }
});
