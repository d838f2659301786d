import assert from "node:assert/strict";
import { test } from "node:test";
import { ensureCollectionWiring } from "../../sandbox/index.ts";
import { sandboxAccount } from "../../sandbox/sandbox.fixture.ts";
import { applyPlan, undoRun } from "../running/run-plan.ts";
import { snapshotAccounts } from "./account-snapshot.fixture.ts";
import { makeBucket, openSetUpPlace, type SetUpPlace } from "./set-up.fixture.ts";
import type { SetupPlan, SetupWish } from "./plan.ts";

const accountId = sandboxAccount;
const other = "777788889999";
const manager = "123456789012";
const roleOf = (id: string) => ({ accountId: id, roleArn: `arn:aws:iam::${id}:role/trailwarden` });

/** Applies the plan, sees that nothing is left to do, takes it back, and sees that all is as it was. */
async function thereAndBack(
  place: SetUpPlace,
  plan: SetupPlan,
  wish: Partial<SetupWish> = {},
  meanwhile = async (): Promise<void> => undefined,
): Promise<void> {
  assert.deepEqual(plan.obstacles, []);
  const before = await snapshotAccounts(place.sandbox, [accountId, other, manager]);
  const run = await applyPlan(plan, {}, place.tools);
  assert.deepEqual(
    run.steps.filter(({ status }) => status !== "done"),
    [],
  );
  assert.equal(run.status, "done");
  const { plan: second } = await place.plan(wish);
  assert.deepEqual([second.steps, second.obstacles], [[], []]);
  await meanwhile();
  await place.sandbox.sandbox.delivery.deliverNow();
  const undone = await undoRun(run.id, { withLogFiles: true }, place.tools);
  assert.deepEqual(
    undone.steps.filter(({ status }) => status === "failed" || status === "left"),
    [],
  );
  assert.deepEqual(await snapshotAccounts(place.sandbox, [accountId, other, manager]), before);
}

const settingsOf = ({ steps }: SetupPlan) => steps.map(({ setting }) => setting);

test("an empty account gets bucket, topic, queues and a trail in all regions, and gives them back", async () => {
  await using place = await openSetUpPlace();
  const { plan } = await place.plan();
  assert.equal(plan.choice.kind, "create");
  assert.deepEqual(settingsOf(plan), [
    "bucket",
    "bucket-public-access",
    "bucket-ownership",
    "bucket-encryption",
    "bucket-versioning",
    "bucket-policy",
    "topic",
    "topic-policy",
    "dead-letter-queue",
    "queue",
    "queue-policy",
    "queue-redrive",
    "subscription",
    "trail",
    "trail-logging",
  ]);
  await thereAndBack(place, plan);
});

test("where none is to be made, the plan says how to make one and does nothing", async () => {
  await using place = await openSetUpPlace();
  const { plan } = await place.plan({ createsTrail: false });
  assert.deepEqual([plan.choice.kind, plan.steps], ["none", []]);
  assert.match(plan.obstacles[0]?.help ?? "", /Make one in the CloudTrail console/);
});

test("a stopped trail is started, mended and used instead of making another", async () => {
  await using place = await openSetUpPlace();
  await makeBucket(place.sandbox, accountId, "old-logs");
  const arn = await place.makeTrail("old", { isMultiRegion: false }, { isStarted: false });
  const { plan } = await place.plan();
  assert.deepEqual([plan.choice.kind, plan.choice.trailArn], ["start", arn]);
  assert.ok(!settingsOf(plan).includes("bucket"));
  const trail = plan.steps.find(({ setting }) => setting === "trail");
  assert.match(trail?.what ?? "", /log file validation on, announce .*, record all regions/);
  assert.equal(plan.steps.at(-1)?.setting, "trail-logging");
  await thereAndBack(place, plan);
});

