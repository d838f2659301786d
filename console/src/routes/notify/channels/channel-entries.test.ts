import assert from "node:assert/strict";
import { test } from "node:test";
import { entriesOf } from "./channel-entries.ts";

test("settings become the texts of a form, lists one a line", () => {
  assert.deepEqual(entriesOf({ host: "mail", port: 587, to: ["a@b.c", "d@e.f"], mayBePlain: false, odd: {} }), {
    host: "mail",
    port: "587",
    to: "a@b.c\nd@e.f",
    mayBePlain: "false",
  });
});
