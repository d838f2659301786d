import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunStep, SetupRun } from "./run.ts";
import { applyPlan, goOn, undoRun } from "./run-plan.ts";
import { refusal, type SmallAccount } from "./small-account.fixture.ts";
import { MemoryRuns } from "./memory-runs.fixture.ts";
import { places, smallAccount, smallPlan, smallSteps, toolsFor } from "./small-plan.fixture.ts";

const beginning = smallAccount().everything;

interface Refusal {
  readonly when: "before" | "after";
  readonly error: () => Error;
  readonly told: RegExp;
}

/** `after`: AWS did it, and the answer was lost. */
const refusals: Readonly<Record<string, Refusal>> = {
  AccessDenied: {
    when: "before",
    error: () => refusal("AccessDenied"),
    told: /: s3:PutBucketPolicy is not allowed \(AccessDenied: .*\)\. Allow it to the role .* go on$/,
  },
  throttling: {
    when: "before",
    error: () => refusal("ThrottlingException", "cloudtrail", "UpdateTrail", 400),
    told: /takes no more calls of cloudtrail UpdateTrail .* Go on in a minute$/,
  },
  "an error of AWS's own": {
    when: "after",
    error: () => refusal("InternalError", "s3", "CreateBucket", 500),
    told: /AWS refused s3 CreateBucket \(InternalError/,
  },
  "a connection that breaks": {
    when: "after",
    error: () => Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }),
    told: /AWS did not answer: socket hang up\. .* then go on$/,
  },
};

/** Refuses the n-th call; says whether there was one. */
function refuseAt(account: SmallAccount, { when, error }: Refusal, number: number): () => boolean {
  let calls = 0;
  account.gate = (moment) => {
    if (moment === when && ++calls === number) throw error();
  };
  return () => calls >= number;
}

function failedOf({ steps }: SetupRun): RunStep {
  const all = steps.filter(({ status }) => status === "failed");
  const [first] = all;
  assert.ok(first !== undefined && all.length === 1);
  const index = steps.indexOf(first);
  assert.ok(steps.slice(0, index).every(({ status }) => status === "done" || status === "left"));
  assert.ok(steps.slice(index + 1).every(({ status }) => status === "waiting"));
  return first;
}

for (const [name, refused] of Object.entries(refusals)) {
  test(`${name} at any call stops the run with its step named; going on completes it, and undoing takes it back`, async () => {
    for (let number = 1; ; number++) {
      for (const way of ["go on", "undo"] as const) {
        const [account, runs] = [smallAccount(), new MemoryRuns()];
        const wasRefused = refuseAt(account, refused, number);
        const run = await applyPlan(smallPlan, {}, toolsFor(account, runs));
        account.gate = () => undefined;
        if (!wasRefused()) {
          assert.ok(number > smallSteps.length * 3);
          return assert.equal(run.status, "done");
        }
        assert.equal(run.status, "stopped");
        assert.match(failedOf(run).problem, refused.told);
        if (way === "go on") {
          const end = await goOn(run.id, toolsFor(account, runs));
          assert.deepEqual([end.status, end.steps.filter(({ problem }) => problem !== "")], ["done", []]);
          for (const { setting, place, after } of smallSteps) assert.deepEqual(account.read(setting, place), after);
        }
        const undo = await undoRun(run.id, { withLogFiles: false }, toolsFor(account, runs));
        assert.deepEqual([undo.status, undo.steps.filter(({ problem }) => problem !== "")], ["done", []]);
        assert.deepEqual(account.everything, beginning, `${way} after call ${number}`);
      }
    }
  });

  test(`${name} at any call of an undo stops it, and going on completes it`, async () => {
    for (let number = 1; ; number++) {
      const [account, runs] = [smallAccount(), new MemoryRuns()];
      const run = await applyPlan(smallPlan, {}, toolsFor(account, runs));
      const wasRefused = refuseAt(account, refused, number);
      const undo = await undoRun(run.id, { withLogFiles: false }, toolsFor(account, runs));
      account.gate = () => undefined;
      if (!wasRefused()) {
        assert.ok(number > smallSteps.length * 2);
        return assert.equal(undo.status, "done");
      }
      assert.equal(undo.status, "stopped");
      assert.match(failedOf(undo).problem, refused.told);
      assert.equal((await goOn(undo.id, toolsFor(account, runs))).status, "done");
      assert.deepEqual(account.everything, beginning, `call ${number}`);
    }
  });
}

