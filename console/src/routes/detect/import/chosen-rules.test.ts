import assert from "node:assert/strict";
import { test } from "node:test";
import { readChosen } from "./chosen-rules.ts";

function makeFile(path: string, text = "title: x", size = text.length) {
  const bytes = new TextEncoder().encode(text);
  return {
    name: path.slice(path.lastIndexOf("/") + 1),
    size,
    webkitRelativePath: path.includes("/") ? path : "",
    text: async () => text,
    arrayBuffer: async () => bytes.buffer,
  };
}

test("a folder's YAML files go by their paths below it, and what else lies there stays away", async () => {
  const chosen = await readChosen([makeFile("sigma/LICENSE"), makeFile("sigma/aws/a.yml"), makeFile("sigma/b.yaml")]);
  assert.equal(chosen.origin, "sigma");
  assert.deepEqual(
    chosen.sent.files?.map(({ path }) => path),
    ["aws/a.yml", "b.yaml"],
  );
});

test("a zip archive goes as it is", async () => {
  const chosen = await readChosen([makeFile("rules.zip", "PK-and-so-on")]);
  assert.equal(atob(chosen.sent.zip ?? ""), "PK-and-so-on");
  assert.equal(chosen.fileCount, undefined);
});

test("what holds no rule, or too much, is told before anything is sent", async () => {
  assert.match((await readChosen([makeFile("a.txt")])).problem ?? "", /no \.yml/);
  assert.match((await readChosen([makeFile("a.yml", "x", 30_000_000)])).problem ?? "", /5\.5 MB/);
  const many = await readChosen(Array.from({ length: 10_001 }, (_, index) => makeFile(`${index}.yml`)));
  assert.match(many.problem ?? "", /10001 files/);
});
