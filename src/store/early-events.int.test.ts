import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeEventId, makeRecord } from "../../test/fixtures/made-record.ts";
import { makeTemporaryFolder, type TemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import type { Predicate } from "../predicate/index.ts";
import {
  EventStore,
  SpoolWriter,
  type Batch,
  type CarefulReader,
  type EarlyKind,
  type LogFile,
  type UnreconciledRequest,
} from "./index.ts";

const hour = 3_600_000;
const began = Date.UTC(2026, 10, 20, 10);
const now = () => began + 12 * hour;
const later = { olderThan: began + 24 * hour };
const readNothing: CarefulReader = (raw) => ({
  records: [],
  refused: [{ lengthBytes: raw.length, reason: "no-time", message: "No time", excerpt: "" }],
});

interface Part {
  readonly logFile: bigint;
  readonly numbers: readonly number[];
  readonly early?: EarlyKind;
}

/** Event `n` happens `n` minutes after ten. */
const textOf = (number: number, fields: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify(makeRecord(number, { eventTime: new Date(began + number * 60_000).toISOString(), ...fields }));

let batches = 0;

/** A store of its own. */
async function openPlace(folder: string) {
  const store = await EventStore.open({ directory: join(folder, "data"), now });
  return { store, ...placeIn(store, folder, account), [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() };
}

/** What a test does in a store with the events of one account, and log files whose numbers come behind another. */
function placeIn(store: EventStore, folder: string, own: string, firstFile = 0n) {
  const batchOf = (parts: readonly Part[], hours?: Batch["hours"]): Batch => {
    const writer = new SpoolWriter(join(folder, `batch-${batches++}.rows`));
    for (const { logFile, numbers } of parts) {
      for (const number of numbers) {
        const text = Buffer.from(textOf(number, { recipientAccountId: own }));
        writer.add(firstFile + logFile, text, 0, text.length);
      }
    }
    writer.close();
    const early = parts.flatMap(({ logFile, early: kind }) =>
      kind === undefined ? [] : [{ logFile: firstFile + logFile, kind }],
    );
    return { path: writer.path, rows: writer.rows, hours, early };
  };
  const acknowledge = (parts: readonly Part[]) =>
    store.acknowledge(
      parts.map((part) => logFileOf({ ...part, logFile: firstFile + part.logFile })),
      [],
    );
  return {
    batchOf,
    write: (batch: Batch) => store.write(batch, readNothing),
    acknowledge,
    /** Batch and files, as a reading does it. */
    async bring(...parts: Part[]) {
      await store.write(batchOf(parts), readNothing);
      return acknowledge(parts);
    },
    /** The log file that an event is shown with, and what brought it first where that is another. */
    async shown(number: number) {
      const all = await store.event(makeEventId(number));
      const events = all.filter(({ event }) => event.account === own);
      assert.equal(events.length, 1);
      const files = [events[0]?.event.logFile, events[0]?.seenFirstIn];
      return files.map((file) => (file === undefined ? undefined : String(BigInt(file) - firstFile)));
    },
    async eventCount() {
      const predicate: Predicate = {
        kind: "field",
        path: ["recipientAccountId"],
        test: { op: "equals", values: [own], cased: true },
      };
      return (await Array.fromAsync(store.streamRaw({ predicate, order: "oldest" }))).length;
    },
    async open(request: UnreconciledRequest = later) {
      const rows = await store.unreconciled(request);
      return rows
        .filter((row) => row.account === own)
        .map((row) => [account, row.region, (row.hour - began) / hour, row.events]);
    },
  };
}

function logFileOf({ logFile: id, numbers, early }: Part): LogFile {
  return {
    id,
    source: "test",
    name: early === undefined ? `s3://logs/${id}.json.gz` : `${early}://${id}`,
    version: "1",
    kind: "records",
    sizeBytes: 1,
    sha256: "00".repeat(32),
    records: numbers.length,
    rejected: 0,
    dropped: 0,
    deliveredAt: undefined,
    readAt: now(),
    note: "",
    gzipMembers: 1,
    bytesBehind: 0,
  };
}

const account = "111122223333";
const region = "eu-central-1";

/** One store for all tests that neither kill nor close it. */
let shared: EventStore;
let sharedFolder: TemporaryFolder;
before(async () => {
  sharedFolder = makeTemporaryFolder();
  shared = await EventStore.open({ directory: join(sharedFolder.path, "data"), now });
});
after(async () => {
  await shared[Symbol.asyncDispose]();
  sharedFolder[Symbol.dispose]();
});

let tests = 0;

/** The shared store with an account and numbers of log files that no other test has; its account is told as ours. */
function ownPlace() {
  tests++;
  return placeIn(shared, sharedFolder.path, String(111_122_223_333 + tests), 1_000n * BigInt(tests));
}

test("an event from the bus stays one event and is shown with its log file when that has come", async () => {
  const place = ownPlace();
  await place.bring({ logFile: 1n, numbers: [1, 2, 3], early: "events" });
  assert.deepEqual(await place.shown(1), ["1", undefined]);
  const [file] = await place.bring({ logFile: 7n, numbers: [1, 2, 50] });
  assert.deepEqual([file?.stored, file?.duplicates], [1, 2]);
  assert.equal(await place.eventCount(), 4);
  assert.deepEqual(await place.shown(1), ["7", "1"]);
  assert.deepEqual(await place.shown(3), ["1", undefined]);
  assert.deepEqual(await place.shown(50), ["7", undefined]);
});

test("events that no log file has brought are counted by account, region and hour, the newest hour first", async () => {
  const place = ownPlace();
  assert.deepEqual(await place.open(), []);
  await place.bring({ logFile: 1n, numbers: [1, 2, 61, 62, 63, 121], early: "events" });
  await place.bring({ logFile: 7n, numbers: [2, 62, 200] });
  assert.deepEqual(await place.open(), [
    [account, region, 2, 1],
    [account, region, 1, 2],
    [account, region, 0, 1],
  ]);
  assert.deepEqual(await place.open({ olderThan: began + hour }), [[account, region, 0, 1]]);
  await place.bring({ logFile: 8n, numbers: [1, 61, 63, 121] });
  assert.deepEqual(await place.open(), []);
});

test("what was looked up or posted is matched too, and is no sign of a missing file unless asked for", async () => {
  const place = ownPlace();
  await place.bring({ logFile: 1n, numbers: [1, 2], early: "lookup" });
  await place.bring({ logFile: 2n, numbers: [3], early: "push" });
  await place.bring({ logFile: 7n, numbers: [1, 3] });
  assert.deepEqual(await place.shown(1), ["7", "1"]);
  assert.deepEqual(await place.shown(3), ["7", "2"]);
  assert.deepEqual(await place.open(), []);
  assert.deepEqual(await place.open({ ...later, kinds: ["lookup"] }), [[account, region, 0, 1]]);
});

test("a log file that came first, and another early copy, change nothing", async () => {
  const place = ownPlace();
  await place.bring({ logFile: 7n, numbers: [1, 2] });
  await place.bring({ logFile: 1n, numbers: [2, 3], early: "events" });
  await place.bring({ logFile: 2n, numbers: [1, 2, 3], early: "lookup" });
  assert.deepEqual(await place.shown(2), ["7", undefined]);
  assert.deepEqual(await place.shown(3), ["1", undefined]);
  assert.deepEqual(await place.open(), [[account, region, 0, 1]]);
});

test("both copies in one batch are matched with each other, whichever stands first", async () => {
  const place = ownPlace();
  await place.bring({ logFile: 1n, numbers: [1, 2], early: "events" }, { logFile: 7n, numbers: [2, 3] });
  await place.bring({ logFile: 8n, numbers: [62, 63] }, { logFile: 2n, numbers: [61, 62], early: "events" });
  assert.equal((await place.shown(2))[0], "7");
  assert.equal((await place.shown(62))[0], "8");
  assert.deepEqual(await place.open(), [
    [account, region, 1, 1],
    [account, region, 0, 1],
  ]);
});

test("an insert that was torn, or done twice, is the same as one", async () => {
  using folder = makeTemporaryFolder();
  const early = { logFile: 1n, numbers: [1, 2, 3], early: "events" } as const;
  const file = { logFile: 7n, numbers: [1, 2, 4] };
  {
    // Killed before the files were acknowledged.
    await using place = await openPlace(folder.path);
    await place.write(place.batchOf([early]));
    await place.write(place.batchOf([file]));
  }
  {
    await using place = await openPlace(folder.path);
    assert.deepEqual(await place.shown(1), ["7", "1"]);
    await place.bring(early);
    await place.bring(file);
    await place.bring(file);
    assert.deepEqual(await place.shown(1), ["7", "1"]);
    assert.deepEqual(await place.shown(4), ["7", undefined]);
    assert.deepEqual(await place.open(), [[account, region, 0, 1]]);
    assert.equal((await place.store.statistics()).events, 4);
  }
});

test("events of a file that was stored before its sightings were noted are matched when it is read again", async () => {
  using folder = makeTemporaryFolder();
  await using place = await openPlace(folder.path);
  await place.bring({ logFile: 1n, numbers: [1, 2], early: "events" });
  // The engine goes between the two statements.
  const batch = place.batchOf([{ logFile: 7n, numbers: [2, 3] }]);
  process.kill(place.store.engineProcessId ?? 0, "SIGKILL");
  await assert.rejects(place.write(batch));
  await place.bring({ logFile: 7n, numbers: [2, 3] });
  assert.deepEqual(await place.shown(2), ["7", "1"]);
  assert.deepEqual(await place.open(), [[account, region, 0, 1]]);
});

test("hours that were guessed, rightly or wrongly, make no difference", async () => {
  const place = ownPlace();
  for (const [turn, guess] of [[0], [0, 1], [-50]].entries()) {
    // Each turn in hours of its own, so that no other is known before it.
    const first = 10 * turn;
    const numbers = [60 * first + 1, 60 * first + 61] as const;
    const hours = guess.map((at) => began + (first + at) * hour);
    await place.write(place.batchOf([{ logFile: BigInt(turn + 1), numbers, early: "events" }], hours));
    await place.write(place.batchOf([{ logFile: BigInt(turn + 7), numbers: [numbers[1]] }], hours));
    assert.deepEqual(await place.shown(numbers[1]), [String(turn + 7), String(turn + 1)]);
    assert.deepEqual((await place.open())[0], [account, region, first, 1]);
  }
  assert.equal((await place.open()).length, 3);
});

test("the same id in another account is another event", async () => {
  using folder = makeTemporaryFolder();
  await using place = await openPlace(folder.path);
  await place.bring({ logFile: 1n, numbers: [1], early: "events" });
  const writer = new SpoolWriter(join(folder.path, "other.rows"));
  const text = Buffer.from(textOf(1, { recipientAccountId: "444455556666" }));
  writer.add(7n, text, 0, text.length);
  writer.close();
  await place.write({ path: writer.path, rows: 1, hours: undefined });
  const events = await place.store.event(makeEventId(1));
  assert.deepEqual(
    events.map(({ event, seenFirstIn }) => [event.account, event.logFile, seenFirstIn]),
    [
      [account, "1", undefined],
      ["444455556666", "7", undefined],
    ],
  );
  assert.deepEqual(await place.open(), [[account, region, 0, 1]]);
});

test("more files and hours than a statement can name make no difference", async () => {
  using folder = makeTemporaryFolder();
  await using place = await openPlace(folder.path);
  // Twenty months, in which an event came early about every hour, each in a file of its own. A statement may be a quarter
  // of a mebibyte long: 13,000 such numbers are longer.
  const count = 13_000;
  const firstFile = 10n ** 18n;
  const files = Array.from({ length: count }, (_, index) => ({
    ...{ logFile: firstFile + BigInt(index), numbers: [-70 * index], early: "events" as const },
  }));
  await place.bring(...files);
  await place.bring({ logFile: 7n, numbers: files.slice(1).map(({ numbers }) => numbers[0] ?? 0) });
  assert.equal((await place.store.statistics()).events, count);
  assert.deepEqual(await place.open(), [[account, region, 0, 1]]);
  assert.deepEqual(await place.shown(-70), ["7", String(firstFile + 1n)]);
});
