import assert from "node:assert/strict";
import { test } from "node:test";
import type { SetupAws } from "../setup-aws.ts";
import { makePlan } from "../planning/make-plan.ts";
import type { SetupWish } from "../planning/plan.ts";
import { makeBucket, openSetUpPlace, region, type SetUpPlace } from "../planning/set-up.fixture.ts";
import { applyPlan, undoRun } from "../running/run-plan.ts";
import { readWiring } from "../wiring/read-wiring.ts";
import type { WiringPlaces } from "../wiring/wiring.ts";
import { allSettings } from "../settings/index.ts";
import { type AskedNeeds, recordNeeds } from "./asked-needs.fixture.ts";
import { declaredCalls } from "./declared-calls.ts";
import { assume, awsAs, makeRole, makeWatcher } from "./made-role.fixture.ts";
import { rolesOf } from "./role-model.ts";

interface InRole {
  readonly aws: SetupAws;
  readonly asked: AskedNeeds;
}

/** The place's deployment in the role that is printed for it. */
async function inRole(place: SetUpPlace, places: WiringPlaces = {}): Promise<InRole> {
  const { deployment, sandbox } = place;
  const { accountId, externalId } = deployment;
  const watcher = await makeWatcher(sandbox);
  const [role] = rolesOf({ deployment, ...declaredCalls([]), principalArn: watcher.arn, places });
  assert.ok(role);
  const roleArn = await makeRole(sandbox, accountId, role.model);
  const credentials = await assume(sandbox, { roleArn, externalId, credentials: watcher.credentials });
  return { aws: awsAs(sandbox, { [accountId]: credentials }), asked: recordNeeds(sandbox) };
}

async function thereAndBack(place: SetUpPlace, { aws, asked }: InRole): Promise<void> {
  const { deployment, sandbox } = place;
  const now = () => sandbox.sandbox.clock.now();
  const wish: SetupWish = {
    ...{ region, createsTrail: true, allowsPaidCopy: false, forOrganization: false, keyArn: "" },
    names: deployment.names,
  };
  const { plan } = await makePlan(wish, { deployment, aws, now });
  assert.deepEqual(plan.obstacles, []);
  assert.ok(plan.steps.length > 0);
  const tools = { ...place.tools, awsOf: () => Promise.resolve(aws) };
  const run = await applyPlan(plan, {}, tools);
  assert.deepEqual(
    run.steps.flatMap(({ status, problem }) => (status === "done" ? [] : [problem])),
    [],
  );
  await sandbox.sandbox.delivery.deliverNow();
  const wiring = await readWiring(plan.places, { aws, settings: allSettings, now });
  assert.deepEqual(wiring.unread, []);
  const undone = await undoRun(run.id, { withLogFiles: true }, tools);
  assert.deepEqual(
    undone.steps.flatMap(({ status, problem }) => (status === "failed" || status === "left" ? [problem] : [])),
    [],
  );
  assert.deepEqual(
    asked.by("trailwarden").filter(({ isAllowed }) => !isAllowed),
    [],
  );
}

test("an empty account is set up and given back in exactly the role that is printed", async () => {
  await using place = await openSetUpPlace();
  await thereAndBack(place, await inRole(place));
});

test("a trail that is there is used, its bucket left to whom it belongs, once the role names them", async () => {
  await using place = await openSetUpPlace();
  const { accountId } = place.deployment;
  await makeBucket(place.sandbox, accountId, "old-logs");
  const arn = await place.makeTrail("old", { isMultiRegion: false }, { isStarted: false });
  const { plan } = await place.plan();
  assert.equal(plan.choice.trailArn, arn);
  await thereAndBack(place, await inRole(place, plan.places));
});

test("a role that was not told of the trail changes nothing of it, and the run says what is missing", async () => {
  await using place = await openSetUpPlace();
  const { accountId } = place.deployment;
  await makeBucket(place.sandbox, accountId, "old-logs");
  await place.makeTrail("old", {}, { isStarted: false });
  const { aws } = await inRole(place);
  const { plan } = await place.plan();
  const run = await applyPlan(plan, {}, { ...place.tools, awsOf: () => Promise.resolve(aws) });
  assert.equal(run.status, "stopped");
  const failed = run.steps.find(({ status }) => status === "failed");
  assert.match(failed?.problem ?? "", /cloudtrail:UpdateTrail is not allowed/);
});
