import assert from "node:assert/strict";
import { test } from "node:test";
import type { Rule } from "../../../detect-api.ts";
import { chosenRules, readRulesState } from "./rules-state.ts";

function makeRule(key: string, more: Partial<Rule> = {}): Rule {
  return {
    key,
    title: key,
    origin: "trailwarden",
    path: `persistence/${key}/rule.yml`,
    kind: "rule",
    level: "medium",
    status: "on",
    outcome: "incident",
    tags: [],
    tactics: ["persistence"],
    techniques: [],
    canFire: { answer: "yes", reason: "" },
    hits: 0,
    findings: 0,
    lastAt: null,
    note: "",
    ...more,
  };
}

const rules = [
  makeRule("quiet", { level: "high" }),
  makeRule("loud", { level: "high", hits: 8, techniques: ["T1098.001"] }),
  makeRule("blind", { canFire: { answer: "no", reason: "no object events are collected" } }),
  makeRule("blind-and-off", { status: "off", canFire: { answer: "no", reason: "no object events are collected" } }),
  makeRule("foreign", { origin: "sigma", tactics: ["discovery"], level: "critical" }),
];
const keysOf = (state: Parameters<typeof chosenRules>[1]) => chosenRules(rules, state).map(({ key }) => key);

test("the most severe rules come first, and those that hit before others", () => {
  assert.deepEqual(keysOf({}), ["foreign", "loud", "quiet", "blind", "blind-and-off"]);
});

test("all that is asked for must fit", () => {
  assert.deepEqual(keysOf({ text: "t1098 loud" }), ["loud"]);
  assert.deepEqual(keysOf({ tactic: "persistence", level: "high" }), ["loud", "quiet"]);
  assert.deepEqual(keysOf({ origin: "sigma" }), ["foreign"]);
  assert.deepEqual(keysOf({ only: "hit" }), ["loud"]);
  assert.deepEqual(keysOf({ text: "nowhere" }), []);
});

test("a rule that was switched off is not blind", () => {
  assert.deepEqual(keysOf({ only: "blind" }), ["blind"]);
});

test("odd addresses say nothing", () => {
  const odd = readRulesState({ level: "grave", status: "toString", only: "x", tactic: 4 });
  assert.deepEqual(Object.values(odd).filter(Boolean), []);
});
