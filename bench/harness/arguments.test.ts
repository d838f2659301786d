import assert from "node:assert/strict";
import { test } from "node:test";
import { figures } from "../figures/index.ts";
import { chooseFigures, readArguments } from "./arguments.ts";
import { BenchError } from "./errors.ts";

test("without words a million events and every figure are measured", () => {
  const asked = readArguments([]);
  assert.equal(asked.events, 1_000_000);
  assert.equal(asked.repetitions, 3);
  assert.deepEqual(chooseFigures(figures, asked.only), figures);
});

test("figures are chosen by name or by the beginning of it, in their own order", () => {
  const { only } = readArguments(["--only", "start,search-actor-*,import"]);
  assert.deepEqual(
    chooseFigures(figures, only).map(({ name }) => name),
    ["import", "search-actor-rare", "search-actor-middle", "search-actor-busy", "start"],
  );
});

for (const words of [
  ["--events", "many"],
  ["--events", "100"],
  ["--events", "10000.5"],
  ["--repeat", "0"],
  ["--evnets", "10000"],
  ["import"],
])
  test(`wrong words are refused with a way out: ${words.join(" ")}`, () => {
    assert.throws(() => readArguments(words), isWrongly);
  });

test("a figure that there is not is refused", () => {
  assert.throws(() => chooseFigures(figures, ["imports"]), isWrongly);
  assert.throws(() => chooseFigures(figures, ["serach-*"]), isWrongly);
});

function isWrongly(error: unknown): boolean {
  return error instanceof BenchError && error.code === "bench-arguments-invalid" && error.help !== undefined;
}
