import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import { makeRecord } from "../../../test/fixtures/made-record.ts";
import { makeTemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { EventStore, SpoolWriter } from "../../store/index.ts";
import { estimate } from "./estimate.ts";
import {
  home,
  makeAccount,
  makeTrail,
  managementOnly,
  shop,
  staging,
  trailPrices as prices,
} from "./made-account.fixture.ts";
import { replaySelectors } from "./replay-selectors.ts";
import { storedRecords } from "./stored-records.ts";
import { storedVolumes } from "./stored-volumes.ts";

const dayMs = 86_400_000;
const to = Date.UTC(2026, 10, 1);
const from = to - 30 * dayMs;

test("stored events become a month's volumes, a bill, and a replay that agrees with it", async () => {
  using folder = makeTemporaryFolder();
  await using store = await EventStore.open({ directory: join(folder.path, "data"), now: () => to });
  const writer = new SpoolWriter(join(folder.path, "batch.rows"));
  // 300 Decrypt and 100 RunInstances in the last three days of the month, the first exactly three days before its end
  for (let number = 0; number < 400; number += 1) {
    const isRead = number < 300;
    const record = makeRecord(number, {
      eventTime: new Date(to - 3 * dayMs + number * 600_000).toISOString(),
      eventSource: isRead ? "kms.amazonaws.com" : "ec2.amazonaws.com",
      eventName: isRead ? "Decrypt" : "RunInstances",
      readOnly: isRead,
      eventCategory: "Management",
      managementEvent: true,
      awsRegion: home,
    });
    const text = Buffer.from(JSON.stringify(record));
    writer.add(1n, text, 0, text.length);
  }
  writer.close();
  await store.write({ path: writer.path, rows: writer.rows, hours: undefined }, () => ({ records: [], refused: [] }));

  const volumes = await storedVolumes(store).measure({ accounts: [shop, staging], from, to });
  assert.deepEqual(volumes.basis, {
    kind: "measured",
    from,
    to,
    days: [{ accountId: shop, days: 3 }],
    unknown: [staging],
  });
  // three days of thirty: ten times as many in a month
  assert.deepEqual(
    volumes.cells.map(({ service, readOnly, events }) => [service, readOnly, events]),
    [
      ["ec2.amazonaws.com", false, 1_000],
      ["kms.amazonaws.com", true, 3_000],
    ],
  );

  const [keeper, second] = [makeTrail("a"), makeTrail("b")];
  const after = {
    advanced: [
      {
        FieldSelectors: [...managementOnly.FieldSelectors, { Field: "eventSource", NotEquals: ["kms.amazonaws.com"] }],
      },
    ],
  };
  const bill = estimate({
    account: makeAccount([keeper, second]),
    change: { before: second, after: { ...second, selectors: after } },
    volumes,
    prices,
  });
  // the second copy: 4,000 × $2.00 / 100,000 = $0.08, of which KMS's 3,000 are $0.06
  assert.equal(bill.change?.beforeMicroDollars, 80_000);
  assert.equal(bill.change.addedMicroDollars, -60_000);
  const replayed = await replaySelectors({
    records: storedRecords(store, { accounts: [shop], from, to }),
    days: 3,
    trail: second,
    after,
    others: [keeper],
    prices,
  });
  assert.deepEqual([replayed.looked, replayed.dropped, replayed.savedMicroDollars], [400, 3_000, 60_000]);
  assert.deepEqual(await Array.fromAsync(storedRecords(store, { accounts: [], from, to })), []);
  assert.deepEqual(await Array.fromAsync(storedRecords(store, { accounts: [staging], from, to })), []);
});
