import assert from "node:assert/strict";
import { test } from "node:test";
import { applyPlan, goOn, undoRun } from "./run-plan.ts";
import { recoverRuns } from "./run-table.ts";
import type { SetupRun } from "./run.ts";
import { refusal } from "./small-account.fixture.ts";
import { MemoryRuns } from "./memory-runs.fixture.ts";
import { hurriedClock, places, smallAccount, smallPlan, smallSteps, toolsFor } from "./small-plan.fixture.ts";

const beginning = smallAccount().everything;

test("a run is written before anything is done, and whoever watches sees what lasts already", async () => {
  const [account, runs] = [smallAccount(), new MemoryRuns()];
  const seen: SetupRun[] = [];
  account.gate = (_when, call) => {
    const [run] = runs.all;
    assert.equal(run?.status, "running");
    if (!call.startsWith("Get")) assert.ok(run.steps.some(({ status, wasTried }) => status === "begun" && wasTried));
  };
  const onStep = (run: SetupRun) => {
    assert.deepEqual(runs.all[0], JSON.parse(JSON.stringify(run)));
    seen.push(run);
  };
  await applyPlan(smallPlan, { kind: "repair" }, toolsFor(account, runs, { onStep }));
  const [first, last] = [seen[0], seen.at(-1)];
  assert.deepEqual([first?.kind, first?.status, first?.deployment], ["repair", "running", "payments"]);
  assert.ok(first?.steps.every(({ status, at }) => status === "waiting" && at === undefined));
  assert.deepEqual([last?.status, typeof last?.endedAt], ["done", "number"]);
  assert.ok(last?.steps.every(({ status, at }) => status === "done" && at !== undefined));
});

test("a deployment has one run at a time, another deployment's is none of its business", async () => {
  const [account, runs] = [smallAccount(), new MemoryRuns()];
  const tools = toolsFor(account, runs);
  const first = applyPlan(smallPlan, {}, tools);
  await assert.rejects(applyPlan(smallPlan, {}, tools), { code: "run-under-way" });
  const other = applyPlan({ ...smallPlan, deployment: "other", steps: [] }, {}, tools);
  const [done, done2] = await Promise.all([first, other]);
  assert.deepEqual([done.status, done2.status, tools.underWay.size], ["done", "done", 0]);
  assert.equal((await goOn(done.id, tools)).status, "done");
});

test("a plan with obstacles, and a run that nobody knows, are refused before anything is written", async () => {
  const [account, runs] = [smallAccount(), new MemoryRuns()];
  const obstacles = [{ sentence: "Somebody else's", help: "Ask" }];
  await assert.rejects(applyPlan({ ...smallPlan, obstacles }, {}, toolsFor(account, runs)), {
    code: "plan-obstacles",
    help: "Ask",
  });
  await assert.rejects(goOn("nobody", toolsFor(account, runs)), { code: "run-unknown" });
  await assert.rejects(undoRun("nobody", { withLogFiles: false }, toolsFor(account, runs)), { code: "run-unknown" });
  const awsOf = () => Promise.reject(new Error("No role"));
  await assert.rejects(applyPlan(smallPlan, {}, toolsFor(account, runs, { awsOf })), /No role/);
  assert.deepEqual([runs.all, account.everything], [[], beginning]);
});

test("a program that is to end stops a run between two steps, or while it waits; going on completes it", async () => {
  for (const ending of ["between", "waiting"] as const) {
    const [account, runs, ends] = [smallAccount(), new MemoryRuns(), new AbortController()];
    if (ending === "waiting") account.staleReads = 9;
    account.gate = (when, call) => {
      if (when === "after" && call === "Put topic-policy") ends.abort();
    };
    const run = await applyPlan(smallPlan, {}, toolsFor(account, runs, { signal: ends.signal }));
    const statuses = run.steps.slice(3, 6).map(({ status }) => status);
    assert.deepEqual(
      [run.status, ...statuses],
      ["stopped", "done", ending === "waiting" ? "begun" : "done", "waiting"],
    );
    assert.equal((await goOn(run.id, toolsFor(account, runs))).status, "done");
  }
});

test("what AWS takes and never shows fails, with a bounded number of looks; an undo leaves it", async () => {
  const [account, runs] = [smallAccount(), new MemoryRuns()];
  let looks = 0;
  account.gate = (when, call) => {
    if (when === "after" && call === "Put topic-policy") account.set("topic-policy", places.topic, { odd: true });
    if (when === "before" && call === "Get topic-policy") looks++;
  };
  const clock = hurriedClock();
  const run = await applyPlan(smallPlan, {}, toolsFor(account, runs, { clock }));
  assert.equal(run.status, "stopped");
  assert.match(
    run.steps[4]?.problem ?? "",
    /^AWS took what was set for the topic-policy .* it is not there any more|but /,
  );
  assert.ok(looks < 30 && clock.now() < 200_000 && clock.now() > 60_000);
  const undo = await undoRun(run.id, { withLogFiles: false }, toolsFor(account, runs));
  assert.deepEqual([undo.status, undo.steps[0]?.status], ["done", "left"]);
});

