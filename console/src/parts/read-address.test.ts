import assert from "node:assert/strict";
import { test } from "node:test";
import { readChoice, readText, readTz } from "./read-address.ts";

test("a text of an address is no longer than a name", () => {
  assert.equal(readText({ account: "prod" }, "account"), "prod");
  assert.equal(readText({ account: "x".repeat(10_000) }, "account")?.length, 200);
  for (const account of ["", 7, null, ["prod"]]) assert.equal(readText({ account }, "account"), undefined);
});

test("a choice is one of those that there are, and the usual one is not said", () => {
  const ranges = { "1d": 24, "7d": 168 };
  assert.equal(readChoice({ range: "7d" }, "range", ranges, "1d"), "7d");
  for (const range of ["1d", "toString", "", 7, undefined]) {
    assert.equal(readChoice({ range }, "range", ranges, "1d"), undefined);
  }
});

test("times are shown in UTC unless the address says that they are local", () => {
  assert.deepEqual([readTz({ tz: "local" }), readTz({ tz: "mars" }), readTz({})], ["local", undefined, undefined]);
});
