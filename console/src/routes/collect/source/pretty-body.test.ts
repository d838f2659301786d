import assert from "node:assert/strict";
import { test } from "node:test";
import { prettyBody } from "./pretty-body.ts";

test("a notice wrapped by SNS is shown as what it holds", () => {
  const body = JSON.stringify({ Type: "Notification", Message: JSON.stringify({ s3Bucket: "logs" }) });
  assert.deepEqual(prettyBody(body).lines, [
    "{",
    '  "Type": "Notification",',
    '  "Message": {',
    '    "s3Bucket": "logs"',
    "  }",
    "}",
  ]);
});

test("what is no JSON is shown as it is, in its lines", () => {
  assert.deepEqual(prettyBody("not {\r\njson\n"), { lines: ["not {", "json", ""], cut: 0 });
  assert.deepEqual(prettyBody('{"Message":"plain words"}').lines, ["{", '  "Message": "plain words"', "}"]);
});

test("what is long is cut, and it is said by how much", () => {
  const { lines, cut } = prettyBody("x".repeat(25_000));
  assert.deepEqual([lines.join("").length, cut], [20_000, 5_000]);
});
