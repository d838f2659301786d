import assert from "node:assert/strict";
import { test } from "node:test";
import { NameSet } from "./name-set.ts";

test("what was added is there, and nothing else, however much it grew", () => {
  const names = new NameSet();
  for (let number = 0; number < 20_000; number++) names.add(`s3://bucket/name-${number}`);
  names.add("s3://bucket/name-7");
  assert.equal(names.size, 20_000);
  for (let number = 0; number < 20_000; number++) {
    assert.ok(names.has(`s3://bucket/name-${number}`));
    assert.ok(!names.has(`s3://bucket/other-${number}`));
  }
});
