import assert from "node:assert/strict";
import { test } from "node:test";

import { AwsError } from "../../aws/index.ts";
import { stories } from "./catalogue.ts";
import { planDay, playCompany } from "./company/play-company.ts";
import { printTruth } from "./ground-truth.ts";
import { playStory } from "./play-story.ts";
import { rehearse, type RehearsedCall } from "./rehearsal.fixture.ts";

/** What SQS's clients check of their messages. */
const unchecked = (call: RehearsedCall) =>
  call.operation === "SendMessage" ? new AwsError("ServiceUnavailable", "not in a rehearsal", 400) : undefined;

for (const story of stories.filter(({ name }) => name !== "quiet-company")) {
  test(`${story.name}: every call that matters happens, under its own request id; the same seed makes the same calls at the same times, another seed another pace`, async () => {
    const { options, calls } = rehearse("a");
    const truth = await playStory(story, options);
    const told = (service: string, eventName: string, why: string) => `${service}.amazonaws.com ${eventName} ${why}`;
    assert.deepEqual(
      new Set(truth.map((line) => `${line.eventSource} ${line.eventName} ${line.why}`)),
      new Set(story.expected().map((matter) => told(matter.service, matter.eventName, matter.why))),
    );
    const made = new Set(calls.map(({ requestId }) => requestId));
    for (const { eventSource, requestId, eventId } of truth) {
      assert.ok(eventSource === "signin.amazonaws.com" ? eventId : made.has(requestId ?? ""));
    }
    assert.equal(new Set(truth.map(({ requestId, eventId }) => requestId ?? eventId)).size, truth.length);

    const again = async (seed: string) => {
      const rehearsal = rehearse(seed);
      await playStory(story, rehearsal.options);
      return tellCalls(rehearsal.calls);
    };
    assert.deepEqual(await again("a"), tellCalls(calls));
    assert.notDeepEqual(await again("b"), tellCalls(calls));
  });
}

/** Waiting and keys come out of the seed; what clients add of their own, such as tokens, does not. */
function tellCalls(calls: readonly RehearsedCall[]): readonly string[] {
  return calls.map(({ service, operation, at, region, sourceIp, userAgent, accessKeyId }) =>
    [service, operation, at, region, sourceIp, userAgent, accessKeyId].join(" "),
  );
}

test("the thief of a leaked key comes from another address, with another tool, and goes on when refused", async () => {
  const leakedKey = stories.find(({ name }) => name === "leaked-key");
  assert.ok(leakedKey);
  const { options, calls } = rehearse("a", ({ operation, sourceIp }) =>
    sourceIp === "192.0.2.66" && /^(?:Describe|GetAccountAuth)/.test(operation)
      ? new AwsError("AccessDenied", "no", 403)
      : undefined,
  );
  const truth = await playStory(leakedKey, options);
  assert.ok(truth.some(({ eventName }) => eventName === "GetAccountAuthorizationDetails"));
  const machine = calls.find(({ sourceIp }) => sourceIp === "198.51.100.7");
  const thief = calls.find(({ sourceIp }) => sourceIp === "192.0.2.66");
  assert.equal(thief?.accessKeyId, machine?.accessKeyId);
  assert.match(machine?.userAgent ?? "", /^Boto3/);
  assert.match(thief?.userAgent ?? "", /^aws-cli.*md\/command#sts\.get-caller-identity$/);
});

test("who reads a public bucket signs nothing", async () => {
  const madePublic = stories.find(({ name }) => name === "made-public");
  assert.ok(madePublic);
  const { options, calls } = rehearse("a");
  await playStory(madePublic, options);
  const visits = calls.filter(({ accessKeyId }) => accessKeyId === undefined);
  assert.deepEqual([...new Set(visits.map(({ operation }) => operation))], ["GetObject"]);
});

test("ground truth is a line of JSON for each call that matters", () => {
  const line = {
    story: "leaked-key",
    requestId: "r-1",
    eventSource: "iam.amazonaws.com",
    eventName: "CreateAccessKey",
    why: "because",
    technique: "T1098.001",
  };
  assert.equal(printTruth([line, line]), `${JSON.stringify(line)}\n`.repeat(2));
});

test("a day of the company follows from seed and day, and is quieter at the weekend", () => {
  const [friday, saturday] = [Date.UTC(2026, 10, 20), Date.UTC(2026, 10, 21)];
  const shape = (day: number) => planDay("a", day).map(({ at, scene }) => `${at} ${scene.name}`);
  assert.deepEqual(shape(friday), shape(friday));
  assert.ok(shape(saturday).length < shape(friday).length);
  assert.ok(planDay("a", friday).every(({ at }) => at >= friday && at < saturday));
});

test("the company goes on when a scene breaks, and says which", async () => {
  const broken: string[] = [];
  const { options, calls } = rehearse("a", unchecked);
  await playCompany({ ...options, days: 1, onBrokenScene: (scene) => broken.push(scene) });
  assert.deepEqual([...new Set(broken)], ["serve"]);
  const names = new Set(calls.map(({ operation }) => operation));
  for (const name of ["AssumeRole", "CreateTags", "PutObject", "Decrypt", "GetAccountSummary"])
    assert.ok(names.has(name), name);
});

test("the signal ends the company", async () => {
  const stop = new AbortController();
  const { options } = rehearse("a", unchecked, { signal: stop.signal });
  const playing = playCompany({ ...options, onBrokenScene: () => stop.abort(new Error("enough")) });
  await playing;
});
