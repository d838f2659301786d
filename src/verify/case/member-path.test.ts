import assert from "node:assert/strict";
import { join, normalize } from "node:path";
import { test } from "node:test";
import { win32 } from "node:path";
import fc from "fast-check";
import { memberPath } from "./member-path.ts";

test("a key that CloudTrail writes is its own path inside of the case", () => {
  const key =
    "logs/AWSLogs/o-abc123/111122223333/CloudTrail/eu-west-1/2026/03/01/111122223333_CloudTrail_eu-west-1_20260301T1011Z_hwj9oiz3sw000000.json.gz";
  assert.equal(memberPath("a-trail.example", key), `s3/a-trail.example/${key}`);
});

test("no key leads out of the case or means something of its own to a disk", () => {
  const hostile: readonly [string, string][] = [
    ["../../etc/passwd", "s3/b/%2E%2E/%2E%2E/etc/passwd"],
    ["/etc/passwd", "s3/b/%/etc/passwd"],
    ["a//b", "s3/b/a/%/b"],
    ["a/./b", "s3/b/a/%2E/b"],
    ["C:\\Windows\\a", "s3/b/C%3A%5CWindows%5Ca"],
    ["a\u0000b\nc", "s3/b/a%00b%0Ac"],
    ["\u202egz.exe", "s3/b/%E2%80%AEgz.exe"],
    ["CON.json.gz", "s3/b/%CON.json.gz"],
    ["end. ", "s3/b/end.%20"],
    ["100%2E", "s3/b/100%252E"],
    ["\ud800", "s3/b/%EF%BF%BD"],
  ];
  for (const [key, path] of hostile) assert.equal(memberPath("b", key), path, key);
});

test("a key that no disk could hold has no path", () => {
  assert.equal(memberPath("b", "x".repeat(241)), undefined);
  assert.equal(memberPath("b", Array.from({ length: 8 }, () => "x".repeat(200)).join("/")), undefined);
});

test("whatever the key, its path stays below s3 on every system, and two keys have two paths", () => {
  const keys = fc.string({
    unit: fc.constantFrom("/", "\\", ".", "a", ":", "%", " ", "2", "E", "\u0000", "é"),
    maxLength: 20,
  });
  fc.assert(
    fc.property(keys, keys, (key, other) => {
      const path = memberPath("b", key);
      assert.ok(path !== undefined);
      assert.equal(normalize(path), path.replace(/\/$/, ""));
      assert.ok(join("/case", path).startsWith("/case/s3/b/"));
      assert.ok(win32.join("C:\\case", path).startsWith("C:\\case\\s3\\b\\"));
      if (key !== other) assert.notEqual(path, memberPath("b", other));
    }),
    { seed: 7, numRuns: 2_000 },
  );
});
