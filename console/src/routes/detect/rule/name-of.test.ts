import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf } from "./name-of.ts";

test("a title becomes a name, and one that is taken gets a number", () => {
  assert.equal(nameOf("An access key is made for another user!", []), "an-access-key-is-made-for-another-user");
  assert.equal(nameOf("Root", ["root", "root-2"]), "root-3");
  assert.equal(nameOf("„“", []), "unnamed");
  assert.match(nameOf("x ".repeat(100), []), /^[a-z0-9-]{1,50}$/);
});
