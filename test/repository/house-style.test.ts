import assert from "node:assert/strict";
import { basename } from "node:path";
import { test } from "node:test";
import { isTestFile, readSources } from "./sources.fixture.ts";

const sources = readSources(["src", "bench", "test", "scripts", "console/src"]);

/** Lines of a file of the program; a reader follows one question at a time. */
const linesMax = 400;
const linesAimedAt = 300;

test("each folder's index.ts says what goes in, what comes out and what never happens", () => {
  const doors = sources.filter(({ path }) => /^src\/[^/]+\/index\.ts$/.test(path));
  assert.ok(doors.length > 5);
  for (const { path, text } of doors) {
    assert.match(text, /^\/\/ In: .*\n\/\/ Out: .*\n\/\/ Never: .*\n/, path);
  }
});

test("an index.ts only passes on", () => {
  for (const { path, text } of sources.filter((file) => /^src\/.*\/index\.ts$/.test(file.path))) {
    if (/\/(?:commands|stories|figures|settings|checks)\/index\.ts$/.test(path)) continue; // a table of what is in the folder
    const rest = text
      .replace(/^\/\/.*$/gm, "")
      .replace(/^export (?:type )?(?:\*|\{[^}]*\}) from "[^"]+";$/gm, "")
      .trim();
    assert.equal(rest, "", path);
    assert.ok(text.split("\n").length <= 41, `${path} is a long door`);
  }
});

test("no file of the program is longer than a reader likes", (context) => {
  const lengths = sources.map(({ path, text }) => ({ path, lines: text.split("\n").length - 1 }));
  for (const { path, lines } of lengths) {
    if (lines > linesAimedAt) context.diagnostic(`${path} has ${lines} lines; ${linesAimedAt} are aimed at`);
  }
  assert.deepEqual(
    lengths.filter(({ path, lines }) => lines > linesMax && !isTestFile(path)),
    [],
  );
});

test("files are named in kebab-case", () => {
  const odd = sources.filter(
    ({ path }) => !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|int\.test|fixture|d))?\.tsx?$/.test(basename(path)),
  );
  assert.deepEqual(
    odd.map(({ path }) => path),
    [],
  );
});

test("a rule that is switched off says why", () => {
  for (const { path, text } of sources) {
    for (const [line] of text.matchAll(/^.*(?:oxlint|eslint)-disable.*$|^.*@ts-(?:expect-error|ignore).*$/gm)) {
      if (path.endsWith("house-style.test.ts")) continue;
      assert.match(line, /-disable[^\n]* -- \S|@ts-expect-error .{10}/, `${path}: ${line.trim()}`);
    }
  }
});

test("nothing is left to do in a comment", () => {
  const words = /(?:TO[D]O|FI[X]ME)/;
  assert.deepEqual(
    sources.filter(({ text }) => words.test(text)).map(({ path }) => path),
    [],
  );
});
