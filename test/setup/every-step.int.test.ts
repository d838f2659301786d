import assert from "node:assert/strict";
import { test } from "node:test";
import { defineFault } from "../../src/sandbox/faults/fault.ts";
import { throttlingOf } from "../../src/sandbox/faults/kinds/calls.ts";
import type { TestSandbox } from "../../src/sandbox/sandbox.fixture.ts";
import { sandboxAccount } from "../../src/sandbox/sandbox.fixture.ts";
import type { SetupRun } from "../../src/setup/index.ts";
import type { PlanStep } from "../../src/setup/planning/plan.ts";
import { openSetUpPlace } from "../../src/setup/planning/set-up.fixture.ts";
import { runCalls } from "../../src/setup/running/empty-bucket.ts";
import { applyPlan, goOn, undoRun } from "../../src/setup/running/run-plan.ts";
import { settingOf } from "../../src/setup/settings/index.ts";
import { nameOf } from "../../src/setup/settings/place.ts";
import { snapshotAccounts } from "../../src/setup/planning/account-snapshot.fixture.ts";
import { hurriedClock, openRolePlace, type RolePlace } from "./role-place.fixture.ts";

const nobody = () => undefined;
const statusesOf = ({ steps }: SetupRun) => steps.map(({ status }) => status);

/** The step that a run stopped at: what is before it is done, what is behind it waits, and it says why. */
function stoppedAt(run: SetupRun): { readonly index: number; readonly step: PlanStep; readonly problem: string } {
  assert.equal(run.status, "stopped");
  const index = run.steps.findIndex(({ status }) => status === "failed");
  const failed = run.steps[index];
  assert.ok(failed !== undefined && failed.problem !== "");
  const settled = run.steps.slice(0, index).every(({ status }) => status === "done");
  const waiting = run.steps.slice(index + 1).every(({ status }) => status === "waiting");
  assert.ok(settled && waiting, `${failed.step.setting}: ${statusesOf(run).join(" ")}`);
  return { index, step: failed.step, problem: failed.problem };
}

/** What AWS gives every new bucket (S3 User Guide, since 2023): a step finds it made. */
const givenByAws = ["bucket-public-access", "bucket-ownership", "bucket-encryption"];

/** Calls that a step may be put with; an undo empties the bucket too. */
function putActions({ setting, after }: PlanStep): readonly string[] {
  const isBucketGoing = setting === "bucket" && after === null;
  return [...settingOf(setting).calls.put, ...(isBucketGoing ? runCalls : [])].map(({ action }) => action);
}

/** Gives the role what a step lacks, on what it is about and nothing else; says which steps stopped for what. */
async function grantOneByOne(place: RolePlace, first: SetupRun): Promise<Readonly<Record<string, readonly string[]>>> {
  const stops: Record<string, readonly string[]> = {};
  let run = first;
  while (run.status === "stopped") {
    const { step, problem } = stoppedAt(run);
    const missing = putActions(step).find((action) => problem.includes(`${action} is not allowed`));
    assert.ok(missing !== undefined && problem.includes(nameOf(step.place)), problem);
    assert.match(problem, /Allow it to the role that Trailwarden uses, then go on$/);
    const [told] = await place.setup.history("example", { limit: 1 });
    assert.deepEqual([told?.kind, told?.sentence, told?.runId], ["stopped", problem, run.id]);
    const Action = [...(stops[step.setting] ?? []), missing];
    assert.equal(new Set(Action).size, Action.length, problem);
    stops[step.setting] = Action;
    const { arn } = step.place;
    await place.allowMore({ Action, Resource: [arn, `${arn}:*`, `${arn}/*`] });
    run = await place.setup.goOn(run.id, nobody);
  }
  assert.deepEqual([run.status, [...new Set(statusesOf(run))]], ["done", ["done"]]);
  return stops;
}

test("a role that may only look stops each step in turn, which says what it lacks; given just that, the run goes on", async () => {
  await using place = await openRolePlace();
  const { setup, sandbox } = place;
  await place.allowAsPrintedFor("looking");
  const before = await place.snapshot();
  const { plan } = await setup.plan("example", {});
  assert.deepEqual([plan.obstacles, plan.steps.length], [[], 15]);
  const run = await setup.apply("example", plan.id, {}, nobody);
  assert.deepEqual(await grantOneByOne(place, run), {
    bucket: ["s3:CreateBucket"],
    "bucket-versioning": ["s3:PutBucketVersioning"],
    "bucket-policy": ["s3:PutBucketPolicy"],
    topic: ["sns:CreateTopic"],
    // The policy of a new topic lets everybody in the account change it, and so this step needs nothing more.
    "dead-letter-queue": ["sqs:CreateQueue"],
    queue: ["sqs:CreateQueue"],
    // The queue's redrive policy is set with the same call.
    "queue-policy": ["sqs:SetQueueAttributes"],
    subscription: ["sns:Subscribe"],
    trail: ["cloudtrail:CreateTrail"],
    "trail-logging": ["cloudtrail:StartLogging"],
  });
  assert.deepEqual((await setup.plan("example", {})).plan.steps, []);
  assert.deepEqual(place.sources, ["example"]);

  await place.allowNoMore();
  await sandbox.sandbox.delivery.deliverNow();
  const undo = await setup.undo(run.id, { withLogFiles: true }, nobody);
  assert.deepEqual(await grantOneByOne(place, undo), {
    trail: ["cloudtrail:DeleteTrail"],
    subscription: ["sns:Unsubscribe"],
    queue: ["sqs:DeleteQueue"],
    "dead-letter-queue": ["sqs:DeleteQueue"],
    topic: ["sns:DeleteTopic"],
    bucket: ["s3:DeleteBucket", "s3:ListBucketVersions", "s3:DeleteObjectVersion"],
  });
  assert.deepEqual(await place.snapshot(), before);
  assert.deepEqual([place.failures, sandbox.troubles], [[], []]);
});

