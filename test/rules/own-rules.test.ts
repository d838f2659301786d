import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import {
  assembleRules,
  readRules,
  type SigmaCorrelation,
  type SigmaDocument,
  type SigmaRule,
  testRules,
} from "../../src/detect/index.ts";

const root = fileURLToPath(new URL("../../rules/", import.meta.url));

/** ATT&CK's tactics, and two kinds of our own. */
const tactics: ReadonlySet<string> = new Set([
  "authentication",
  "collection",
  "compliance",
  "credential-access",
  "defense-evasion",
  "discovery",
  "execution",
  "exfiltration",
  "impact",
  "initial-access",
  "lateral-movement",
  "persistence",
  "privilege-escalation",
]);

const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: tactic }) => readdirSync(join(root, tactic)).map((rule) => `${tactic}/${rule}`))
  .sort();

function read(folder: string, file: string): string {
  return readFileSync(join(root, folder, file), "utf8");
}

function documentsOf(folder: string): readonly SigmaDocument[] {
  const path = `rules/${folder}/rule.yml`;
  const { documents, refusals, warnings } = readRules(read(folder, "rule.yml"), { path, lists: new Map() });
  assert.deepEqual([refusals, warnings], [[], []]);
  return documents;
}

test("there are at least 150 rules of our own, each in the folder of its tactic", () => {
  assert.ok(folders.length >= 150, String(folders.length));
  for (const folder of folders) {
    assert.match(folder, /^[a-z-]+\/[a-z0-9-]+$/);
    assert.ok(tactics.has(folder.split("/")[0] ?? ""), folder);
  }
});

for (const folder of folders) {
  test(`${folder} fires on its own events and on none beside`, () => {
    assert.deepEqual(readdirSync(join(root, folder)).sort(), ["match.jsonl", "pass.jsonl", "rule.yml"]);
    const assembly = assembleRules(documentsOf(folder));
    assert.deepEqual([assembly.refusals, assembly.warnings], [[], []]);
    const results = testRules(assembly, (name) => read(folder, name));
    assert.ok(results.length > 0);
    for (const { rule, match, pass, failures } of results) {
      assert.deepEqual(failures, [], rule.title);
      assert.ok(match > 0 && pass > 0, `${rule.title}: ${match} to match, ${pass} to pass`);
    }
  });
}

test("whoever is woken by a rule hears why it matters, what else it may be, and what to do", () => {
  for (const folder of folders) {
    const assembly = assembleRules(documentsOf(folder));
    const alone: readonly (SigmaRule | SigmaCorrelation)[] = [
      ...assembly.rules.filter(({ isAlone }) => isAlone).map(({ rule }) => rule),
      ...assembly.correlations.filter(({ isAlone }) => isAlone).map(({ correlation }) => correlation),
    ];
    for (const { title, description, level, falsePositives, own, author, date, status } of alone) {
      const where = `${folder}: ${title}`;
      assert.ok(description.length >= 60, where);
      assert.ok(level !== undefined && status !== undefined, where);
      assert.ok(falsePositives.length > 0, where);
      assert.ok(own.runbook.length >= 60, where);
      assert.deepEqual([author, date !== ""], ["Trailwarden", true], where);
    }
  }
});

test("each rule names its technique, and no two have one id", () => {
  const ids = new Map<string, string>();
  for (const folder of folders) {
    const documents = documentsOf(folder);
    const techniques = documents.flatMap(({ tags }) => tags.filter((tag) => /^attack\.t\d{4}(?:\.\d{3})?$/.test(tag)));
    assert.ok(techniques.length > 0 || folder.startsWith("compliance/"), folder);
    for (const { id = "" } of documents) {
      assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, folder);
      assert.equal(ids.get(id), undefined, `${folder} and ${ids.get(id)}`);
      ids.set(id, folder);
    }
  }
});

test("all rules run together, and what fires has a title of its own", () => {
  const { rules, correlations, refusals, warnings } = assembleRules(folders.flatMap(documentsOf));
  assert.deepEqual([refusals, warnings], [[], []]);
  const fires = [
    ...rules.filter(({ isAlone }) => isAlone).map(({ rule }) => rule.title),
    ...correlations.filter(({ isAlone }) => isAlone).map(({ correlation }) => correlation.title),
  ];
  assert.deepEqual(
    fires.filter((title, index) => fires.indexOf(title) !== index),
    [],
  );
});
