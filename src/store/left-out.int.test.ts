import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { makeRecord } from "../../test/fixtures/made-record.ts";
import { makeTemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import { type CarefulReader, EventStore, SpoolWriter } from "./index.ts";

const readNothing: CarefulReader = (raw) => ({
  records: [],
  refused: [{ lengthBytes: raw.length, reason: "no-time", message: "No time", excerpt: "" }],
});

for (const wrong of [3, 15_000]) {
  test(`of ${wrong} log files that were cut wrongly nothing is stored, and of the others everything`, async () => {
    using folder = makeTemporaryFolder();
    await using store = await EventStore.open({ directory: join(folder.path, "data"), now: Date.now });
    using spool = makeTemporaryFolder();
    const writer = new SpoolWriter(join(spool.path, "batch.rows"));
    const add = (logFile: bigint, text: string) => {
      const bytes = Buffer.from(text);
      writer.add(logFile, bytes, 0, bytes.length);
    };
    // Their names are as long as they can be, so that all of them would not fit into a statement.
    const guessed = Array.from({ length: wrong + 2 }, (_, index) => 2n ** 63n + BigInt(index));
    for (const [index, logFile] of guessed.entries()) {
      add(logFile, JSON.stringify(makeRecord(index, { eventTime: "2026-11-20T10:00:00Z" })));
      if (index >= 2) add(logFile, '{"this": "was cut wrongly"}');
    }
    add(1n, JSON.stringify(makeRecord(99_999, { eventTime: "2026-11-20T11:00:00Z" })));
    add(1n, '{"no": "time"}');
    writer.close();
    const outcome = await store.write({ path: writer.path, rows: writer.rows, hours: undefined, guessed }, readNothing);
    assert.equal(outcome.wronglyCut.length, wrong);
    assert.deepEqual(
      outcome.refused.map(({ logFile }) => logFile),
      [1n],
    );
    assert.equal((await store.statistics()).events, 3);
    // Nothing is left beside the spool.
    assert.deepEqual((await readdir(spool.path)).toSorted(), ["batch.rows.0", "batch.rows.1"]);
  });
}
