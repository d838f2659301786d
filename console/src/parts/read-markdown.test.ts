import assert from "node:assert/strict";
import { test } from "node:test";
import { isWebAddress, readMarkdown } from "./read-markdown.ts";

const text = (said: string) => ({ kind: "text", text: said });

test("a runbook's numbered steps are a list, and a step that goes on in the next line stays one", () => {
  assert.deepEqual(readMarkdown("First:\n\n1. Look at `user:mary`,\n   then wait.\n2. **Stop** it.\n"), [
    { kind: "paragraph", inside: [text("First:")] },
    {
      kind: "list",
      isOrdered: true,
      items: [
        [text("Look at "), { kind: "code", text: "user:mary" }, text(", then wait.")],
        [{ kind: "strong", inside: [text("Stop")] }, text(" it.")],
      ],
    },
  ]);
});

test("HTML is text, and nothing inside code is a form", () => {
  assert.deepEqual(readMarkdown("<img src=x onerror=alert(1)> `**a**`"), [
    { kind: "paragraph", inside: [text("<img src=x onerror=alert(1)> "), { kind: "code", text: "**a**" }] },
  ]);
});

test("a link leads to the web or stays text", () => {
  assert.deepEqual(readMarkdown("[docs](https://example.com/a)"), [
    { kind: "paragraph", inside: [{ kind: "link", to: "https://example.com/a", inside: [text("docs")] }] },
  ]);
  for (const odd of ["javascript:alert(1)", "data:text/html,x", "//example.com", "/detect", "https://"]) {
    assert.equal(isWebAddress(odd), false, odd);
    assert.doesNotMatch(JSON.stringify(readMarkdown(`[x](${odd})`)), /"link"/);
  }
});

test("code between fences is kept as it is, also where the last fence is lacking", () => {
  assert.deepEqual(readMarkdown("```sh\na *b*\n\n- c\n```\nd"), [
    { kind: "code", text: "a *b*\n\n- c" },
    { kind: "paragraph", inside: [text("d")] },
  ]);
  assert.deepEqual(readMarkdown("```\na"), [{ kind: "code", text: "a" }]);
});

test("a text that was made to take long is read at once and no part of it is lost", () => {
  const long = `${"*".repeat(20_000)}${"[".repeat(10_000)}${"`".repeat(20_000)}`;
  assert.ok(JSON.stringify(readMarkdown(long)).length >= long.length);
});
