import assert from "node:assert/strict";
import { test } from "node:test";
import { readShippedRules, shippedDirectory } from "../book/shipped-rules.ts";
import { readRules } from "../sigma/read-rules.ts";
import { readAttackTags, tacticsOf } from "./read-tags.ts";
import { tactics } from "./tactics.ts";
import { renamedTechniques, techniques } from "./techniques.ts";

const idsOf = (tags: readonly string[]) => {
  const read = readAttackTags(tags);
  return {
    tactics: read.tactics.map(({ id }) => id),
    techniques: read.techniques.map(({ id }) => id),
    unknown: read.unknown,
  };
};

test("every tag of our rules is known", async () => {
  const files = await readShippedRules(shippedDirectory);
  const documents = files.flatMap(({ path, text }) => readRules(text, { path }).documents);
  assert.ok(documents.length > 300);
  const unknown = documents.flatMap(({ title, tags }) => readAttackTags(tags).unknown.map((tag) => `${title}: ${tag}`));
  assert.deepEqual(unknown, []);
});

test("old names are read as what became of them", () => {
  assert.deepEqual(idsOf(["attack.defense-evasion", "attack.t1562.008", "attack.t1685.002"]), {
    tactics: ["TA0112"],
    techniques: ["T1685.002"],
    unknown: [],
  });
  assert.deepEqual(idsOf(["attack.defense_evasion", "attack.t1078.004"]).tactics, ["TA0005"]);
  assert.deepEqual(idsOf(["attack.defense-evasion"]).tactics, ["TA0005"]);
  assert.deepEqual(idsOf(["attack.defense-evasion", "attack.t1070", "attack.t1562"]).tactics, ["TA0005", "TA0112"]);
});

test("groups, software and other taxonomies are no techniques", () => {
  assert.deepEqual(idsOf(["attack.g0016", "cve.2021-44228", "attack.t9999"]), {
    tactics: [],
    techniques: [],
    unknown: ["attack.g0016", "attack.t9999"],
  });
});

test("a technique of several tactics stands under those that its rule names", () => {
  const cloud = techniques.get("T1078.004");
  assert.ok(cloud);
  const idsUnder = (tags: readonly string[]) => tacticsOf(cloud, readAttackTags(tags)).map(({ id }) => id);
  assert.deepEqual(idsUnder(["attack.initial-access", "attack.impact"]), ["TA0001"]);
  assert.deepEqual(idsUnder(["attack.impact"]), ["TA0001", "TA0003", "TA0004", "TA0005"]);
});

test("the tables hold together", () => {
  assert.equal(new Set(tactics.map(({ id }) => id)).size, 15);
  for (const [id, { name, tactics: of }] of techniques) {
    assert.match(id, /^T\d{4}(?:\.\d{3})?$/);
    assert.ok(name.length > 2 && of.length > 0, id);
  }
  for (const [former, now] of renamedTechniques) {
    assert.ok(techniques.has(now) && !techniques.has(former), former);
  }
});
