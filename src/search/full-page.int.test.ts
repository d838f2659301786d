import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { makeEventId, makeRecord } from "../../test/fixtures/made-record.ts";
import { makeTemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import { EventStore, SpoolWriter } from "../store/index.ts";
import { Search } from "./search.ts";

const dayMs = 86_400_000;
const start = Date.UTC(2025, 0, 1);
const days = 40;

test("who waits for a full page gets it, however long the looks take", async () => {
  using folder = makeTemporaryFolder();
  let at = start + days * dayMs;
  // Every look takes so long that a page is given as far as it is.
  const now = () => (at += 10_000);
  await using store = await EventStore.open({ directory: join(folder.path, "data"), now, firstLookEvents: 1 });
  const writer = new SpoolWriter(join(folder.path, "batch.rows"));
  for (let day = 0; day < days; day++) {
    const eventTime = new Date(start + day * dayMs).toISOString();
    const text = JSON.stringify(makeRecord(day, { eventTime, eventName: day < 3 ? "CreateUser" : "ListUsers" }));
    writer.add(1n, Buffer.from(text), 0, Buffer.byteLength(text));
  }
  writer.close();
  await store.write({ path: writer.path, rows: writer.rows, hours: undefined }, () => ({ records: [], refused: [] }));
  const search = new Search(store, now);
  const question = { query: "eventName:CreateUser", order: "newest", limit: 2 } as const;
  const cut = await search.page(question);
  assert.deepEqual([cut.events.length, cut.searchedTo === null], [0, false]);
  const ids = (await search.fullPage(question)).events.map(({ id }) => id);
  assert.deepEqual(ids, [2, 1].map(makeEventId));
  const all = await search.fullPage({ ...question, limit: 9 });
  assert.deepEqual([all.events.length, all.cursor, all.searchedTo], [3, null, null]);
});
