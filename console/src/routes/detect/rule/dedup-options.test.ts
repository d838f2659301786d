import assert from "node:assert/strict";
import { test } from "node:test";
import { dedupOptions } from "./dedup-options.ts";

test("what is settled is offered, at its place among the others", () => {
  const titles = dedupOptions(5_400_000).map(([, title]) => title);
  assert.deepEqual(titles.slice(2, 5), ["Within an hour", "Within 1 h 30 min", "Within six hours"]);
  assert.deepEqual(dedupOptions(1_000)[0], ["1000", "Within 1 s"]);
});

test("what is offered anyway stands there once", () => {
  assert.equal(dedupOptions(3_600_000).filter(([key]) => key === "3600000").length, 1);
});
