import assert from "node:assert/strict";
import { test } from "node:test";
import { sandboxAccount } from "../../src/sandbox/sandbox.fixture.ts";
import { SetupError } from "../../src/setup/index.ts";
import { openRolePlace, type RolePlace } from "./role-place.fixture.ts";

const nobody = () => undefined;

async function planned(place: RolePlace): Promise<string> {
  await place.allowAsPrintedFor("example");
  return (await place.setup.plan("example", {})).plan.id;
}

async function newestTold({ setup }: RolePlace) {
  const [newest] = await setup.history("example", { limit: 1 });
  return newest;
}

const full = new SetupError("The disk is full", { code: "deployment-invalid", fault: "user", help: "Make room" });

test("a run whose source cannot be added is stopped and says so, and going on adds it", async () => {
  await using place = await openRolePlace();
  const { setup } = place;
  const planId = await planned(place);
  place.failSource(full);
  const run = await setup.apply("example", planId, {}, nobody);
  assert.deepEqual([run.status, [...new Set(run.steps.map(({ status }) => status))]], ["stopped", ["done"]]);
  const told = await newestTold(place);
  assert.deepEqual([told?.kind, told?.runId], ["stopped", run.id]);
  assert.match(told?.sentence ?? "", /All changes are made.*The disk is full.*go on/);
  assert.equal((await setup.runs("example"))[0]?.status, "stopped");

  const end = await setup.goOn(run.id, nobody);
  assert.deepEqual([end.status, place.sources, (await setup.get("example")).source], ["done", ["example"], "example"]);
  // It is all done: to go on again does nothing, and tells nothing.
  await setup.goOn(run.id, nobody);
  assert.deepEqual(place.sources, ["example"]);
  const kinds = (await setup.history("example", { limit: 50 })).map(({ kind }) => kind);
  assert.deepEqual(
    kinds.filter((kind) => kind !== "probe"),
    ["applied", "stopped"],
  );
});

test("what is our own fault there is thrown, and the run can go on all the same", async () => {
  await using place = await openRolePlace();
  const { setup } = place;
  const planId = await planned(place);
  place.failSource(new TypeError("Ours"));
  await assert.rejects(setup.apply("example", planId, {}, nobody), TypeError);
  const [run] = await setup.runs("example");
  assert.equal(run?.status, "stopped");
  assert.equal((await setup.goOn(run.id, nobody)).status, "done");
  assert.deepEqual(place.sources, ["example"]);
});

test("once its queue is taken back, the source rests, and nothing is agreed on", async () => {
  await using place = await openRolePlace();
  const { setup } = place;
  const run = await setup.apply("example", await planned(place), {}, nobody);
  assert.equal((await setup.get("example")).isAgreed, true);
  const undo = await setup.undo(run.id, { withLogFiles: true }, nobody);
  assert.equal(undo.status, "done");
  assert.deepEqual(place.rested, ["example"]);
  assert.equal((await setup.get("example")).isAgreed, false);
  assert.match((await newestTold(place))?.sentence ?? "", /the source example rests/);
});

test("a source goes on reading where the queue was there before", async () => {
  await using place = await openRolePlace();
  const { setup, sandbox } = place;
  const sqs = await sandbox.client("sqs");
  const Attributes = { MessageRetentionPeriod: "1209600", VisibilityTimeout: "300", SqsManagedSseEnabled: "true" };
  await sqs.call("CreateQueue", { QueueName: `trailwarden-${sandboxAccount}`, Attributes });
  const run = await setup.apply("example", await planned(place), {}, nobody);
  assert.equal((await setup.undo(run.id, { withLogFiles: true }, nobody)).status, "done");
  assert.deepEqual(place.rested, []);
});