test("a change is made from what is there, not from what was there when the plan was made", async () => {
  const [account, runs] = [smallAccount(), new MemoryRuns()];
  const from = new Map<string, unknown>();
  const tools = toolsFor(account, runs, {
    settingOf(name) {
      const setting = account.settingOf(name);
      const put: typeof setting.put = (place, change, aws) => {
        from.set(name, change.before);
        return setting.put(place, change, aws);
      };
      return { ...setting, put };
    },
  });
  await applyPlan(smallPlan, {}, tools);
  assert.deepEqual(from.get("bucket-encryption"), { algorithm: "AES256", keyArn: "" });
  assert.equal(from.get("bucket"), undefined);
});

test("CloudTrail is given time to see a policy that was written just now", async () => {
  const [account, runs] = [smallAccount(), new MemoryRuns()];
  let refusals = 3;
  account.gate = (when, call) => {
    if (when === "before" && call === "Put trail bucket" && refusals-- > 0) {
      throw refusal("InsufficientS3BucketPolicyException", "cloudtrail", "UpdateTrail", 400);
    }
  };
  assert.equal((await applyPlan(smallPlan, {}, toolsFor(account, runs))).status, "done");
});

test("what AWS is slow to show after a lost answer, or a look that was refused, is ours all the same", async () => {
  const lost = (when: string, call: string) => {
    if (when === "after" && call === "Put subscription") throw new Error("socket hang up");
  };
  let isPut = false;
  const unseen = (_when: string, call: string) => {
    if (call === "Put subscription") isPut = true;
    if (!isPut || call !== "Get subscription") return;
    isPut = false;
    throw refusal("Throttling", "sns", "ListSubscriptionsByTopic", 400);
  };
  for (const gate of [lost, unseen]) {
    const [account, runs] = [smallAccount(), new MemoryRuns()];
    account.staleReads = 2;
    account.gate = gate;
    const run = await applyPlan(smallPlan, {}, toolsFor(account, runs));
    account.gate = () => undefined;
    assert.equal(run.status, "stopped");
    await undoRun(run.id, { withLogFiles: false }, toolsFor(account, runs));
    assert.deepEqual(account.everything, beginning);
  }
});

test("what is set on a thing that somebody else made meanwhile is theirs", async () => {
  const [account, runs] = [smallAccount(), new MemoryRuns()];
  account.set("bucket", places.bucket, { hasObjectLock: false });
  account.set("bucket-policy", places.bucket, { Statement: [{ Sid: "theirs" }] });
  const run = await applyPlan(smallPlan, {}, toolsFor(account, runs));
  assert.equal(run.status, "stopped");
  assert.match(run.steps[3]?.problem ?? "", /has been changed meanwhile/);
});

test("a run that nobody works on any more is stopped at start, one that is under way is not", async () => {
  const runs = new MemoryRuns();
  const steps = smallSteps.map((step) => ({ step, status: "begun", problem: "", at: 77 }) as const);
  const common = { deployment: "payments", plan: smallPlan, endedAt: undefined, steps };
  for (const [id, status] of [
    ["a", "done"],
    ["b", "running"],
  ] as const) {
    const content: SetupRun = { ...common, id, status, kind: "apply", startedAt: 5 };
    await runs.putRun({ id, deployment: "payments", status, startedAt: 5, content });
  }
  assert.deepEqual(await recoverRuns(runs, new Set(["payments"])), []);
  const [stopped, ...others] = await recoverRuns(runs, new Set());
  assert.deepEqual([stopped?.id, stopped?.status, stopped?.endedAt, others.length], ["b", "stopped", 77, 0]);
  assert.deepEqual(
    runs.all.map(({ status }) => status),
    ["done", "stopped"],
  );
});

test("an undo is not undone, and what was undone does not go on", async () => {
  const [account, runs] = [smallAccount(), new MemoryRuns()];
  const tools = toolsFor(account, runs);
  const run = await applyPlan(smallPlan, {}, tools);
  const undo = await undoRun(run.id, { withLogFiles: false }, tools);
  for (const again of [
    () => undoRun(undo.id, { withLogFiles: false }, tools),
    () => undoRun(run.id, { withLogFiles: false }, tools),
    () => goOn(run.id, tools),
  ]) {
    await assert.rejects(again, { code: "run-over" });
  }
  assert.deepEqual((await goOn(undo.id, tools)).status, "done");
});
