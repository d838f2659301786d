import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeRecord } from "../../test/fixtures/made-record.ts";
import { makeTemporaryFolder, type TemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import { EventStore, SpoolWriter, type Batch, type CarefulReader, type LogFile } from "./index.ts";

let folder: TemporaryFolder;
let store: EventStore;

const now = () => Date.UTC(2026, 10, 20, 12);
const everything = { predicate: { kind: "all" }, order: "oldest" } as const;

before(async () => {
  folder = makeTemporaryFolder();
  store = await EventStore.open({ directory: folder.path, now });
});
after(async () => {
  await store[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const refuseAll: CarefulReader = (raw) => ({
  records: [],
  refused: [{ lengthBytes: raw.length, reason: "no-time", message: "No time", excerpt: "" }],
});

function spool(name: string, logFile: bigint, texts: readonly string[]): Batch {
  const writer = new SpoolWriter(join(folder.path, `${name}.rows`));
  for (const text of texts) writer.add(logFile, Buffer.from(text), 0, Buffer.byteLength(text));
  writer.close();
  return { path: writer.path, rows: writer.rows, hours: undefined };
}

function logFile(id: bigint, records: number, rejected = 0): LogFile {
  const name = `/logs/${id}.json`;
  return {
    id,
    source: "test",
    name,
    version: "1",
    kind: "records",
    sizeBytes: 1,
    sha256: "00".repeat(32),
    records,
    rejected,
    dropped: 0,
    deliveredAt: undefined,
    readAt: now(),
    note: "",
    gzipMembers: 1,
    bytesBehind: 0,
  };
}

/** Spread over three months, so that one insert makes three parts. */
function texts(from: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    JSON.stringify(
      makeRecord(from + index, {
        eventTime: new Date(Date.UTC(2026, index % 3, 5, 1, 2, index % 60)).toISOString(),
      }),
    ),
  );
}

async function storedTexts(): Promise<string[]> {
  const records = await Array.fromAsync(store.streamRaw(everything));
  return records.map(String).toSorted();
}

test("an insert that was torn is completed by doing it again", async () => {
  const all = texts(0, 100);
  await store.write(
    spool(
      "torn",
      1n,
      all.filter((_, index) => index % 3 !== 1),
    ),
    refuseAll,
  );
  const batch = spool("whole", 1n, all);
  await store.write(batch, refuseAll);
  assert.deepEqual(await storedTexts(), all.toSorted());
  const [file] = await store.acknowledge([logFile(1n, 100)], []);
  assert.deepEqual([file?.stored, file?.duplicates], [100, 0]);
  await store.write(batch, refuseAll);
  const [again] = await store.acknowledge([logFile(1n, 100)], []);
  assert.deepEqual([again?.stored, again?.duplicates], [100, 0]);
  assert.deepEqual(await storedTexts(), all.toSorted());
});

test("among more events than are held in memory a batch's repeated ones are found all the same", async () => {
  const few = { knownMax: 3 };
  await store.write(spool("many-1", 41n, texts(4_000, 9)), refuseAll);
  // Known ones, one twice, one without an id, new ones, and one that cannot be read, for which all hours are looked in.
  const nameless = JSON.stringify({ ...(JSON.parse(texts(4_100, 1)[0] ?? "") as object), eventID: undefined });
  const again = [...texts(4_005, 8), ...texts(4_012, 1), nameless, nameless, '{"eventName":"Timeless"}'];
  const count = async () => (await store.countMatches({ predicates: [everything.predicate] }))[0]?.count ?? 0;
  const before = await count();
  const { refused } = await store.write(spool("many-2", 42n, again), refuseAll, few);
  assert.deepEqual([(await count()) - before, refused.length], [5, 1]);
  await store.write(spool("many-3", 43n, again.slice(0, -1)), refuseAll, few);
  assert.equal((await count()) - before, 5);
});

test("a wrong guess at a batch's hours costs time and nothing else", async () => {
  const all = texts(1_000, 30);
  const batch = spool("hours", 2n, all);
  const before = (await store.statistics()).events;
  await store.write({ ...batch, hours: [Date.UTC(2020, 0, 1)] }, refuseAll);
  await store.write({ ...batch, hours: [Date.UTC(2026, 0, 5, 1)] }, refuseAll);
  await store.write({ ...batch, hours: [0, 1, 2].map((month) => Date.UTC(2026, month, 5, 1)) }, refuseAll);
  assert.equal((await store.statistics()).events, before + 30);
});

test("what the engine cannot read is handed to the careful reader, and only that", async () => {
  const good = texts(2_000, 5);
  const bad = ['{"eventTime":"never"}', '{"a":"raw\u0001"}', "no JSON at all", ""];
  const seen: string[] = [];
  const outcome = await store.write(spool("mixed", 3n, [...good.slice(0, 2), ...bad, ...good.slice(2)]), (raw) => {
    seen.push(Buffer.from(raw).toString());
    return refuseAll(raw);
  });
  assert.deepEqual(seen.toSorted(), bad.toSorted());
  assert.equal(outcome.refused.length, bad.length);
  assert.ok(outcome.refused.every((record) => record.logFile === 3n));
  const [file] = await store.acknowledge([logFile(3n, 9, 4)], []);
  assert.deepEqual([file?.records, file?.stored, file?.rejected, file?.duplicates], [9, 5, 4, 0]);
});

test("an acknowledged file is known by its name and version until it changes", async () => {
  assert.deepEqual((await store.seenVersions("test")).get("/logs/1.json"), "1");
  await store.acknowledge([{ ...logFile(1n, 100), version: "2", readAt: now() + 1 }], []);
  const seen = await store.seenVersions("test");
  assert.equal(seen.get("/logs/1.json"), "2");
  assert.deepEqual(await store.seenVersions("elsewhere"), new Map());
});

test("names and notes of files are text, whatever they hold", async () => {
  const name = `it's \\ "quoted"\n\u0000\u001b[31m; DROP TABLE trailwarden.events; -- 🦆`;
  await store.acknowledge([{ ...logFile(77n, 0), name, note: name, kind: "skipped" }], []);
  assert.equal((await store.seenVersions("test")).get(name), "1");
  assert.equal((await store.logFile("77"))?.note, name);
  assert.equal(await store.logFile("77 OR 1"), undefined);
  assert.equal((await store.event("' OR 1 = 1 --")).length, 0);
});

test("log files are marked as read, and asked for again, however many there are at once", async () => {
  // Ids are hashes: most have twenty digits.
  const first = 2n ** 64n - 30_000n;
  const files = Array.from({ length: 20_000 }, (_, index) => ({
    ...logFile(first + BigInt(index), 1),
    note: `note ${index}`,
  }));
  const stored = await store.acknowledge(files, []);
  assert.deepEqual([stored.length, stored[0]?.duplicates, stored.at(-1)?.stored], [20_000, 1, 0]);
  const known = await store.knownLogFiles([...files.map(({ id }) => id), first - 1n]);
  assert.equal(known.size, 20_000);
  assert.equal(known.get(first + 19_999n)?.note, "note 19999");
});

test("a second store on the same folder is refused while the first is open", async () => {
  await assert.rejects(EventStore.open({ directory: folder.path, now }), {
    code: "store-in-use",
    message: "Another Trailwarden process is using this data folder",
  });
});

test("a store left by a newer program is refused, and keeps what it holds", async () => {
  const directory = join(folder.path, "newer");
  const newer = await EventStore.open({ directory, now });
  await newer.setSetting("schema-version", "99");
  await newer[Symbol.asyncDispose]();
  await assert.rejects(EventStore.open({ directory, now: () => now() + 1 }), {
    code: "store-newer",
    message: /schema 99/,
  });
});

test("what was stored is there after closing and opening again", async () => {
  const before = await storedTexts();
  await store[Symbol.asyncDispose]();
  store = await EventStore.open({ directory: folder.path, now });
  assert.deepEqual(await storedTexts(), before);
});

test("when the engine dies, the store says so at once and goes on with another, whole", async () => {
  const before = await storedTexts();
  const asked = Array.fromAsync({ length: 1_000 }, () => store.statistics());
  process.kill(store.engineProcessId ?? 0, "SIGKILL");
  await assert.rejects(asked, { code: "store-unavailable", help: /^Ask again in a moment/ });
  assert.deepEqual(await storedTexts(), before);
  await store.write(spool("after", 9n, texts(9_000, 3)), refuseAll);
  assert.equal((await storedTexts()).length, before.length + 3);
});
