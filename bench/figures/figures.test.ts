import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { figures } from "./index.ts";

const names = figures.map(({ name }) => name);

test("every figure has a file of its name, and every file is listed", () => {
  const files = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && file !== "index.ts")
    .map((file) => file.slice(0, -3));
  assert.deepEqual(names.toSorted(), files.toSorted());
});

test("no two figures have the same name", () => {
  assert.equal(new Set(names).size, names.length);
});

test("every summary is one sentence that begins with the unit", () => {
  for (const { summary } of figures)
    assert.match(summary, /^(Events|Records|Objects|Files|Seconds|Milliseconds|Megabytes|Bytes) [^.]+$/);
});

test("the page about the benchmarks explains every figure", () => {
  const page = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  for (const name of names) assert.ok(page.includes(`\`${name}\``), `${name} is not explained`);
});

test("the figure that adds events to the store comes last", () => {
  assert.equal(names.at(-1), "import-redelivered");
});
