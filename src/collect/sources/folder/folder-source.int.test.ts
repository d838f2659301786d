import assert from "node:assert/strict";
import { mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { makeLogFile, makeRecord } from "../../../../test/fixtures/made-record.ts";
import { makeTemporaryFolder } from "../../../../test/fixtures/temporary-folder.ts";
import { SteppedClock, systemClock } from "../../../base/clock.ts";
import { openStoredPlace } from "../source-place.fixture.ts";
import { FolderReading } from "./folder-reading.ts";
import { folderSource } from "./folder-source.ts";

const stillMs = 2_000;
const began = Date.UTC(2026, 10, 21);

async function openWatched(folder: string) {
  const clock = new SteppedClock(began);
  const root = join(folder, "watched");
  mkdirSync(root, { recursive: true });
  const place = await openStoredPlace({ clock, folder });
  const reading = new FolderReading(place.context, { root, stillMs });
  const look = async () => {
    clock.advance(stillMs);
    return reading.look();
  };
  const events = async () => (await place.store.statistics()).events;
  return { root, place, look, events, reading, clock, [Symbol.asyncDispose]: () => place[Symbol.asyncDispose]() };
}

function put(path: string, ...numbers: number[]): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, gzipSync(makeLogFile(numbers.map((number) => makeRecord(number)))));
}

test("a file is read when it looked the same twice, and once only", async () => {
  using folder = makeTemporaryFolder();
  await using watched = await openWatched(folder.path);
  const { root, look, events, place } = watched;
  put(join(root, "deep/er/a.json.gz"), 1, 2);
  await look();
  assert.equal(await events(), 0);
  await look();
  await look();
  assert.equal(await events(), 2);
  assert.deepEqual([place.watch.figures.logFiles, place.watch.figures.events], [1, 2]);
});

test("a file that grows is waited for, and read again when it changes later", async () => {
  using folder = makeTemporaryFolder();
  await using watched = await openWatched(folder.path);
  const { root, look, events } = watched;
  const path = join(root, "a.json");
  const whole = makeLogFile([makeRecord(1), makeRecord(2)]);
  for (const share of [0.2, 0.6, 1]) {
    writeFileSync(path, whole.slice(0, whole.length * share));
    await look();
    assert.equal(await events(), 0);
  }
  await look();
  assert.equal(await events(), 2);
  writeFileSync(path, makeLogFile([makeRecord(1), makeRecord(2), makeRecord(3)]));
  await look();
  await look();
  assert.equal(await events(), 3);
});

test("what is deleted or renamed loses nothing and doubles nothing", async () => {
  using folder = makeTemporaryFolder();
  await using watched = await openWatched(folder.path);
  const { root, look, events } = watched;
  put(join(root, "a.json.gz"), 1);
  put(join(root, "b.json.gz"), 2);
  await look();
  await look();
  rmSync(join(root, "a.json.gz"));
  renameSync(join(root, "b.json.gz"), join(root, "c.json.gz"));
  await look();
  await look();
  assert.equal(await events(), 2);
});

test("a link in the folder is not followed, and counted once", async () => {
  using folder = makeTemporaryFolder();
  await using watched = await openWatched(folder.path);
  const { root, look, events, place } = watched;
  const outside = join(folder.path, "outside");
  put(join(outside, "secret.json.gz"), 7);
  symlinkSync(outside, join(root, "out"));
  symlinkSync(join(outside, "secret.json.gz"), join(root, "secret.json.gz"));
  await look();
  await look();
  assert.equal(await events(), 0);
  assert.deepEqual(place.watch.figures.swallowed, { link: 2 });
});

test("a restart reads nothing again of folders that are as they were", async () => {
  using folder = makeTemporaryFolder();
  {
    await using watched = await openWatched(folder.path);
    put(join(watched.root, "old/a.json.gz"), 1);
    put(join(watched.root, "new/b.json.gz"), 2);
    await watched.look();
    await watched.look();
    assert.equal(await watched.events(), 2);
  }
  put(join(folder.path, "watched/new/c.json.gz"), 3);
  await using watched = await openWatched(folder.path);
  await watched.look();
  await watched.look();
  assert.equal(await watched.events(), 3);
  // The changed folder is handed over whole: one file that is known, one that is new.
  assert.equal(watched.place.watch.figures.logFiles, 2);
});

test("a file that holds no records is counted once, and its neighbours are read", async () => {
  using folder = makeTemporaryFolder();
  await using watched = await openWatched(folder.path);
  const { root, look, events, place } = watched;
  put(join(root, "a.json.gz"), 1);
  writeFileSync(join(root, "picture.png"), "\x89PNG\r\n\x1a\n", "latin1");
  for (let turn = 0; turn < 4; turn++) await look();
  assert.equal(await events(), 1);
  assert.deepEqual(place.watch.figures.swallowed, { skipped: 1 });
});

test("a large file is read where it lies, and stays there", async () => {
  using folder = makeTemporaryFolder();
  await using watched = await openWatched(folder.path);
  const { root, look, events } = watched;
  const path = join(root, "large.json");
  const records = Array.from({ length: 6_000 }, (_, number) => makeRecord(number));
  writeFileSync(path, makeLogFile(records));
  utimesSync(path, 1_700_000_000, 1_700_000_000);
  await look();
  await look();
  assert.equal(await events(), 6_000);
  rmSync(path);
});

test("a folder that is not there is said so, and is read when it comes", async () => {
  using folder = makeTemporaryFolder();
  await using watched = await openWatched(folder.path);
  const { root, look, events, place } = watched;
  rmSync(root, { recursive: true });
  await look();
  assert.equal(place.watch.troubles[0]?.code, "folder-missing");
  put(join(root, "a.json.gz"), 1);
  await look();
  await look();
  assert.deepEqual([place.watch.troubles, await events()], [[], 1]);
});

test("the source reads what comes while it runs, soon after it came", async () => {
  using folder = makeTemporaryFolder();
  const root = join(folder.path, "watched");
  mkdirSync(root);
  await using place = await openStoredPlace({ clock: systemClock, folder: folder.path });
  const settings = folderSource.settings.parse({ path: root, everySeconds: 1 });
  const running = folderSource.run(settings, place.context);
  put(join(root, "a.json.gz"), 1, 2, 3);
  const until = Date.now() + 20_000;
  while (place.watch.figures.events < 3 && Date.now() < until) {
    await systemClock.waitUntil(Date.now() + 50);
  }
  place.stopping.abort();
  await assert.rejects(running);
  assert.equal(place.watch.figures.events, 3);
});

test("a check says whether the folder can be read and how much is in it", async () => {
  using folder = makeTemporaryFolder();
  await using watched = await openWatched(folder.path);
  put(join(watched.root, "a.json.gz"), 1);
  const check = async (path: string) =>
    Array.fromAsync(
      folderSource.check(folderSource.settings.parse({ path }), watched.place.context),
      ({ code, sentence }) => `${code}: ${sentence}`,
    );
  assert.deepEqual(await check(watched.root), [`ok: The folder ${watched.root} can be read`, "ok: It holds 1 file"]);
  assert.deepEqual(await check(join(watched.root, "nowhere")), [
    `folder-missing: The folder ${watched.root}/nowhere cannot be read (ENOENT)`,
  ]);
});
