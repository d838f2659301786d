import assert from "node:assert/strict";
import { test } from "node:test";
import { isAllAskedFor } from "../../../test/fixtures/when-there-is-time.ts";
import type { AwsClient, ServiceName } from "../../aws/index.ts";
import type { Clock } from "../../base/clock.ts";
import { openSetUpPlace, region, type SetUpPlace } from "../planning/set-up.fixture.ts";
import type { SetupPlan } from "../planning/plan.ts";
import { sandboxAws } from "../settings/contract.fixture.ts";
import { settingOf } from "../settings/index.ts";
import { nameOf } from "../settings/place.ts";
import type { SetupAws } from "../setup-aws.ts";
import { applyPlan, goOn, undoRun } from "./run-plan.ts";
import { recoverRuns } from "./run-table.ts";
import type { RunTools } from "./run-tools.ts";
import type { SetupRun } from "./run.ts";

const accountId = "111122223333";

class Crash extends Error {}

/** The sandbox's clock, on which waiting takes no time. */
function hurried({ sandbox }: SetUpPlace): Clock {
  const { clock } = sandbox.sandbox;
  return {
    now: () => clock.now(),
    async waitUntil(until, signal) {
      signal?.throwIfAborted();
      clock.advance(Math.max(0, until - clock.now()));
    },
  };
}

/** Tools of a process that has just begun, on the same account and the same table. */
function toolsFor(place: SetUpPlace, changes: Partial<RunTools> = {}): RunTools {
  return { ...place.tools, underWay: new Set(), clock: hurried(place), ...changes };
}

/** Every call goes by a gate. */
function gated(aws: SetupAws, gate: (operation: string) => void): SetupAws {
  return {
    async client<S extends ServiceName>(service: S, at: { readonly accountId: string; readonly region: string }) {
      const client = await aws.client(service, at);
      return {
        ...client,
        call(operation, input, options) {
          gate(operation);
          return client.call(operation, input, options);
        },
      } satisfies AwsClient<S>;
    },
  };
}

/** How all that the plan touches stands. */
async function valuesOf({ steps }: SetupPlan, aws: SetupAws): Promise<readonly unknown[]> {
  return Promise.all(steps.map(({ setting, place }) => settingOf(setting).get(place, aws)));
}

function problemsOf({ steps }: SetupRun): readonly string[] {
  return steps.flatMap(({ problem }) => (problem === "" ? [] : [problem]));
}

/** SQS keeps the name of a deleted queue for a minute. */
function waitForQueueNames({ sandbox }: SetUpPlace): void {
  sandbox.sandbox.clock.advance(61_000);
}

const isChange = (operation = "Get"): boolean => !/^(?:Get|List|Describe)/.test(operation);

/** After any change at all, and in between, a small account is left to crash; of a real one, every third by default. */
test("a crash after any change of a real set-up is completed by going on, and undone to the beginning", async () => {
  await using place = await openSetUpPlace();
  const { plan } = await place.plan();
  const aws = sandboxAws(place.sandbox);
  const beginning = await valuesOf(plan, aws);
  const operations: string[] = [];
  const whole = await applyPlan(
    plan,
    {},
    toolsFor(place, { awsOf: async () => gated(aws, (one) => operations.push(one)) }),
  );
  assert.deepEqual([whole.status, problemsOf(whole)], ["done", []]);
  const goal = await valuesOf(plan, aws);
  await undoRun(whole.id, { withLogFiles: true }, toolsFor(place));
  assert.deepEqual(await valuesOf(plan, aws), beginning);
  const moments = operations.flatMap((_operation, index) => (isChange(operations[index - 1]) ? [index] : []));
  assert.ok(moments.length > 11, `${moments.length} changes`);
  const isAll = isAllAskedFor("TRAILWARDEN_CRASHES");
  for (const [number, moment] of moments.filter((_, index) => isAll || index % 3 === 0).entries()) {
    waitForQueueNames(place);
    let calls = 0;
    const isDead = () => calls > moment;
    const crashing = gated(aws, () => {
      if (calls++ >= moment) throw new Crash();
    });
    const runs: RunTools["runs"] = {
      ...tableOf(place),
      putRun: (row) => (isDead() ? Promise.reject(new Crash()) : place.tools.runs.putRun(row)),
    };
    await assert.rejects(applyPlan(plan, {}, toolsFor(place, { runs, awsOf: async () => crashing })), Crash);
    const [stopped] = await recoverRuns(
      { ...tableOf(place), list: async () => [{ name: "example", content: {}, createdAt: 0 }] },
      new Set(),
    );
    assert.ok(stopped !== undefined && stopped.steps.some(({ status }) => status === "begun"));
    const what = `a crash before call ${moment}, ${operations[moment]}`;
    if (number % 2 === 0) {
      const end = await goOn(stopped.id, toolsFor(place));
      assert.deepEqual([end.status, problemsOf(end)], ["done", []], what);
      assert.deepEqual(await valuesOf(plan, aws), goal, what);
    }
    const undo = await undoRun(stopped.id, { withLogFiles: true }, toolsFor(place));
    assert.deepEqual([undo.status, problemsOf(undo)], ["done", []], what);
    assert.deepEqual(await valuesOf(plan, aws), beginning, what);
  }
  assert.deepEqual(place.sandbox.troubles, []);
});

function tableOf({ tools: { runs } }: SetUpPlace): RunTools["runs"] {
  return {
    putRun: (row) => runs.putRun(row),
    getRun: (id) => runs.getRun(id),
    runs: (deployment, limit) => runs.runs(deployment, limit),
  };
}

