import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryGiver } from "./give-back-memory.ts";

test("what is garbage is given back, and what is in use stays", () => {
  const giveBack = memoryGiver();
  let held: number[][] | undefined = Array.from({ length: 400 }, (_, index) =>
    Array.from({ length: 50_000 }, (__, at) => index + at / 2),
  );
  giveBack();
  const full = process.memoryUsage.rss();
  assert.equal(held[399]?.[1], 399.5);
  held = undefined;
  giveBack();
  assert.ok(process.memoryUsage.rss() > full - 50_000_000, "not much has come since: it is not worth a pause");
  memoryGiver()();
  assert.ok(process.memoryUsage.rss() < full - 100_000_000, "160 megabytes were held");
});
