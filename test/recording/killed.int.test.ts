import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { driveCalls } from "../../bench/harness/drive-calls.ts";
import { type CallTarget } from "../../bench/harness/prepare-calls.ts";
import { deliveredRecords, prepareCalls, recordEverything } from "../../bench/harness/recorded-calls.ts";
import { startSandboxProcess } from "../../bench/harness/sandbox-process.ts";
import { clientFor } from "../../src/aws/index.ts";
import { type CloudTrailRecord } from "../../src/cloudtrail/index.ts";

const accountId = "111122223333";
const region = "eu-central-1";

/** After how many answers it is killed, with others under way; chosen once by chance. */
const lives = [831, 142, 1205, 11, 387, 660];

test("of a sandbox that is killed again and again while calls come, every call that was answered is recorded once", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "trailwarden-recording-killed-"));
  const answered: string[] = [];
  let port = 0;
  try {
    for (const [life, answersMin] of lives.entries()) {
      await using sandbox = await startSandboxProcess({ folder, port, accountIds: [accountId] });
      port = sandbox.port;
      const { target } = sandbox;
      if (life === 0) await recordEverything(target);
      const requests = await prepareCalls(target);
      let answers = 0;
      const onAnswer = (status: number, requestId: string) => {
        assert.ok(status < 500 && requestId !== "", `${status} ${requestId}`);
        answered.push(requestId);
        answers += 1;
        if (answers === answersMin) void sandbox.kill();
      };
      const driven = await driveCalls({ port, requests, lanes: 12, seconds: 60, onAnswer });
      assert.equal(driven.broken, 12);
      assert.deepEqual(sandbox.faults, []);
    }
    await using sandbox = await startSandboxProcess({ folder, port, accountIds: [accountId] });
    await sandbox.deliver();
    const { target } = sandbox;
    const records = await deliveredRecords(target);
    const counts = new Map<string, number>();
    for (const { requestID = "" } of records) counts.set(requestID, (counts.get(requestID) ?? 0) + 1);
    assert.ok(answered.length >= lives.reduce((sum, answersMin) => sum + answersMin, 0));
    assert.equal(answered.filter((id) => !counts.has(id)).length, 0, "calls that are in no log file");
    assert.equal(answered.filter((id) => (counts.get(id) ?? 0) > 1).length, 0, "calls that are there twice");
    assert.equal(new Set(records.map(({ eventID }) => eventID)).size, records.length);
    t.diagnostic(`${answered.length} calls answered, ${records.length} records, ${lives.length} kills`);
    await checkHistory(target, answered, records);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** The event history has them too: of a sample, each under its own id. */
async function checkHistory(
  target: CallTarget,
  answered: readonly string[],
  records: readonly CloudTrailRecord[],
): Promise<void> {
  const wanted = new Set(answered);
  const management = records.filter(({ eventCategory, requestID = "" }) => {
    return eventCategory === "Management" && wanted.has(requestID);
  });
  const step = Math.ceil(management.length / 40);
  for (const [place, record] of management.entries()) {
    if (place % step !== 0) continue;
    await using cloudtrail = await clientFor("cloudtrail", {
      endpoint: target.url,
      region: record.awsRegion ?? region,
      credentials: target.credentials,
    });
    const { Events = [] } = await cloudtrail.call("LookupEvents", {
      LookupAttributes: [{ AttributeKey: "EventId", AttributeValue: record.eventID ?? "" }],
    });
    assert.deepEqual(
      Events.map(({ CloudTrailEvent = "{}" }) => (JSON.parse(CloudTrailEvent) as CloudTrailRecord).requestID),
      [record.requestID],
    );
  }
}
