import assert from "node:assert/strict";
import { test } from "node:test";
import { openSandbox, sandboxAccount, sandboxRegion, type TestSandbox } from "../../sandbox/sandbox.fixture.ts";
import { type OpenedSetting, sandboxAws, settingContract } from "./contract.fixture.ts";
import { keyPolicySetting, keyStateSetting } from "./key.ts";
import type { Place } from "./place.ts";
import type { PolicyDocument, SettingName } from "./values.ts";

const [accountId, region] = [sandboxAccount, sandboxRegion];
const nowhere: Place = {
  ...{ accountId, region },
  arn: `arn:aws:kms:${region}:${accountId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
};

function policyWith(...more: readonly object[]): PolicyDocument {
  const root = {
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${accountId}:root` },
    Action: "kms:*",
    Resource: "*",
  };
  return { Version: "2012-10-17", Statement: [root, ...more] };
}

async function makeKey(sandbox: TestSandbox): Promise<Place> {
  const kms = await sandbox.client("kms", { accountId, region });
  const { KeyMetadata } = await kms.call("CreateKey", { Policy: JSON.stringify(policyWith()) });
  return { accountId, region, arn: KeyMetadata?.Arn ?? "" };
}

function openKey<Name extends SettingName>(opening: Omit<OpenedSetting<Name>, "sandbox" | "place" | "nowhere">) {
  return async (): Promise<OpenedSetting<Name>> => {
    const sandbox = await openSandbox();
    return { sandbox, place: await makeKey(sandbox), nowhere, ...opening };
  };
}

const trail = { Service: "cloudtrail.amazonaws.com" };
const encrypts = { Effect: "Allow", Principal: trail, Action: "kms:GenerateDataKey*", Resource: "*" };

settingContract("key-policy", {
  setting: keyPolicySetting,
  open: openKey({ untouched: policyWith(), values: [policyWith(encrypts), policyWith()], takenAway: "stays" }),
});

settingContract("key-state", {
  setting: keyStateSetting,
  async open() {
    const sandbox = await openSandbox();
    const place = await makeKey(sandbox);
    const kms = await sandbox.client("kms", { accountId, region });
    await kms.call("ScheduleKeyDeletion", { KeyId: place.arn });
    const values = ["Enabled", "Disabled", "Enabled"];
    return { sandbox, place, nowhere, untouched: "PendingDeletion", values, takenAway: "stays" };
  },
});

test("a key that waits to be deleted is kept, on or off as is wanted", async () => {
  await using sandbox = await openSandbox();
  const [place, aws] = [await makeKey(sandbox), sandboxAws(sandbox)];
  const kms = await sandbox.client("kms", { accountId, region });
  for (const after of ["Disabled", "Enabled"]) {
    await kms.call("ScheduleKeyDeletion", { KeyId: place.arn });
    const before = await keyStateSetting.get(place, aws);
    assert.equal(before, "PendingDeletion");
    await keyStateSetting.put(place, { before, after }, aws);
    assert.equal(await keyStateSetting.get(place, aws), after);
  }
  assert.deepEqual(keyStateSetting.commands(place, { before: "PendingDeletion", after: "Enabled" }), [
    `aws kms cancel-key-deletion --key-id ${place.arn} --region ${region}`,
    `aws kms enable-key --key-id ${place.arn} --region ${region}`,
  ]);
});

test("a crash between the two calls leaves nothing that cannot go on", async () => {
  await using sandbox = await openSandbox();
  const [place, aws] = [await makeKey(sandbox), sandboxAws(sandbox)];
  const kms = await sandbox.client("kms", { accountId, region });
  await kms.call("ScheduleKeyDeletion", { KeyId: place.arn });
  await kms.call("CancelKeyDeletion", { KeyId: place.arn });
  await keyStateSetting.put(place, { before: "PendingDeletion", after: "Enabled" }, aws);
  assert.equal(await keyStateSetting.get(place, aws), "Enabled");
});

test("no key is deleted, and none loses its policy", async () => {
  await using sandbox = await openSandbox();
  const [place, aws] = [await makeKey(sandbox), sandboxAws(sandbox)];
  for (const after of [undefined, "PendingDeletion"]) {
    const change = { before: "Enabled", after };
    await assert.rejects(keyStateSetting.put(place, change, aws), { code: "setting-stays" });
    assert.deepEqual(keyStateSetting.commands(place, change), []);
  }
  const change = { before: policyWith(), after: undefined };
  await assert.rejects(keyPolicySetting.put(place, change, aws), { code: "setting-stays" });
  assert.deepEqual(keyPolicySetting.commands(place, change), []);
  assert.equal(await keyStateSetting.get(place, aws), "Enabled");
});
