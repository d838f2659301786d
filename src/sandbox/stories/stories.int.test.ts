import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { clientFor } from "../../aws/index.ts";
import { type Clock } from "../../base/clock.ts";
import { madeUpAccounts } from "../made-up-events/accounts.ts";
import { type Sandbox, startSandbox } from "../start-sandbox.ts";
import { playStory, stories, type StageOptions } from "./index.ts";

let folder: string;
let sandbox: Sandbox;
const faults: unknown[] = [];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "trailwarden-stories-"));
  sandbox = await startSandbox({
    folder,
    port: 0,
    seed: "stories",
    accounts: madeUpAccounts,
    regions: ["eu-central-1", "us-east-1"],
    token: "secret",
    onFault: (error) => void faults.push(error),
  });
});

after(async () => {
  await sandbox[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Waiting pushes the sandbox's clock, so that a story takes as long as its calls. */
function hurriedStage(): StageOptions {
  const { clock, stage } = sandbox;
  const hurried: Clock = {
    now: () => clock.now(),
    waitUntil(at, signal) {
      signal?.throwIfAborted();
      clock.advance(Math.max(0, at - clock.now()));
      return Promise.resolve();
    },
  };
  return { ...stage, clock: hurried };
}

for (const story of stories) {
  // Each may be played again; the longest is played for what is in it.
  const times = story.name === "quiet-company" ? 1 : 2;
  test(`${story.name} is played with real calls, ${times === 1 ? "once" : "twice"}`, async () => {
    for (let time = 1; time <= times; time += 1) {
      const truth = await playStory(story, hurriedStage());
      assert.deepEqual(
        new Set(truth.map(({ eventName, why }) => `${eventName} ${why}`)),
        new Set(story.expected().map(({ eventName, why }) => `${eventName} ${why}`)),
      );
    }
    assert.deepEqual(faults, []);
  });
}

test("what matters in a story is found in the event history under its request id", async () => {
  const backdoor = stories.find(({ name }) => name === "backdoor");
  assert.ok(backdoor);
  const truth = await playStory(backdoor, hurriedStage());
  await using cloudtrail = await clientFor("cloudtrail", {
    endpoint: sandbox.url,
    region: "us-east-1",
    credentials: sandbox.administrator("111122223333"),
  });
  const found = await cloudtrail.call("LookupEvents", {
    LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "CreateUser" }],
  });
  const records = (found.Events ?? []).map(
    ({ CloudTrailEvent = "{}" }) => JSON.parse(CloudTrailEvent) as Record<string, unknown>,
  );
  const made = truth.find(({ eventName }) => eventName === "CreateUser");
  const record = records.find(({ requestID }) => requestID === made?.requestId);
  assert.equal(record?.["sourceIPAddress"], "192.0.2.151");
  assert.match(String(record?.["userAgent"]), /^aws-cli\/.*md\/command#iam\.create-user/);
});
