import assert from "node:assert/strict";
import { after, test } from "node:test";
import { clientFor } from "../../src/aws/index.ts";
import { deploymentName, openCarePlace, region } from "./care.fixture.ts";
import { wayNow } from "./way.fixture.ts";

/** Of the provider for AWS, as it sends it. */
const terraform =
  "APN/1.0 HashiCorp/1.0 Terraform/1.9.8 (+https://www.terraform.io) terraform-provider-aws/5.80.0 (+https://registry.terraform.io/providers/hashicorp/aws)";

const place = await openCarePlace({ isQuick: true });
after(() => place[Symbol.asyncDispose]());
const { setup, sandbox, clock, mallory } = place;
await place.setUp();
const { trail } = await wayNow(place);

test("what Terraform changed is told and held back, and mended with a person's yes", async () => {
  await using client = await clientFor("cloudtrail", {
    endpoint: sandbox.sandbox.url,
    region,
    credentials: place.malloryKey,
    customUserAgent: terraform,
  });
  await client.call("UpdateTrail", { Name: trail.arn, EnableLogFileValidation: false });
  await sandbox.sandbox.delivery.deliverNow();
  const { drifts } = await setup.check(deploymentName, { repairs: true });
  const [drift] = drifts;
  assert.deepEqual(
    drifts.map(({ check, manner }) => [check, manner]),
    [["validation-off", "repair"]],
  );
  assert.match(drift?.heldBack ?? "", /^Terraform made this change/);
  assert.match(drift?.culprit?.userAgent ?? "", /Terraform\/1\.9\.8/);
  await setup.check(deploymentName, { repairs: true });
  assert.equal(await validates(), false, "it was fought against");
  const told = (await place.history()).map(({ kind }) => kind);
  assert.deepEqual(
    ["drift", "held-back", "repaired"].map((kind) => told.filter((one) => one === kind).length),
    [1, 1, 0],
  );

  const run = await setup.repair(
    deploymentName,
    { check: "validation-off", about: drift?.about ?? "" },
    () => undefined,
  );
  assert.equal(run.status, "done");
  assert.equal(await validates(), true);
  clock.advance(10_000);
  assert.deepEqual((await setup.check(deploymentName, { repairs: true })).drifts, []);

  async function validates(): Promise<boolean> {
    const { Trail } = await (await place.admin("cloudtrail")).call("GetTrail", { Name: trail.arn });
    return Trail?.LogFileValidationEnabled === true;
  }
});

test("what was mended twice within a day and has changed again is held back, until the day is over or a person says yes", async () => {
  const trails = await mallory("cloudtrail");
  const stop = async () => {
    await trails.call("StopLogging", { Name: trail.arn });
    return (await setup.check(deploymentName, { repairs: true })).drifts;
  };
  assert.deepEqual([await stop(), await stop()], [[], []]);
  const [drift, ...others] = await stop();
  assert.deepEqual([drift?.check, others], ["logging-stopped", []]);
  assert.match(drift?.heldBack ?? "", /mended 2 times within a day.*somebody wants it otherwise/);
  assert.equal((await place.history())[0]?.kind, "held-back");
  const about = drift?.about ?? "";
  const run = await setup.repair(deploymentName, { check: "logging-stopped", about }, () => undefined);
  assert.equal(run.status, "done");
  assert.deepEqual((await setup.check(deploymentName, { repairs: true })).drifts, []);

  const [again] = await stop();
  assert.ok(again?.heldBack !== undefined);
  clock.advance(86_400_000);
  assert.deepEqual((await setup.check(deploymentName, { repairs: true })).drifts, []);
  assert.equal((await place.history()).find(({ kind }) => kind !== "probe")?.kind, "repaired");
});

test("where only some repairs may be made by themselves, the others wait", async () => {
  await setup.change(deploymentName, { automatic: ["logging-stopped"] });
  const trails = await mallory("cloudtrail");
  await trails.call("StopLogging", { Name: trail.arn });
  // As Terraform did before, which was mended: whoever did it then has nothing to do with it.
  await trails.call("UpdateTrail", { Name: trail.arn, EnableLogFileValidation: false });
  const { drifts, wiring } = await setup.check(deploymentName, { repairs: true });
  assert.deepEqual(
    drifts.map(({ check, heldBack }) => [check, heldBack]),
    [["validation-off", undefined]],
  );
  assert.equal(wiring.values["trail-logging"], true);
});
