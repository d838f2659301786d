import assert from "node:assert/strict";
import { test } from "node:test";
import { namesProblem } from "./names-problem.ts";

test("a name is told wrong before anything is sent", () => {
  assert.equal(namesProblem("on-call", ["mail"]), undefined);
  assert.match(namesProblem("mail", ["mail"]) ?? "", /of that name/);
  for (const name of ["On Call", "-x", "a/b", ""]) assert.notEqual(namesProblem(name, []), undefined, name);
});
