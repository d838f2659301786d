import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeTemporaryFolder, type TemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { runHere } from "../command-line.fixture.ts";

let place: TemporaryFolder;

before(() => {
  place = makeTemporaryFolder();
  const folders = ["good", "bad", "expanded"];
  for (const name of folders) mkdirSync(join(place.path, "rules", name), { recursive: true });
  write("good/rule.yml", ruleOf("a: x"));
  write("good/match.jsonl", '{"a":"X"}\n');
  write("good/pass.jsonl", '{"a":"y"}\n');
  write("bad/rule.yaml", ruleOf("a|contain: x\u001b[31m"));
  write("bad/notes.txt", "no rule");
  write("expanded/rule.yml", ruleOf("a|expand: '%Names%'"));
  symlinkSync(place.path, join(place.path, "rules/good/around"));
  writeFileSync(join(place.path, "lists.json"), '{"Names":["x"]}');
});
after(() => place[Symbol.dispose]());

function write(path: string, text: string): void {
  writeFileSync(join(place.path, "rules", path), text);
}

function ruleOf(search: string): string {
  return `title: T\nlogsource: {product: aws, service: cloudtrail}\ndetection:\n    s:\n        ${search}\n    condition: s\n`;
}

const run = (...words: string[]) => runHere(["rules", ...words], { workingDirectory: place.path });

test("lint says what cannot be run, and where, and ends with 1", async () => {
  const { stdout, code } = await run("lint", "rules");
  assert.deepEqual(stdout.trimEnd().split("\n"), [
    "rules/bad/rule.yaml:5:9: There is no modifier “contain”; contains is meant, perhaps (T)",
    "rules/expanded/rule.yml:5:19: There is no list of values for the placeholder %Names% (T)",
    "1 rule in 3 files can be run, 2 cannot; 0 warnings",
  ]);
  assert.equal(code, 1);
});

test("lint takes the lists of placeholders, and prints JSON", async () => {
  const { stdout, code } = await run("lint", "rules/good", "rules/expanded", "--values", "lists.json", "--json");
  assert.deepEqual(JSON.parse(stdout), { files: 2, runnable: 2, refusals: [], warnings: [] });
  assert.equal(code, 0);
});

test("test holds rules against the examples beside them, and ends with 1 when one fails", async () => {
  const { stdout, code } = await run("test", "rules/good", "rules/expanded", "--values", "lists.json");
  assert.deepEqual(stdout.trimEnd().split("\n"), [
    "fail  rules/expanded/rule.yml  T (0 match, 0 pass)",
    "      match.jsonl: There is no such file",
    "      pass.jsonl: There is no such file",
    "ok    rules/good/rule.yml  T (1 match, 1 pass)",
    "1 rule passed, 1 failed",
  ]);
  assert.equal(code, 1);
  assert.equal((await run("test", "rules/good/rule.yml")).code, 0);
});

test("what is asked wrongly ends with 2", async () => {
  for (const words of [
    ["lint"],
    ["lint", "nowhere"],
    ["test", "rules/bad/notes"],
    ["lint", "rules", "--values", "rules/bad/notes.txt"],
  ]) {
    assert.equal((await run(...words)).code, 2, words.join(" "));
  }
});
