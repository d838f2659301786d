import assert from "node:assert/strict";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { makeTemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { openThreatsIn } from "./threats.fixture.ts";

const hour = 3_600_000;
const url = "https://lists.example/bad.txt";
const failed = () => {
  throw new Error("It answered with 503");
};

test("a list of a text is kept with its entries, and is there again when the lists are opened anew", async () => {
  using folder = makeTemporaryFolder();
  const { threats, reopen } = await openThreatsIn(folder.path);
  const view = await threats.put({ name: "mine", kind: "addresses", text: "203.0.113.7\nnonsense\n203.0.113.8\n" });
  assert.deepEqual(
    [view.entries, view.refusedCount, view.refused, view.level, view.outcome, view.problem],
    [2, 1, [{ line: 2, reason: "it is no address" }], "medium", "incident", undefined],
  );
  await threats[Symbol.asyncDispose]();
  await using again = await reopen();
  assert.deepEqual(await again.list(), [view]);
  assert.deepEqual((await again.addressFacts("203.0.113.8")).lists, ["mine"]);
  assert.deepEqual((await again.addressFacts("203.0.113.9")).lists, []);
});

test("a list put again has its new entries only, and one that is removed leaves nothing behind", async () => {
  using folder = makeTemporaryFolder();
  const { threats } = await openThreatsIn(folder.path);
  await using _ = threats;
  await threats.put({ name: "mine", kind: "addresses", text: "203.0.113.7" });
  await threats.put({ name: "mine", kind: "addresses", text: "203.0.113.8" });
  assert.deepEqual((await threats.addressFacts("203.0.113.7")).lists, []);
  assert.equal(readdirSync(folder.path).length, 1);
  await threats.remove("mine");
  assert.deepEqual([await threats.list(), readdirSync(folder.path)], [[], []]);
  await assert.rejects(threats.remove("mine"), { code: "threat-list-unknown" });
});

test("what is no list is refused, and says why", async () => {
  using folder = makeTemporaryFolder();
  const { threats } = await openThreatsIn(folder.path);
  await using _ = threats;
  const good = { name: "mine", kind: "addresses", text: "203.0.113.7" } as const;
  const bad = [
    { ...good, name: "../up" },
    { ...good, text: "nonsense" },
    { ...good, text: "" },
    { ...good, url },
    { name: "mine", kind: "addresses" },
    { name: "mine", kind: "addresses", url: "file:///etc/passwd" },
    { name: "mine", kind: "addresses", url, everyMs: 1000 },
    { ...good, expireMs: -1 },
  ] as const;
  for (const ask of bad) await assert.rejects(threats.put(ask), { code: "threat-list-invalid" }, JSON.stringify(ask));
  assert.deepEqual(await threats.list(), []);
});

test("a URL that fails keeps the entries that were there, and says what failed", async () => {
  using folder = makeTemporaryFolder();
  const { threats, asked, answerWith } = await openThreatsIn(folder.path);
  await using _ = threats;
  answerWith(() => ({ kind: "text", text: "203.0.113.7\n", etag: '"1"' }));
  assert.equal((await threats.put({ name: "web", kind: "addresses", url })).entries, 1);
  answerWith(failed);
  const view = await threats.refresh("web");
  assert.deepEqual([view.entries, view.problem], [1, "It answered with 503"]);
  answerWith(() => ({ kind: "text", text: "<html>Please log in</html>", etag: "" }));
  const page = await threats.refresh("web");
  assert.equal(page.entries, 1);
  assert.match(page.problem ?? "", /^Nothing in it is an entry/);
  answerWith(() => ({ kind: "same" }));
  const same = await threats.refresh("web");
  assert.deepEqual([same.entries, same.problem], [1, undefined]);
  assert.deepEqual(
    asked.map(({ etag }) => etag),
    ["", '"1"', '"1"', '"1"'],
  );
});

test("entries that are not told again stay until they expire; without an expiry the last word counts", async () => {
  using folder = makeTemporaryFolder();
  const { threats, clock, answerWith } = await openThreatsIn(folder.path);
  await using _ = threats;
  const listsOf = async (address: string) => (await threats.addressFacts(address)).lists;
  answerWith(() => ({ kind: "text", text: "203.0.113.7\n203.0.113.8\n", etag: "" }));
  await threats.put({ name: "lasting", kind: "addresses", url, expireMs: 10 * hour });
  await threats.put({ name: "latest", kind: "addresses", url });
  clock.advance(6 * hour);
  answerWith(() => ({ kind: "text", text: "203.0.113.8\n", etag: "" }));
  await threats.refresh("lasting");
  await threats.refresh("latest");
  assert.deepEqual(await listsOf("203.0.113.7"), ["lasting"]);
  assert.deepEqual(await listsOf("203.0.113.8"), ["lasting", "latest"]);
  clock.advance(5 * hour);
  assert.deepEqual(await listsOf("203.0.113.7"), []);
  assert.deepEqual(await listsOf("203.0.113.8"), ["lasting", "latest"]);
  clock.advance(20 * hour);
  assert.deepEqual(await listsOf("203.0.113.8"), ["latest"]);
});

test("a list of a URL is fetched at its pace, and sooner after it failed", async () => {
  using folder = makeTemporaryFolder();
  const { threats, clock, asked, answerWith, failures } = await openThreatsIn(folder.path);
  answerWith(() => ({ kind: "text", text: "203.0.113.7\n", etag: "" }));
  await threats.put({ name: "web", kind: "addresses", url, everyMs: 2 * hour });
  await threats.start();
  const passes = async (milliseconds: number) => {
    while (clock.waiting.length === 0) await new Promise(setImmediate);
    clock.advance(milliseconds);
    const before = asked.length;
    // it has looked when it waits again
    do await new Promise(setImmediate);
    while (clock.waiting.length === 0);
    return asked.length - before;
  };
  assert.equal(await passes(hour), 0);
  answerWith(failed);
  assert.equal(await passes(hour), 1);
  assert.equal(await passes(hour / 2), 1);
  answerWith(() => ({ kind: "text", text: "203.0.113.9\n", etag: "" }));
  assert.equal(await passes(hour / 2), 1);
  assert.equal(await passes(hour / 2), 0);
  await threats[Symbol.asyncDispose]();
  assert.deepEqual(failures, []);
});

test("a list whose file is gone says so, and is whole again when it is put again", async () => {
  using folder = makeTemporaryFolder();
  const { threats, reopen } = await openThreatsIn(folder.path);
  await threats.put({ name: "mine", kind: "keys", text: "AKIAIOSFODNN7EXAMPLE" });
  await threats[Symbol.asyncDispose]();
  for (const name of readdirSync(folder.path)) rmSync(join(folder.path, name));
  await using again = await reopen();
  const [view] = await again.list();
  assert.equal(view?.entries, 0);
  assert.match(view?.problem ?? "", /cannot be read/);
  const whole = await again.put({ name: "mine", kind: "keys", text: "AKIAIOSFODNN7EXAMPLE" });
  assert.deepEqual([whole.entries, whole.problem], [1, undefined]);
});
