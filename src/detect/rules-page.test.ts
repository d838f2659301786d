import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { assembleRules } from "./sigma/assemble.ts";
import { readRules } from "./sigma/read-rules.ts";

test("every rule on the page of rules can be run, and is named for what it is", () => {
  const page = readFileSync(new URL("../../docs/rules.md", import.meta.url), "utf8");
  const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = ""]) =>
    readRules(text, { path: "rules.md" }),
  );
  assert.equal(blocks.length, 3);
  assert.deepEqual(
    blocks.flatMap(({ refusals, warnings }) => [...refusals, ...warnings]),
    [],
  );
  const { rules, correlations, refusals, warnings } = assembleRules(blocks.flatMap(({ documents }) => documents));
  assert.deepEqual([refusals, warnings], [[], []]);
  assert.deepEqual([rules.length, correlations.length], [3, 2]);
  assert.deepEqual(
    rules.map(({ filters }) => filters.length),
    [1, 0, 0],
  );
});