/** Somebody's own value, different from before and after. */
function foreign({ after }: { readonly after: unknown }): unknown {
  if (typeof after === "string") return "theirs";
  if (typeof after === "boolean") return "theirs";
  return Array.isArray(after) ? ["theirs"] : { ...(after as object), theirs: true };
}

/** Those that the plan does not set on something that it makes itself. */
const standing = smallSteps.filter(
  ({ setting, place }) =>
    !smallSteps.some((other) => other.place === place && other.before === null && other.setting !== setting) ||
    place === places.topic,
);

test("what somebody changed before its step is left to them: the run stops, again and again", async () => {
  const makers = ["bucket", "queue", "dead-letter-queue", "topic-policy", "subscription", "trail", "trail-logging"];
  const tried = smallSteps.filter(({ setting }) => makers.includes(setting) || setting === "trail-insights");
  for (const step of tried) {
    const [account, runs] = [smallAccount(), new MemoryRuns()];
    account.set(step.setting, step.place, foreign(step));
    const run = await applyPlan(smallPlan, {}, toolsFor(account, runs));
    assert.equal(run.status, "stopped");
    assert.equal(failedOf(run).step.id, step.id);
    assert.match(failedOf(run).problem, /has been changed meanwhile by somebody: .*; read a new plan$/);
    assert.equal((await goOn(run.id, toolsFor(account, runs))).status, "stopped");
    assert.deepEqual(account.read(step.setting, step.place), foreign(step));
    const undo = await undoRun(run.id, { withLogFiles: false }, toolsFor(account, runs));
    assert.equal(undo.status, "done");
    const expected = smallAccount();
    expected.set(step.setting, step.place, foreign(step));
    assert.deepEqual(account.everything, expected.everything, step.id);
  }
});

test("what somebody changed after its step is left by an undo, named, and all else is taken back", async () => {
  assert.ok(standing.length > 3);
  for (const step of standing) {
    const [account, runs] = [smallAccount(), new MemoryRuns()];
    const run = await applyPlan(smallPlan, {}, toolsFor(account, runs));
    account.set(step.setting, step.place, foreign(step));
    const undo = await undoRun(run.id, { withLogFiles: false }, toolsFor(account, runs));
    const left = undo.steps.filter(({ status }) => status === "left");
    assert.deepEqual(
      left.map((one) => one.step.id),
      [step.id],
    );
    assert.match(left[0]?.problem ?? "", /has been changed since by somebody: .*; it is left as it is$/);
    const expected = smallAccount();
    expected.set(step.setting, step.place, foreign(step));
    assert.deepEqual(account.everything, expected.everything);
    const undone = runs.all[0];
    assert.equal(undone?.status, "undone");
    assert.equal(undone.steps.find((one) => one.step.id === step.id)?.status, "left");
    account.set(step.setting, step.place, step.after);
    await undoRun(run.id, { withLogFiles: false }, toolsFor(account, runs));
    assert.deepEqual(account.everything, beginning, "undone again, as soon as it is ours again");
  }
});

test("what is so already is not written, and not taken back, for it was somebody else's doing", async () => {
  for (const step of smallSteps.filter(
    ({ setting }) => setting === "topic-policy" || setting === "dead-letter-queue",
  )) {
    const [account, runs] = [smallAccount(), new MemoryRuns()];
    account.set(step.setting, step.place, step.after);
    const calls: string[] = [];
    account.gate = (_when, call) => calls.push(call);
    const run = await applyPlan(smallPlan, {}, toolsFor(account, runs));
    assert.equal(run.status, "done");
    assert.ok(!calls.some((call) => call === `Put ${step.setting}`));
    await undoRun(run.id, { withLogFiles: false }, toolsFor(account, runs));
    assert.deepEqual(account.read(step.setting, step.place), step.after);
  }
});

test("what was refused to us, and somebody else then did, is theirs", async () => {
  const step = smallSteps.find(({ setting }) => setting === "dead-letter-queue");
  assert.ok(step);
  const [account, runs] = [smallAccount(), new MemoryRuns()];
  account.gate = (_when, call) => {
    if (call === "Put dead-letter-queue") throw refusal("AccessDenied", "sqs", "CreateQueue");
  };
  const run = await applyPlan(smallPlan, {}, toolsFor(account, runs));
  assert.equal(run.status, "stopped");
  account.gate = () => undefined;
  account.set(step.setting, step.place, step.after);
  assert.equal((await goOn(run.id, toolsFor(account, runs))).status, "done");
  await undoRun(run.id, { withLogFiles: false }, toolsFor(account, runs));
  assert.deepEqual(account.read(step.setting, step.place), step.after);
});