/** All permissions take half a minute: every eighth is taken away, and all of them when there is time. */
const hasTime = isAllAskedFor("TRAILWARDEN_PERMISSIONS");
const certain = [
  ...["s3:CreateBucket", "s3:DeleteBucket", "sns:Subscribe", "sns:Unsubscribe", "sqs:DeleteQueue"],
  ...["cloudtrail:CreateTrail", "cloudtrail:DeleteTrail", "cloudtrail:StartLogging"],
];

test("each permission that is missing is named where a run stops for it, and going on completes the run", async () => {
  await using place = await openSetUpPlace();
  const { plan } = await place.plan();
  const aws = sandboxAws(place.sandbox);
  const beginning = await valuesOf(plan, aws);
  const { asUser, deny, allow } = await makeUser(place);
  const tools = () => toolsFor(place, { awsOf: async () => asUser });
  const calls = plan.steps.flatMap(({ setting }) => [...settingOf(setting).calls.get, ...settingOf(setting).calls.put]);
  const stops: string[] = [];
  const actions = [...new Set(calls.map((call) => call.action))];
  for (const action of actions.filter((each, index) => hasTime || index % 8 === 0 || certain.includes(each))) {
    waitForQueueNames(place);
    await deny(action);
    const assertNamed = (run: SetupRun) => {
      if (run.status === "done") return;
      assert.equal(run.status, "stopped");
      const failed = run.steps.filter(({ status }) => status === "failed");
      assert.equal(failed.length, 1);
      assert.ok(failed[0]?.problem.includes(`${action} is not allowed`), `${action}: ${failed[0]?.problem}`);
      stops.push(action);
    };
    let run = await applyPlan(plan, {}, tools());
    assertNamed(run);
    if (run.status === "stopped") {
      await allow();
      run = await goOn(run.id, tools());
      await deny(action);
    }
    assert.deepEqual([run.status, problemsOf(run)], ["done", []], action);
    let undo = await undoRun(run.id, { withLogFiles: true }, tools());
    assertNamed(undo);
    await allow();
    undo = await goOn(undo.id, tools());
    assert.deepEqual([undo.status, problemsOf(undo)], ["done", []], action);
    assert.deepEqual(await valuesOf(plan, aws), beginning, action);
  }
  for (const action of certain) {
    assert.ok(stops.includes(action), `${action} among ${[...new Set(stops)].join(", ")}`);
  }
});

/** A user who may do everything but one thing. */
async function makeUser(place: SetUpPlace) {
  const iam = await place.sandbox.client("iam", { accountId });
  const UserName = "engineer";
  const put = (PolicyName: string, Effect: string, Action: string) =>
    iam.call("PutUserPolicy", {
      UserName,
      PolicyName,
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: { Effect, Action, Resource: "*" } }),
    });
  await iam.call("CreateUser", { UserName });
  await put("everything", "Allow", "*");
  const { AccessKey } = await iam.call("CreateAccessKey", { UserName });
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = AccessKey ?? {};
  return {
    asUser: sandboxAws(place.sandbox, { accessKeyId, secretAccessKey }),
    deny: (action: string) => put("but", "Deny", action),
    allow: () => iam.call("DeleteUserPolicy", { UserName, PolicyName: "but" }),
  };
}

test("a bucket with log files stays as it is set up, and goes with them when that is said, if nothing else lies there", async () => {
  await using place = await openSetUpPlace();
  const { plan } = await place.plan();
  const aws = sandboxAws(place.sandbox);
  const beginning = await valuesOf(plan, aws);
  const run = await applyPlan(plan, {}, toolsFor(place));
  await place.sandbox.sandbox.delivery.deliverNow();
  const Bucket = nameOf(plan.places.bucket ?? { arn: "" });
  const undo = await undoRun(run.id, { withLogFiles: false }, toolsFor(place));
  assert.equal(undo.status, "done");
  const left = undo.steps.filter(({ status }) => status === "left");
  assert.deepEqual(
    left.map(({ step }) => step.setting),
    ["bucket", "bucket-policy", "bucket-versioning"],
  );
  assert.match(left[0]?.problem ?? "", /holds log files: it stays, as it is set up/);
  const now = await valuesOf(plan, aws);
  for (const [index, { setting, after }] of plan.steps.entries()) {
    assert.deepEqual(now[index], setting.startsWith("bucket") ? after : undefined, setting);
  }
  const s3 = await place.sandbox.client("s3", { accountId, region });
  await s3.call("PutObject", { Bucket, Key: "notes.txt", Body: "mine" });
  const second = await undoRun(run.id, { withLogFiles: true }, toolsFor(place));
  assert.match(
    problemsOf(second)[0] ?? "",
    /holds more than the trail's log files, such as notes\.txt: nothing is deleted/,
  );
  const { Versions = [] } = await s3.call("ListObjectVersions", { Bucket, Prefix: "AWSLogs/" });
  assert.ok(Versions.length > 0);
  const { Versions: notes = [] } = await s3.call("ListObjectVersions", { Bucket, Prefix: "notes.txt" });
  for (const { VersionId } of notes) await s3.call("DeleteObject", { Bucket, Key: "notes.txt", VersionId });
  const third = await undoRun(run.id, { withLogFiles: true }, toolsFor(place));
  assert.deepEqual([third.status, problemsOf(third)], ["done", []]);
  assert.deepEqual(await valuesOf(plan, aws), beginning);
  await assert.rejects(undoRun(run.id, { withLogFiles: true }, toolsFor(place)), { code: "run-over" });
});
