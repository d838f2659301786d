import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { importFiles } from "../collect/index.ts";
import { makeLogFile, makeRecord } from "../../test/fixtures/made-record.ts";
import { makeTemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import { EventStore } from "./index.ts";

const day = 86_400_000;

test("a page that takes long is given as far as it is, and asked on for nothing is missing", async () => {
  using folder = makeTemporaryFolder();
  // Each look at the clock finds a second gone by: every window takes long.
  let now = Date.UTC(2026, 10, 21);
  await using store = await EventStore.open({
    directory: folder.path,
    now: () => (now += 1000),
    firstLookEvents: 1,
  });
  const records = Array.from({ length: 40 }, (_, number) => {
    const eventTime = new Date(Date.UTC(2026, 0, 1) + number * day).toISOString().replace(".000Z", "Z");
    return makeRecord(number, { eventTime });
  });
  writeFileSync(join(folder.path, "log.json"), makeLogFile(records));
  await importFiles(
    { paths: [join(folder.path, "log.json")], workingDirectory: folder.path },
    { store, now: () => now },
  );
  for (const order of ["newest", "oldest"] as const) {
    const times: number[] = [];
    let [after, pages] = [undefined as Awaited<ReturnType<typeof store.page>>["reached"], 0];
    do {
      const page = await store.page({ predicate: { kind: "all" }, order, limit: 100, after });
      times.push(...page.rows.map(({ time }) => time));
      after = page.reached;
      pages++;
    } while (after !== undefined);
    assert.ok(pages > 5, order);
    const expected = records.map(({ eventTime }) => Date.parse(String(eventTime)));
    assert.deepEqual(times, order === "oldest" ? expected : expected.toReversed(), order);
  }
});
