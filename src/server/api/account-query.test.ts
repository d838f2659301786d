import assert from "node:assert/strict";
import { test } from "node:test";
import { accountQuery } from "./account-query.ts";

test("an account may be written as people write it, and is asked for as AWS does", () => {
  for (const text of ["111122223333", "1111-2222-3333", " 1111 2222 3333\t"]) {
    assert.equal(accountQuery.parse(text), "111122223333", text);
  }
});

test("an empty account and an endless one are refused", () => {
  for (const text of ["", "1".repeat(101), "-".repeat(101)]) assert.ok(!accountQuery.safeParse(text).success);
});