test("of a good trail only what is missing is added, and what its bucket's policy says already stays", async () => {
  await using place = await openSetUpPlace();
  await makeBucket(place.sandbox, accountId, "good-logs");
  const arn = await place.makeTrail("good", { validatesLogFiles: true });
  const { plan } = await place.plan();
  assert.deepEqual([plan.choice.kind, plan.choice.trailArn], ["use", arn]);
  assert.deepEqual(
    settingsOf(plan).filter((name) => name.startsWith("bucket") || name === "trail-logging"),
    [],
  );
  assert.ok(
    plan.notes.some((note) => /^The statements Theirs, number 2 of .* on behalf of anybody's trail/.test(note)),
  );
  await thereAndBack(place, plan);
});

test("of several trails the one that logs everywhere is taken, and the others are named with what they cost", async () => {
  await using place = await openSetUpPlace();
  for (const name of ["narrow", "wide", "halted"]) await makeBucket(place.sandbox, accountId, `${name}-logs`);
  await place.makeTrail("narrow", { isMultiRegion: false });
  const wide = await place.makeTrail("wide");
  await place.makeTrail("halted", {}, { isStarted: false });
  const { plan } = await place.plan();
  assert.equal(plan.choice.trailArn, wide);
  assert.ok(plan.notes.some((note) => note.includes("narrow") && note.includes("paid for")));
  await thereAndBack(place, plan);
});

test("a trail into somebody else's bucket stays as it is; a second one is only made when it may be paid for", async () => {
  await using place = await openSetUpPlace();
  await makeBucket(place.sandbox, other, "vendor-logs");
  await place.makeTrail("vendor", { validatesLogFiles: true });
  const { plan } = await place.plan();
  assert.deepEqual([plan.choice.kind, plan.steps], ["none", []]);
  assert.match(plan.choice.sentence, /vendor.*may not be read.*paid for/);
  const wish = { allowsPaidCopy: true };
  const { plan: paid } = await place.plan(wish);
  assert.equal(paid.choice.kind, "create");
  assert.match(paid.steps.find(({ setting }) => setting === "trail")?.cost ?? "", /2\.00 USD/);
  await thereAndBack(place, paid, wish);
});

test("in a management account the organization's trail is used, beside whoever reads it already", async () => {
  await using place = await openSetUpPlace(manager);
  const { trailArn, topicArn } = await ensureCollectionWiring(place.sandbox.sandbox);
  const { plan } = await place.plan();
  assert.deepEqual([plan.choice.kind, plan.choice.trailArn], ["use", trailArn]);
  assert.equal(plan.places.topic?.arn, topicArn);
  assert.deepEqual(settingsOf(plan), ["dead-letter-queue", "queue", "queue-policy", "queue-redrive", "subscription"]);
  await thereAndBack(place, plan);
});

test("in a member account the organization's trail is seen, and reached through the account that it belongs to", async () => {
  await using alone = await openSetUpPlace();
  await ensureCollectionWiring(alone.sandbox.sandbox);
  const { plan: refused } = await alone.plan();
  assert.deepEqual([refused.choice.kind, refused.steps], ["none", []]);
  assert.match(refused.obstacles[0]?.help ?? "", /Give a role of account 123456789012 as the log account/);

  await using place = await openSetUpPlace(accountId, { logAccount: roleOf(manager) });
  const { trailArn } = await ensureCollectionWiring(place.sandbox.sandbox);
  const { plan } = await place.plan();
  assert.deepEqual([plan.choice.kind, plan.choice.trailArn], ["use", trailArn]);
  assert.equal(plan.places.queue?.accountId, manager);
  await thereAndBack(place, plan);
});

test("an account may get an organization's trail where it may make one, with trusted access first", async () => {
  await using place = await openSetUpPlace(manager);
  const organizations = await place.sandbox.client("organizations", { accountId: manager });
  await organizations.call("CreateOrganization", { FeatureSet: "ALL" });
  const wish = { forOrganization: true };
  const { plan } = await place.plan(wish);
  assert.ok(settingsOf(plan).indexOf("organization-access") < settingsOf(plan).indexOf("trail"));
  await thereAndBack(place, plan, wish);
});

test("a trail into a central bucket of our own log account is used, and the bucket's policy is left as it is", async () => {
  await using place = await openSetUpPlace(accountId, { logAccount: roleOf(other) });
  await makeBucket(place.sandbox, other, "central-logs");
  const arn = await place.makeTrail("central");
  const { plan } = await place.plan();
  assert.deepEqual([plan.choice.kind, plan.choice.trailArn], ["use", arn]);
  assert.equal(plan.places.bucket?.accountId, other);
  assert.ok(!settingsOf(plan).includes("bucket-policy"));
  await thereAndBack(place, plan);
});

test("an administrator by delegation makes the organization's trail, mends it, and gives it back", async () => {
  await using place = await openSetUpPlace(other);
  const wiring = await ensureCollectionWiring(place.sandbox.sandbox);
  const trails = await place.sandbox.client("cloudtrail", { accountId: manager });
  await trails.call("DeleteTrail", { Name: wiring.trailArn });
  await trails.call("RegisterOrganizationDelegatedAdmin", { MemberAccountId: other });
  const wish = { forOrganization: true };
  const { plan } = await place.plan(wish);
  assert.deepEqual([plan.choice.kind, plan.places.bucket?.accountId], ["create", other]);
  assert.equal(plan.choice.trailArn?.split(":")[4], manager);
  await thereAndBack(place, plan, wish, async () => {
    await trails.call("UpdateTrail", { Name: plan.choice.trailArn, EnableLogFileValidation: false });
    const { plan: mending } = await place.plan();
    assert.deepEqual([settingsOf(mending), mending.obstacles], [["trail"], []]);
    await trails.call("UpdateTrail", { Name: plan.choice.trailArn, EnableLogFileValidation: true });
  });
});

test("with an account for log files, bucket, topic and queue are made there and the trail in its own", async () => {
  await using place = await openSetUpPlace(accountId, { logAccount: roleOf(other) });
  const { plan } = await place.plan();
  const { trail, bucket, topic, queue } = plan.places;
  assert.deepEqual(
    [trail, bucket, topic, queue].map((part) => part?.accountId),
    [accountId, other, other, other],
  );
  await thereAndBack(place, plan);
});

test("a new trail's key lets CloudTrail encrypt, beside whomever it lets already; one that is disabled stands in the way", async () => {
  await using place = await openSetUpPlace();
  const kms = await place.sandbox.client("kms", { accountId });
  const { KeyMetadata } = await kms.call("CreateKey", {});
  const wish = { keyArn: KeyMetadata?.Arn ?? "" };
  const { plan } = await place.plan(wish);
  assert.ok(settingsOf(plan).indexOf("key-policy") < settingsOf(plan).indexOf("trail"));
  const { Policy: before } = await kms.call("GetKeyPolicy", { KeyId: wish.keyArn });
  await thereAndBack(place, plan, wish);
  const { Policy: after } = await kms.call("GetKeyPolicy", { KeyId: wish.keyArn });
  assert.deepEqual(JSON.parse(after ?? ""), JSON.parse(before ?? ""));
  await kms.call("DisableKey", { KeyId: wish.keyArn });
  const { plan: refused } = await place.plan(wish);
  assert.match(refused.obstacles[0]?.sentence ?? "", /is in the state Disabled/);
});
