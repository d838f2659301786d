import assert from "node:assert/strict";
import { test } from "node:test";
import { readSearchState } from "./search-state.ts";

for (const [given, kept] of [
  ["broken", "broken"],
  ["missing,broken,broken", "missing,broken"],
  ["broken,nonsense,toString", "broken"],
  ["nonsense", undefined],
  ["", undefined],
  [7, undefined],
  ["unjudged,broken", "broken,unjudged"],
  ["proven,waiting,unproven,undeclared,missing,broken,unjudged", undefined],
] as const) {
  test(`a verdict of ${JSON.stringify(given)} in the address asks for ${kept ?? "all"}`, () => {
    assert.equal(readSearchState({ verdict: given }).verdict, kept);
  });
}
