import assert from "node:assert/strict";
import { test } from "node:test";

import { faults } from "../../src/sandbox/faults/catalogue.ts";
import { faultChecks } from "./fault-checks.fixture.ts";
import { countsIn, openFaultRange } from "./fault-range.fixture.ts";

test("every fault of the catalogue is tried here", () => {
  assert.deepEqual(Object.keys(faultChecks).toSorted(), faults.map(({ name }) => name).toSorted());
});

for (const { name, summary } of faults) {
  test(`${name}: ${summary}; taken off, everything is as it was`, async () => {
    await using range = await openFaultRange();
    await faultChecks[name]?.(range);
    await range.deliver();
    await range.notices();
    const before = new Set((await range.files()).keys());
    const ids = [...(await range.call(2)), ...(await range.call(1, "us-east-1"))];
    await range.deliver();
    const files = new Map([...(await range.files())].filter(([key]) => !before.has(key)));
    assert.deepEqual(countsIn(files, ids), [1, 1, 1], "calls are delivered");
    const announced = await range.notices();
    for (const key of files.keys())
      assert.equal(announced.filter((one) => one === key).length, 1, "files are announced");
    const { LatestDeliveryError, LatestNotificationError, LatestDigestDeliveryError } = await range.status();
    assert.deepEqual(
      [LatestDeliveryError ?? "", LatestNotificationError ?? "", LatestDigestDeliveryError ?? ""],
      ["", "", ""],
    );
    assert.deepEqual(range.troubles, []);
  });
}
