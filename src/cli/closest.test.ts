import assert from "node:assert/strict";
import { test } from "node:test";
import { closest } from "./closest.ts";

const names = ["import", "search", "show", "stats", "serve"];

test("a slip of the keyboard finds the word that was meant", () => {
  assert.equal(closest("serach", names), "search");
  assert.equal(closest("IMPORT", names), "import");
  assert.equal(closest("stat", names), "stats");
});

test("another word finds nothing", () => {
  assert.equal(closest("frobnicate", names), undefined);
  assert.equal(closest("x", []), undefined);
});
