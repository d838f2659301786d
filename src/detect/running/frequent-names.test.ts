import assert from "node:assert/strict";
import { test } from "node:test";
import { FrequentNames } from "./frequent-names.ts";

test("names are frequent when many of the events looked through have them", () => {
  const names = new FrequentNames();
  for (let count = 0; count < 100; count += 1) names.add("GetObject");
  for (let count = 0; count < 10; count += 1) names.add("CreateUser");
  assert.equal(names.finish(4_000), false);
  assert.equal(names.finish(4_000), true);
  assert.deepEqual([...names.frequent], ["getobject"]);
  assert.equal(names.finish(50_000), false);
  assert.deepEqual([...names.frequent], ["getobject"]);
});
