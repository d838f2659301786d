import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { makeZip } from "../../../test/fixtures/archive-files.ts";
import { sharedData, skipWithoutSharedData } from "../../../test/fixtures/shared-data.ts";
import { makeTemporaryFolder, type TemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { DetectError } from "../errors.ts";
import { readPackageFolder, readPackageZip } from "./read-package.ts";
import { dayMs, makeBook, noon, ruleFile } from "./rule-book.fixture.ts";
import type { PackageAsk } from "./rule-book.ts";
import { shippedDirectory } from "./shipped-rules.ts";

let folder: TemporaryFolder;

beforeEach(() => {
  folder = makeTemporaryFolder();
  mkdirSync(join(folder.path, "own"));
  writeFileSync(join(folder.path, "own/rule.yml"), ruleFile("own", "CreateUser"));
});
afterEach(() => folder[Symbol.dispose]());

const ask = (files: Readonly<Record<string, string>>, more: Partial<PackageAsk> = {}): PackageAsk => ({
  name: "sigma",
  origin: "sigma.zip",
  files: Object.entries(files).map(([path, text]) => ({ path, text })),
  isStaged: true,
  ...more,
});
const nothing = { added: 0, changed: 0, same: 0, gone: 0, refused: 0, others: 0 };
const windows = "title: W\nlogsource: {product: windows}\ndetection: {s: {a: b}, condition: s}\n";
const refusedWith = (reason: RegExp) => (error: unknown) =>
  error instanceof DetectError && error.code === "rule-package-invalid" && reason.test(error.message);

test("an import tells what it adds, what it refuses and what is about other logs, and stages what is new", async () => {
  const { book } = makeBook(folder.path);
  const files = {
    "a/one.yml": ruleFile("one", "DeleteTable", "author: Ann\nlicense: DRL 1.1\n"),
    "a/bad.yml": ruleFile("bad", "x").replace("eventName", "eventName|contain"),
    "win.yml": windows,
  };
  const outcome = await book.importPackage(ask(files), false);
  assert.deepEqual(
    { ...outcome, refused: outcome.refused.map(({ path, line }) => `${path}:${line}`) },
    { added: 1, changed: 0, same: 0, gone: 0, refused: ["sigma/a/bad.yml:6"], others: 1 },
  );
  const [row] = await book.packages();
  assert.deepEqual(
    [row?.name, row?.origin, row?.license, row?.author, row?.importedAt],
    [...["sigma", "sigma.zip", "DRL 1.1", "Ann", noon]],
  );
  const rule = await book.get("a/one");
  assert.deepEqual(
    [rule?.origin, rule?.path, rule?.status, rule?.package?.name],
    [...["sigma", "sigma/a/one.yml", "staged", "sigma"]],
  );
  assert.equal(rule?.staged?.until, noon + 7 * dayMs);
  assert.deepEqual((await book.list()).map(({ path }) => path).toSorted(), [
    ...["rules/own/rule.yml", "sigma/a/bad.yml", "sigma/a/one.yml"],
  ]);
});

test("a trial keeps nothing", async () => {
  const { book } = makeBook(folder.path);
  assert.equal((await book.importPackage(ask({ "one.yml": ruleFile("one", "A") }), true)).added, 1);
  assert.deepEqual(await book.packages(), []);
  assert.equal((await book.list()).length, 1);
});

test("a package that is brought up to date keeps what was settled and tuned about its rules", async () => {
  const { book, reopen } = makeBook(folder.path);
  await book.importPackage(ask({ "one.yml": ruleFile("one", "A"), "two.yml": ruleFile("two", "B") }), false);
  await book.settle("one", { status: "off", note: "Not here" });
  await book.settle("two", { severity: "low", status: "on" });
  await book.tune({ name: "t", rules: ["two"], query: "user:mary", reason: "R", until: undefined });
  const next = ask({
    "moved/one.yml": ruleFile("one", "A2"),
    "two.yml": ruleFile("two", "B"),
    "three.yml": ruleFile("three", "C"),
  });
  const { added, changed, same, gone } = await book.importPackage(next, false);
  assert.deepEqual({ added, changed, same, gone }, { added: 1, changed: 1, same: 1, gone: 0 });
  for (const each of [book, reopen()]) {
    const [one, two, three] = await Promise.all(["one", "two", "three"].map((key) => each.get(key)));
    assert.deepEqual([one?.status, one?.note, one?.path], ["off", "Not here", "sigma/moved/one.yml"]);
    assert.deepEqual([two?.status, two?.level, two?.tunings.length], ["on", "low", 1]);
    assert.equal(three?.status, "staged");
  }
});

test("a package that goes takes the settings that nobody touched, and leaves a person's", async () => {
  const { book } = makeBook(folder.path);
  await book.importPackage(ask({ "one.yml": ruleFile("one", "A"), "two.yml": ruleFile("two", "B") }), false);
  await book.settle("one", { note: "Keep" });
  await book.removePackage("sigma");
  const views = await book.list();
  assert.deepEqual(
    views.map(({ key, status, origin }) => [key, status, origin]),
    [
      ["own", "on", "trailwarden"],
      ["one", "staged", ""],
    ],
  );
  await assert.rejects(book.removePackage("sigma"), { code: "rule-item-unknown" });
});

test("one of ours is not replaced by a rule with its id", async () => {
  const { book } = makeBook(folder.path);
  const { refused, added } = await book.importPackage(ask({ "own.yml": ruleFile("own", "Other") }), false);
  assert.equal(added, 0);
  assert.match(refused[0]?.reason ?? "", /that of another rule, in rules\/own\/rule\.yml/);
  assert.equal((await book.get("own"))?.origin, "trailwarden");
});

test("names, paths and sizes that are none are refused", async () => {
  const { book } = makeBook(folder.path);
  const one = ruleFile("one", "A");
  for (const [wrong, reason] of [
    [ask({ "one.yml": one }, { name: "trailwarden" }), /name of a package/],
    [ask({ "one.yml": one }, { name: "A b" }), /name of a package/],
    [ask({}), /1 to 20000 files/],
    [ask({ "../one.yml": one }), /path of its own/],
    [ask({ "/etc/one.yml": one }), /path of its own/],
  ] as const) {
    await assert.rejects(book.importPackage(wrong, true), refusedWith(reason));
  }
});

test("a folder is read with its licence and version, without links and other files", async () => {
  const place = join(folder.path, "sigma");
  mkdirSync(join(place, "rules/cloud"), { recursive: true });
  writeFileSync(join(place, "rules/cloud/one.yml"), "one");
  writeFileSync(join(place, "rules/two.YAML"), "two");
  writeFileSync(join(place, "readme.md"), "# no rule");
  writeFileSync(join(place, "LICENSE"), "\nDetection Rule License (DRL) 1.1\n\nPermission is hereby granted");
  writeFileSync(join(place, "version.txt"), "Release: r2026-08-01\n");
  symlinkSync(join(folder.path, "own/rule.yml"), join(place, "rules/link.yml"));
  assert.deepEqual(await readPackageFolder(place), {
    files: [
      { path: "rules/cloud/one.yml", text: "one" },
      { path: "rules/two.YAML", text: "two" },
    ],
    license: "Detection Rule License (DRL) 1.1",
    version: "Release: r2026-08-01",
  });
});

/** A file of an archive. */
const entry = (name: string, text: string) => ({ name, bytes: Buffer.from(text) });

test("a zip as releases of rules are is read with licence and version, and imported and updated from", async () => {
  const { book } = makeBook(folder.path);
  const release = (version: string, event: string) =>
    makeZip([
      entry("sigma_core/LICENSE.md", "Detection Rule License (DRL) 1.1\n"),
      entry("sigma_core/version.txt", `\nRelease: ${version}\n`),
      entry("sigma_core/README.md", "# Rules"),
      entry("sigma_core/rules/cloud/aws/one.yml", ruleFile("one", event, "author: Ann\n")),
      entry("sigma_core/rules/cloud/aws/two.YAML", ruleFile("two", "DeleteTable")),
      entry("sigma_core/rules/windows/win.yml", windows),
    ]);
  const first = await readPackageZip(release("r2026-08-01", "CreateUser"));
  assert.deepEqual([first.license, first.version], ["Detection Rule License (DRL) 1.1", "Release: r2026-08-01"]);
  assert.deepEqual(
    first.files.map(({ path }) => path),
    ["rules/cloud/aws/one.yml", "rules/cloud/aws/two.YAML", "rules/windows/win.yml"],
  );
  const read = { name: "sigma", origin: "sigma_core.zip", isStaged: true };
  const added = await book.importPackage({ ...read, ...first }, false);
  assert.deepEqual({ ...added, refused: added.refused.length }, { ...nothing, added: 2, others: 1 });
  const second = await readPackageZip(release("r2026-09-01", "CreateLoginProfile"));
  const changed = await book.importPackage({ ...read, ...second }, false);
  assert.deepEqual({ ...changed, refused: changed.refused.length }, { ...nothing, changed: 1, same: 1, others: 1 });
  const [row] = await book.packages();
  assert.deepEqual([row?.version, row?.author, row?.origin], ["Release: r2026-09-01", "Ann", "sigma_core.zip"]);
});

test("names in a zip lead nowhere, and what is said of a file twice counts once", async () => {
  const { files } = await readPackageZip(
    makeZip([
      entry("../../etc/one.yml", "one"),
      entry("/two.yml", "two"),
      entry("a\\..\\three.yml", "three"),
      entry("two.yml", "another two"),
      entry("line\nbreak.yml", "four"),
      entry("folder.yml/", ""),
    ]),
  );
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  for (const path of texts.keys()) {
    assert.doesNotMatch(path, /^\/|(?:^|\/)\.\.(?:\/|$)|\\|\p{Cc}/u);
  }
  assert.deepEqual([texts.get("two.yml"), texts.has("folder.yml")], ["two", false]);
});

test("a zip that would be far more than it seems is refused before it is", async () => {
  // A thousand times smaller when it is packed.
  const blank = entry("rules/blank.yml", " ".repeat(1024 * 1024));
  const bomb = Array.from({ length: 80 }, (_, index) => ({ ...blank, name: `rules/${index}.yml` }));
  const zip = makeZip(bomb);
  assert.ok(zip.length < 200_000, String(zip.length));
  await assert.rejects(readPackageZip(zip), refusedWith(/larger than 64 MiB/));
});

test("a file that is too large for rules is refused like one that is wrong, and its neighbours are kept", async () => {
  const long = "x".repeat(9 * 1024 * 1024);
  const place = join(folder.path, "package");
  mkdirSync(place);
  writeFileSync(join(place, "long.yml"), long);
  writeFileSync(join(place, "one.yml"), ruleFile("one", "DeleteTable"));
  const zip = makeZip([entry("long.yml", long), entry("one.yml", ruleFile("one", "DeleteTable"))]);
  for (const { files } of [await readPackageZip(zip), await readPackageFolder(place)]) {
    const { book } = makeBook(join(folder.path, "own"));
    const { added, refused } = await book.importPackage({ name: "sigma", origin: "", files, isStaged: true }, true);
    assert.deepEqual([added, refused.map(({ path }) => path)], [1, ["sigma/long.yml"]]);
    assert.match(refused[0]?.reason ?? "", /may have 1048576 characters/);
  }
});

test("a zip with a file of rules that is locked or broken is refused: nothing is left out in silence", async () => {
  const rule = entry("rules/one.yml", "one");
  const locked = makeZip([rule, { ...entry("rules/locked.yml", "locked"), isEncrypted: true }]);
  await assert.rejects(readPackageZip(locked), refusedWith(/rules\/locked\.yml: Encrypted with a password/));
  const broken = makeZip([rule, { ...entry("rules/broken.yml", "broken"), crc: 1 }]);
  await assert.rejects(readPackageZip(broken), refusedWith(/checksum/));
  const { files } = await readPackageZip(makeZip([rule, { ...entry("notes.txt", "locked"), isEncrypted: true }]));
  assert.deepEqual(files, [{ path: "rules/one.yml", text: "one" }]);
});

test("what is no zip is refused in words", async () => {
  await assert.rejects(readPackageZip(Buffer.from("no archive at all")), refusedWith(/cannot be read/));
});

test("public rules are imported as they are, beside ours", { skip: skipWithoutSharedData }, async () => {
  const place = join(sharedData, "sigma/rules");
  const files = readdirSync(place).map((path) => ({ path, text: readFileSync(join(place, path), "utf8") }));
  const { book } = makeBook(shippedDirectory);
  const outcome = await book.importPackage({ name: "sigma", origin: "sigma", files, isStaged: true }, false);
  assert.deepEqual([outcome.refused, outcome.others], [[], 0]);
  assert.ok(outcome.added >= 400, String(outcome.added));
  const { rules, refusals, terms } = await book.inForce();
  assert.ok(rules.length > 700);
  assert.deepEqual(refusals, []);
  assert.equal([...terms.values()].filter(({ isStaged }) => isStaged).length, outcome.added);
});
