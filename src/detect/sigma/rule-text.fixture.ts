import assert from "node:assert/strict";
import { compileMatcher } from "../../predicate/index.ts";
import type { SigmaDocument, SigmaRule } from "./document.ts";
import { readRules } from "./read-rules.ts";
import type { RulesReading, ValueLists } from "./reading.ts";

/** A rule about CloudTrail with this detection, each line of which is indented already. */
export function ruleText(detection: string, head = ""): string {
  return `title: A test\n${head}logsource:\n    product: aws\n    service: cloudtrail\ndetection:\n${indent(detection)}\n`;
}

/** Reads the one rule of a detection. */
export function readDetectionText(detection: string, lists?: ValueLists): SigmaRule {
  const reading = readRules(ruleText(detection), { path: "test.yml", ...(lists && { lists }) });
  assert.deepEqual(reading.refusals, []);
  const [rule] = reading.documents;
  assert.ok(rule?.kind === "rule");
  return rule;
}

/** Whether a record has the one search of a rule, given as its lines. */
export function fits(search: string, record: object, lists?: ValueLists): boolean {
  const { predicate } = readDetectionText(`s:\n${indent(search)}\ncondition: s`, lists);
  return compileMatcher(predicate)(record, JSON.stringify(record));
}

/** The reason why a file's one document is refused, with its line and column. */
export function refusalOf(text: string): string {
  const { refusals, documents } = readRules(text, { path: "test.yml" });
  assert.equal(documents.length, 0);
  assert.equal(refusals.length, 1);
  return refusals.map(({ line, column, reason }) => `${line}:${column} ${reason}`).join();
}

/** The documents of a file that has nothing wrong. */
export function documentsOf(text: string): readonly SigmaDocument[] {
  const reading: RulesReading = readRules(text, { path: "test.yml" });
  assert.deepEqual(reading.refusals, []);
  return reading.documents;
}

function indent(text: string): string {
  return text.replace(/^/gm, "    ");
}
