import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { makeLogFile, makeRecord } from "../../../test/fixtures/made-record.ts";
import { makeTemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { openState } from "../../state/index.ts";
import { EventStore } from "../../store/index.ts";
import { openIntake } from "../intake/open-intake.ts";
import { ledgerObject } from "../sources/object-taker.ts";
import { recoverLedger } from "./recover-ledger.ts";

test("what the store has read and the ledger forgot is in it again, as read; what waits goes on waiting", async () => {
  using folder = makeTemporaryFolder();
  const directory = join(folder.path, "data");
  await using store = await EventStore.open({ directory, now: Date.now });
  await using state = await openState({ directory });
  await using intake = openIntake({ store, now: Date.now });
  const key = (number: number) =>
    `AWSLogs/111122223333/CloudTrail/eu-central-1/2026/01/02/111122223333_CloudTrail_eu-central-1_20260102T0310Z_${number}.json.gz`;
  const take = (name: string, number: number) =>
    intake.take({
      name,
      version: "etag",
      source: "main",
      lane: "a",
      content: { bytes: gzipSync(makeLogFile([makeRecord(number)])) },
    });
  for (const number of [1, 2, 3]) await take(`s3://logs/${key(number)}`, number);
  await take("push://main/4", 4);
  const { ledger } = state;
  const object = (number: number) => ledgerObject({ bucket: "logs", key: key(number) }, "main", 0);
  await ledger.note("noticed", [object(1), object(2), object(9)], 5);
  await ledger.markRead([{ name: object(1).name, records: 1, version: "etag" }], 6);

  assert.equal(await recoverLedger(store, state, 7), 2);
  const totals = await ledger.totals({});
  assert.deepEqual([totals.known, totals.read, totals.waiting], [4, 3, 1]);
  const [third] = await ledger.entries([object(3).name]);
  assert.deepEqual([third?.state, third?.records, third?.accountId], ["read", 1, "111122223333"]);
  assert.equal(await recoverLedger(store, state, 8), 0);
});
