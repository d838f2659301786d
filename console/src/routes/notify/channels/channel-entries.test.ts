import assert from "node:assert/strict";
import { test } from "node:test";
import { entriesOf, namesProblem } from "./channel-entries.ts";

test("settings become the texts of a form, lists one a line", () => {
  assert.deepEqual(entriesOf({ host: "mail", port: 587, to: ["a@b.c", "d@e.f"], mayBePlain: false, odd: {} }), {
    host: "mail",
    port: "587",
    to: "a@b.c\nd@e.f",
    mayBePlain: "false",
  });
});

test("a name is told wrong before anything is sent", () => {
  assert.equal(namesProblem("on-call", ["mail"]), undefined);
  assert.match(namesProblem("mail", ["mail"]) ?? "", /of that name/);
  for (const name of ["On Call", "-x", "a/b", ""]) assert.notEqual(namesProblem(name, []), undefined, name);
});
