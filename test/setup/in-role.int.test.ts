import assert from "node:assert/strict";
import { test } from "node:test";
import { sandboxAccount } from "../../src/sandbox/sandbox.fixture.ts";
import { recordNeeds } from "../../src/setup/permissions/asked-needs.fixture.ts";
import { makeBucket } from "../../src/setup/planning/set-up.fixture.ts";
import { openRolePlace } from "./role-place.fixture.ts";

const nobody = () => undefined;

test("planning, applying, looking, mending and undoing are done in exactly the role that is printed", async () => {
  await using place = await openRolePlace();
  const { setup, sandbox } = place;
  await place.allowAsPrintedFor("example");
  const asked = recordNeeds(sandbox);
  const before = await place.snapshot();
  const { plan, bill } = await setup.plan("example", {});
  assert.deepEqual([plan.obstacles, plan.steps.length], [[], 15]);
  assert.ok(bill !== undefined);
  const run = await setup.apply("example", plan.id, {}, nobody);
  assert.deepEqual([run.status, place.sources], ["done", ["example"]]);
  assert.deepEqual((await setup.plan("example", {})).plan.steps, []);
  assert.deepEqual((await setup.view("example")).unread, []);

  const first = await setup.check("example", { repairs: true });
  assert.deepEqual([first.drifts, first.wiring.unread], [[], []]);
  const cloudtrail = await sandbox.client("cloudtrail");
  await cloudtrail.call("StopLogging", { Name: `trailwarden-${sandboxAccount}` });
  const { drifts } = await setup.check("example", { repairs: false });
  const [drift] = drifts;
  assert.ok(drift?.check === "logging-stopped", JSON.stringify(drifts));
  const repair = await setup.repair("example", drift, nobody);
  assert.deepEqual([repair.kind, repair.status], ["repair", "done"]);
  assert.deepEqual((await setup.check("example", { repairs: true })).drifts, []);

  await sandbox.sandbox.delivery.deliverNow();
  const undo = await setup.undo(run.id, { withLogFiles: true }, nobody);
  assert.deepEqual([undo.status, undo.steps.filter(({ status }) => status !== "done")], ["done", []]);
  assert.deepEqual(await place.snapshot(), before);
  assert.ok(asked.by("trailwarden").length > 100);
  assert.deepEqual(
    asked.by("trailwarden").filter(({ isAllowed }) => !isAllowed),
    [],
  );
  assert.deepEqual([place.failures, sandbox.troubles], [[], []]);
});

test("where a trail is there already, the role that is printed once it was seen may change it", async () => {
  await using place = await openRolePlace();
  const { setup, sandbox } = place;
  await makeBucket(sandbox, sandboxAccount, "company-logs");
  const cloudtrail = await sandbox.client("cloudtrail");
  await cloudtrail.call("CreateTrail", { Name: "company", S3BucketName: "company-logs" });
  const before = await place.snapshot();
  // As long as nobody may look, nothing of it is known.
  await place.allowAsPrintedFor("example");
  const { plan } = await setup.plan("example", {});
  assert.equal(plan.choice.kind, "start");
  const stopped = await setup.apply("example", plan.id, {}, nobody);
  const problem = stopped.steps.find(({ status }) => status === "failed")?.problem ?? "";
  assert.match(problem, /cloudtrail:UpdateTrail is not allowed/);

  await place.allowAsPrintedFor("example");
  const run = await setup.goOn(stopped.id, nobody);
  assert.deepEqual([run.status, run.steps.filter(({ status }) => status !== "done")], ["done", []]);
  const undo = await setup.undo(run.id, { withLogFiles: true }, nobody);
  assert.equal(undo.status, "done");
  assert.deepEqual(await place.snapshot(), before);
});
