import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { openSetUpPlace, type SetUpPlace } from "../../src/setup/planning/set-up.fixture.ts";
import { applyPlan, undoRun } from "../../src/setup/running/run-plan.ts";
import { sandboxAccount, sandboxRegion } from "../../src/sandbox/sandbox.fixture.ts";
import { makeTemporaryFolder } from "../fixtures/temporary-folder.ts";
import { missingTerraform, openTerraform, type TerraformRun } from "../sandbox/terraform.fixture.ts";

/*
 * Terraform reads every field of what it takes over and compares it with what somebody wrote down by hand: what set-up
 * made is just what it says it makes, and nothing beside it.
 */
const skip = await missingTerraform();
const stack = { "main.tf": readFileSync(new URL("terraform/main.tf", import.meta.url), "utf8") };

/** What AWS gave names of its own. */
async function namesOf({ sandbox }: SetUpPlace): Promise<Readonly<Record<string, string>>> {
  const [sqs, sns] = [await sandbox.client("sqs"), await sandbox.client("sns")];
  const urlOf = async (QueueName: string) => (await sqs.call("GetQueueUrl", { QueueName })).QueueUrl ?? "";
  const name = `trailwarden-${sandboxAccount}`;
  const { Subscriptions = [] } = await sns.call("ListSubscriptions", {});
  return {
    queue_url: await urlOf(name),
    dead_letters_url: await urlOf(`${name}-dead-letters`),
    subscription_arn: Subscriptions[0]?.SubscriptionArn ?? "",
  };
}

test(
  "what an apply made is taken over by Terraform with nothing to change, and undone all the same",
  { skip },
  async () => {
    await using place = await openSetUpPlace();
    const { plan } = await place.plan();
    const run = await applyPlan(plan, {}, place.tools);
    assert.equal(run.status, "done");
    const names = await namesOf(place);
    using folder = makeTemporaryFolder();
    const at = { folder: folder.path, accountId: sandboxAccount, region: sandboxRegion };
    using terraform = await openTerraform(place.sandbox.sandbox, { stack, ...at });
    const count = terraform.resources;
    assertSays(await terraform.plan(names), 2, `Plan: ${count} to import, 0 to add, 0 to change, 0 to destroy.`);
    const taken = `Apply complete! Resources: ${count} imported, 0 added, 0 changed, 0 destroyed.`;
    assertSays(await terraform.apply(names), 0, taken);
    assertSays(await terraform.plan(names), 0, "No changes. Your infrastructure matches the configuration.");

    const { plan: second } = await place.plan();
    assert.deepEqual([second.steps, second.obstacles], [[], []]);
    const undo = await undoRun(run.id, { withLogFiles: true }, place.tools);
    assert.deepEqual(
      undo.steps.filter(({ status }) => status !== "done"),
      [],
    );
    assert.deepEqual(place.sandbox.troubles, []);
  },
);

function assertSays({ code, text }: TerraformRun, expected: number, line: string): void {
  const end = text.slice(-4_000);
  assert.equal(code, expected, end);
  assert.ok(text.split("\n").includes(line), end);
}