test("what somebody does by hand at a step that stopped is taken as done, and the run goes on with the next one", async () => {
  await using place = await openRolePlace();
  const { setup, sandbox } = place;
  await place.allowAsPrintedFor("looking");
  const { plan } = await setup.plan("example", {});
  let run = await setup.apply("example", plan.id, {}, nobody);
  const byHand = async ({ setting, place: at, after }: PlanStep) =>
    settingOf(setting).put(
      at,
      { before: undefined, after: after as never },
      { client: (s, on) => sandbox.client(s, on) },
    );
  const stops: number[] = [];
  while (run.status === "stopped") {
    const { index, step } = stoppedAt(run);
    stops.push(index);
    await byHand(step);
    run = await setup.goOn(run.id, nobody);
  }
  const others = ({ setting }: PlanStep, index: number) => (givenByAws.includes(setting) ? [] : [index]);
  const indicesOfOthers = plan.steps.flatMap(others);
  assert.deepEqual([run.status, stops], ["done", indicesOfOthers]);
  assert.ok(run.steps.every(({ wasTried }) => wasTried !== true));
  // Nothing of it was made by us: nothing is taken back.
  const made = await place.snapshot();
  const undo = await setup.undo(run.id, { withLogFiles: true }, nobody);
  assert.deepEqual([undo.status, undo.steps], ["done", []]);
  assert.deepEqual(await place.snapshot(), made);
});

/** Refuses calls as AWS does when there are too many. */
async function throttle({ sandbox }: TestSandbox, isTooMuch: (operation: string) => boolean): Promise<void> {
  const fault = defineFault({
    name: "throttled-by-test",
    summary: "Calls that the test says are refused because too many came",
    parameters: {},
    apply: ({ calls }) =>
      calls.add((pending, pass) => {
        if (!isTooMuch(pending.call.operation)) return pass(pending);
        pending.refuse(throttlingOf(pending.call.service));
        return Promise.resolve();
      }),
  });
  await sandbox.faults.apply(fault, {});
}

const isChange = (operation: string) => !/^(?:Get|List|Describe)/.test(operation);

/** Which calls of a step are too many, with those that came before. */
const moments: Readonly<Record<string, (operation: string, earlier: readonly string[]) => boolean>> = {
  "every call": () => true,
  "every change": (operation) => isChange(operation),
  "every call after a change": (_operation, earlier) => earlier.some(isChange),
};

for (const [moment, isTooMuch] of Object.entries(moments)) {
  test(`throttled at ${moment} of each step, a run stops there and says so, goes on, and is undone the same way`, async () => {
    await using place = await openSetUpPlace();
    const { sandbox } = place;
    const calls: string[] = [];
    let isOn = false;
    await throttle(sandbox, (operation) => {
      const isRefused = isOn && isTooMuch(operation, calls);
      calls.push(operation);
      return isRefused;
    });
    const spared = new Set<string>();
    const tools = {
      ...place.tools,
      clock: hurriedClock(sandbox),
      onStep({ steps }: SetupRun) {
        const begun = steps.find(({ status, wasTried }) => status === "begun" && wasTried !== true);
        if (begun === undefined) return;
        calls.length = 0;
        isOn = !spared.has(begun.step.id);
      },
    };
    const finish = async (begin: () => Promise<SetupRun>) => {
      spared.clear();
      let run = await begin();
      while (run.status === "stopped") {
        const { step, problem } = stoppedAt(run);
        assert.match(problem, /AWS takes no more calls of \w+ \w+ for the moment \(\w+: .*\)\. Go on in a minute$/);
        assert.ok(!spared.has(step.id), `${step.id} stops again: ${problem}`);
        spared.add(step.id);
        isOn = false;
        run = await goOn(run.id, tools);
      }
      isOn = false;
      assert.deepEqual([run.status, [...new Set(statusesOf(run))]], ["done", ["done"]]);
      return run;
    };
    const before = await snapshotAccounts(sandbox, [sandboxAccount]);
    const { plan } = await place.plan();
    const run = await finish(() => applyPlan(plan, {}, tools));
    assert.equal(spared.size, plan.steps.length - (moment === "every call" ? 0 : givenByAws.length));
    assert.deepEqual((await place.plan()).plan.steps, []);
    await finish(() => undoRun(run.id, { withLogFiles: true }, tools));
    assert.ok(spared.size >= 6);
    assert.deepEqual(await snapshotAccounts(sandbox, [sandboxAccount]), before);
    assert.deepEqual(sandbox.troubles, []);
  });
}

test("while every eighth call is throttled, the whole of it is done all the same", async () => {
  await using place = await openRolePlace();
  const { setup, sandbox } = place;
  await place.allowAsPrintedFor("example");
  const before = await place.snapshot();
  let [calls, refused] = [0, 0];
  let isOn = true;
  await throttle(sandbox, () => {
    const isRefused = isOn && ++calls % 8 === 0;
    refused += isRefused ? 1 : 0;
    return isRefused;
  });
  const { plan } = await setup.plan("example", {});
  assert.deepEqual(plan.obstacles, []);
  const run = await setup.apply("example", plan.id, {}, nobody);
  assert.deepEqual([run.status, statusesOf(run).filter((status) => status !== "done")], ["done", []]);
  const undo = await setup.undo(run.id, { withLogFiles: true }, nobody);
  assert.equal(undo.status, "done");
  isOn = false;
  assert.ok(refused > 20, `${refused} calls`);
  assert.deepEqual(await place.snapshot(), before);
});
