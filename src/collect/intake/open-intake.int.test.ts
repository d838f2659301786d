import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { makeLogFile, makeRecord } from "../../../test/fixtures/made-record.ts";
import { makeTemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { EventStore } from "../../store/index.ts";
import type { FetchedFile, Intake } from "./intake.ts";
import { openIntake } from "./open-intake.ts";

const digest = JSON.stringify({
  awsAccountId: "111122223333",
  digestEndTime: "2026-01-02T04:00:00Z",
  digestS3Object: "AWSLogs/1.json.gz",
  logFiles: [],
});

interface Place extends AsyncDisposable {
  readonly folder: string;
  readonly store: EventStore;
  readonly intake: Intake;
}

async function openPlace(): Promise<Place> {
  const stack = new AsyncDisposableStack();
  const folder = stack.use(makeTemporaryFolder()).path;
  const store = stack.use(await EventStore.open({ directory: join(folder, "data"), now: Date.now }));
  const intake = stack.use(openIntake({ store, now: Date.now }));
  return { folder, store, intake, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

function logFile(number: number, records: readonly number[] = [number * 2, number * 2 + 1]): FetchedFile {
  const text = makeLogFile(records.map((record) => makeRecord(record)));
  return {
    name: `s3://logs/${number}.json.gz`,
    version: "1",
    source: "test",
    lane: "111122223333",
    content: { bytes: gzipSync(text) },
  };
}

test("files that come at once are stored together, and each hears what became of it", async () => {
  await using place = await openPlace();
  const outcomes = await Promise.all(Array.from({ length: 300 }, (_, number) => place.intake.take(logFile(number))));
  for (const outcome of outcomes) {
    assert.deepEqual([outcome.kind, outcome.records, outcome.stored, outcome.duplicates], ["records", 2, 2, 0]);
  }
  assert.equal(outcomes[7]?.lastEventAt, Date.UTC(2026, 0, 2, 3, 4, 5) + 15_000);
  const statistics = await place.store.statistics();
  assert.deepEqual([statistics.events, statistics.logFiles], [600, 300]);
});

test("the same file brings nothing, whether it comes at the same time, later, or after a restart", async () => {
  using folder = makeTemporaryFolder();
  const directory = join(folder.path, "data");
  {
    await using store = await EventStore.open({ directory, now: Date.now });
    await using intake = openIntake({ store, now: Date.now });
    const both = await Promise.all([intake.take(logFile(1)), intake.take({ ...logFile(1), source: "other" })]);
    assert.deepEqual(
      both.map(({ stored, duplicates }) => [stored, duplicates]),
      [
        [2, 0],
        [0, 2],
      ],
    );
    const later = await intake.take(logFile(1));
    assert.deepEqual([later.records, later.stored, later.duplicates], [2, 0, 2]);
  }
  await using store = await EventStore.open({ directory, now: Date.now });
  await using intake = openIntake({ store, now: Date.now });
  const again = await intake.take({ ...logFile(1), source: "other" });
  assert.deepEqual([again.kind, again.stored, again.duplicates], ["records", 0, 2]);
  const { events, logFiles } = await store.statistics();
  assert.deepEqual([events, logFiles], [2, 1]);
});

test("a file on disk is removed when it is stored, and one that is lent stays", async () => {
  await using place = await openPlace();
  const text = makeLogFile([makeRecord(1)]);
  const [own, lent] = [join(place.folder, "own"), join(place.folder, "lent")];
  for (const path of [own, lent]) await writeFile(path, text);
  const file = { version: "1", source: "test", lane: "a" };
  const sizeBytes = text.length;
  await place.intake.take({ ...file, name: "own", content: { path: own, sizeBytes } });
  await place.intake.take({ ...file, name: "lent", content: { path: lent, sizeBytes, isLent: true } });
  assert.deepEqual([existsSync(own), existsSync(lent)], [false, true]);
});

test("what holds no records is listed with the reason, and its neighbours are stored", async () => {
  await using place = await openPlace();
  const odd = (name: string, bytes: Buffer): FetchedFile => ({ ...logFile(0), name, content: { bytes } });
  const [good, empty, picture, proof, broken] = await Promise.all([
    place.intake.take(logFile(1)),
    place.intake.take(odd("empty", Buffer.alloc(0))),
    place.intake.take(odd("picture", Buffer.from("\x89PNG\r\n\x1a\n", "latin1"))),
    place.intake.take(odd("digest", gzipSync(digest))),
    place.intake.take(odd("broken", gzipSync(makeLogFile([makeRecord(5), makeRecord(6)])).subarray(0, 200))),
  ]);
  assert.equal(good?.stored, 2);
  assert.deepEqual([empty?.kind, empty?.note], ["skipped", "The file is empty"]);
  assert.match(picture?.note ?? "", /a picture/);
  assert.equal(proof?.kind, "digest");
  assert.match(broken?.note ?? "", /ends too early|cut off|end/i);
});

test("a file that vanished before it was read is told to who brought it, and costs nothing else", async () => {
  await using place = await openPlace();
  const gone: FetchedFile = {
    ...logFile(0),
    name: "gone",
    content: { path: join(place.folder, "gone"), sizeBytes: 9 },
  };
  const [good, bad] = await Promise.allSettled([place.intake.take(logFile(1)), place.intake.take(gone)]);
  assert.equal(good.status, "fulfilled");
  assert.ok(bad.status === "rejected");
  assert.equal((bad.reason as { code: string }).code, "file-unread");
  assert.deepEqual(await place.store.knownLogFiles([]), new Map());
});

test("a store that cannot write refuses all files of the round, and takes them when it can again", async () => {
  await using place = await openPlace();
  const { store } = place;
  let isBroken = true;
  const faulty = new Proxy(store, {
    get(target, name) {
      const value = Reflect.get(target, name, target) as unknown;
      if (name === "write" && isBroken) return () => Promise.reject(new Error("the disk is full"));
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
  await using intake = openIntake({ store: faulty, now: Date.now });
  const first = await Promise.allSettled([1, 2, 3].map((number) => intake.take(logFile(number))));
  assert.deepEqual(
    first.map(({ status }) => status),
    ["rejected", "rejected", "rejected"],
  );
  assert.equal((await store.statistics()).logFiles, 0);
  isBroken = false;
  const second = await Promise.all([1, 2, 3].map((number) => intake.take(logFile(number))));
  assert.deepEqual(
    second.map(({ stored }) => stored),
    [2, 2, 2],
  );
});

test("who stops while files are on their way either has them stored or hears that they are not", async () => {
  await using place = await openPlace();
  await using intake = openIntake({ store: place.store, now: Date.now });
  const taken = Array.from({ length: 50 }, (_, number) => intake.take(logFile(number)));
  const settled = Promise.allSettled(taken);
  await intake[Symbol.asyncDispose]();
  const stored = (await settled).filter(({ status }) => status === "fulfilled").length;
  assert.equal((await place.store.statistics()).logFiles, stored);
  await assert.rejects(intake.take(logFile(99)), { name: "AbortError" });
});
