import assert from "node:assert/strict";
import { test } from "node:test";
import { assembleRules } from "../sigma/assemble.ts";
import { documentsOf, ruleText } from "../sigma/rule-text.fixture.ts";
import { testRules } from "./test-rules.ts";

const rule = ruleText("s:\n    eventName: A\ncondition: s", "name: one\n");
const correlation =
  "title: Two\nname: two\ncorrelation:\n    type: event_count\n    rules: [one]\n    group-by: []\n    timespan: 1m\n    condition: {gte: 2}\n";
const at = (seconds: number, id: string, name = "A") =>
  JSON.stringify({ eventName: name, eventTime: new Date(seconds * 1_000).toISOString(), eventID: id });

function failuresOf(text: string, files: Readonly<Record<string, string>>): readonly string[] {
  const tests = testRules(assembleRules(documentsOf(text)), (name) => files[name]);
  return tests.flatMap(({ failures }) => failures.map(({ file, line, reason }) => `${file}:${line} ${reason}`));
}

test("a rule fires on each line of the one file and on none of the other", () => {
  const good = { "match.jsonl": `${at(0, "1")}\n\n${at(1, "2")}\r\n`, "pass.jsonl": at(0, "3", "B") };
  assert.deepEqual(failuresOf(rule, good), []);
  assert.deepEqual(failuresOf(rule, { "match.jsonl": `${at(0, "1")}\n${at(0, "2", "B")}`, "pass.jsonl": at(0, "3") }), [
    "match.jsonl:2 It does not fire",
    "pass.jsonl:1 It fires",
  ]);
});

test("a rule without examples fails, and so do examples that are no records", () => {
  assert.deepEqual(failuresOf(rule, { "match.jsonl": "\n" }), [
    "match.jsonl:0 There is no record in it",
    "pass.jsonl:0 There is no such file",
  ]);
  assert.deepEqual(failuresOf(rule, { "match.jsonl": `[1]\n{\n${at(0, "1")}`, "pass.jsonl": at(0, "3", "B") }), [
    "match.jsonl:1 It is no record: a JSON object on one line",
    "match.jsonl:2 It is no record: a JSON object on one line",
  ]);
});

test("a correlation is tested on all lines together, and the rules that it is about are not tested alone", () => {
  const text = `${correlation}---\n${rule}`;
  const good = {
    "match.jsonl": `${at(0, "1")}\n${at(5, "2")}`,
    "pass.jsonl": `${at(0, "1")}\n${at(90, "2")}\n${at(0, "1")}`,
  };
  assert.deepEqual(failuresOf(text, good), []);
  assert.deepEqual(failuresOf(text, { "match.jsonl": good["pass.jsonl"], "pass.jsonl": good["match.jsonl"] }), [
    "match.jsonl:0 It does not fire on these events",
    "pass.jsonl:0 It fires on these events",
  ]);
  assert.deepEqual(failuresOf(text, { ...good, "match.jsonl": '{"eventName":"A"}' }), [
    "match.jsonl:1 It has no eventTime to be ordered by",
  ]);
});
