import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeTemporaryFolder, type TemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import { findFiles } from "./find-files.ts";

let folder: TemporaryFolder;
const late = "111122223333_CloudTrail_us-east-1_20260102T0310Z_AAAAAAAAAAAAAAAA.json.gz";
const early = "111122223333_CloudTrail_us-east-1_20260102T0305Z_ZZZZZZZZZZZZZZZZ.json.gz";

before(() => {
  folder = makeTemporaryFolder();
  mkdirSync(join(folder.path, "logs", "[odd] {name}"), { recursive: true });
  for (const name of [late, early, "a.json", "[odd] {name}/x.json"])
    writeFileSync(join(folder.path, "logs", name), name);
  symlinkSync(join(folder.path, "logs"), join(folder.path, "link"));
  symlinkSync(join(folder.path, "logs"), join(folder.path, "logs", "inner-link"));
});
after(() => folder[Symbol.dispose]());

async function names(...paths: string[]): Promise<string[]> {
  const { files } = await findFiles(paths, folder.path);
  return files.map(({ path }) => path.slice(folder.path.length + 1));
}

test("files come in the order of their delivery, those without a time first", async () => {
  assert.deepEqual(await names("logs"), ["logs/[odd] {name}/x.json", "logs/a.json", `logs/${early}`, `logs/${late}`]);
});

test("a link is followed where a person named it, and named where it was found", async () => {
  assert.equal((await names("link")).length, 4);
  const { skipped } = await findFiles(["logs"], folder.path);
  assert.deepEqual(skipped, [
    { path: join(folder.path, "logs", "inner-link"), reason: "A link; links inside a folder are not followed" },
  ]);
});

test("a file named twice is one file", async () => {
  assert.deepEqual(await names("logs/a.json", "logs/*.json", join(folder.path, "logs", "a.json")), ["logs/a.json"]);
});

test("a pattern finds files, and a name that looks like one is itself first", async () => {
  assert.deepEqual(await names("logs/*.gz"), [`logs/${early}`, `logs/${late}`]);
  assert.deepEqual(await names("logs/[odd] {name}"), ["logs/[odd] {name}/x.json"]);
});

test("a path where nothing is stops the import before it begins", async () => {
  for (const path of ["nowhere", "logs/*.csv"]) {
    await assert.rejects(findFiles(["logs", path], folder.path), {
      code: "import-path-missing",
      message: `There is nothing at ${path}`,
    });
  }
});

test("a file's version changes with its size and its time", async () => {
  const versionOf = async () => (await findFiles(["logs/a.json"], folder.path)).files[0]?.version;
  const first = await versionOf();
  utimesSync(join(folder.path, "logs", "a.json"), 5, 5);
  const second = await versionOf();
  writeFileSync(join(folder.path, "logs", "a.json"), "longer than before");
  assert.equal(new Set([first, second, await versionOf()]).size, 3);
});
