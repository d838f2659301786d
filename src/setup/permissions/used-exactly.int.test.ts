import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Credentials } from "../../aws/index.ts";
import { openSandbox, sandboxAccount, sandboxRegion, type TestSandbox } from "../../sandbox/sandbox.fixture.ts";
import { readAccount } from "../account/read-account.ts";
import { findInHistory } from "../care/event-history.ts";
import { emptyBucket } from "../running/empty-bucket.ts";
import { allSettings, settingOf } from "../settings/index.ts";
import type { Place } from "../settings/place.ts";
import type { SettingName } from "../settings/values.ts";
import type { SetupAws } from "../setup-aws.ts";
import { locateBucket } from "../wiring/locate.ts";
import { readTrailStatus } from "../wiring/trail-status.ts";
import { type AskedNeed, type AskedNeeds, recordNeeds } from "./asked-needs.fixture.ts";
import { declaredCalls } from "./declared-calls.ts";
import { doctor } from "./doctor.ts";
import { watchCalls } from "./doctor/watch-calls.ts";
import { type LifeOfSettings, lifeOfSettings } from "./life-of-settings.fixture.ts";
import { assume, awsAs, makeRole, makeWatcher } from "./made-role.fixture.ts";
import { exampleRequest } from "./made-up-settings.fixture.ts";
import { type AccountRole, rolesOf } from "./role-model.ts";

/*
 * Everything that set-up asks of AWS is asked in a role with exactly the policy that is printed for it: a call outside of it is
 * refused, and fails its step; a permission that nothing asked for in the end fails the comparison.
 */
const member = "444455556666";
const roleName = "trailwarden";
const at = { accountId: sandboxAccount, region: sandboxRegion };

let open: TestSandbox;
let watcher: { readonly arn: string; readonly credentials: Credentials };
let asked: AskedNeeds;
let life: LifeOfSettings;
let role: AccountRole;
let aws: SetupAws;
/** By setting, and what belongs to none. */
const used = new Map<SettingName | "account" | "run" | "doctor", readonly AskedNeed[]>();
const watched = new Set<string>();

async function inRole(accountId: string, places: Record<string, Place>) {
  const [made] = rolesOf({
    ...exampleRequest,
    ...declaredCalls([]),
    deployment: { ...exampleRequest.deployment, accountId },
    principalArn: watcher.arn,
    places,
  });
  assert.ok(made);
  const roleArn = await makeRole(open, accountId, made.model);
  const { externalId } = exampleRequest.deployment;
  const credentials = await assume(open, { roleArn, externalId, credentials: watcher.credentials });
  const watchedAws = watchCalls(awsAs(open, { [accountId]: credentials }), ({ action }) => void watched.add(action));
  return { made, roleArn, aws: watchedAws };
}

async function use(name: SettingName | "account" | "run" | "doctor", work: () => Promise<unknown>): Promise<void> {
  used.set(name, [...(used.get(name) ?? []), ...(await asked.during(roleName, work))]);
}

before(async () => {
  open = await openSandbox();
  watcher = await makeWatcher(open);
  const organizations = await open.client("organizations");
  await organizations.call("CreateOrganization", { FeatureSet: "ALL" });
  life = await lifeOfSettings(open);
  const opened = await inRole(sandboxAccount, { key: life.key });
  ({ made: role, aws } = opened);
  assert.deepEqual(role.leftOut, []);
  asked = recordNeeds(open);

  for (const { setting: name, place, values } of life.steps) {
    const setting = settingOf(name);
    await use(name, async () => {
      let earlier = await setting.get(place, aws);
      for (const value of values) {
        await setting.put(place, { before: earlier, after: value as never }, aws);
        earlier = await setting.get(place, aws);
      }
    });
  }
  const now = () => open.sandbox.clock.now();
  await use("account", async () => {
    assert.deepEqual((await readAccount({ aws, ...at, now })).unread, []);
    await readTrailStatus(life.trail, aws);
    const question = { eventNames: ["CreateTrail"], mentions: [life.trail.arn], since: 0 };
    const { clock } = open.sandbox;
    await findInHistory(question, [at], { aws, clock, signal: new AbortController().signal });
    const among = { partition: "aws", accountIds: [sandboxAccount], region: sandboxRegion };
    assert.equal((await locateBucket(life.bucketName, among, aws)).kind, "found");
  });
  await use("doctor", () =>
    doctor({
      aws,
      deployment: { region: sandboxRegion, externalId: exampleRequest.deployment.externalId },
      roles: [{ ...role, roleArn: opened.roleArn }],
      now,
    }),
  );
  for (const { setting: name, place } of life.steps.toReversed().filter(({ goesAway }) => goesAway)) {
    if (name === "bucket") {
      await life.putLogFile();
      await use("run", async () => {
        const emptied = await emptyBucket(place, "", { aws, signal: new AbortController().signal });
        assert.equal(emptied.kind, "emptied");
      });
    }
    await use(name, async () => {
      const setting = settingOf(name);
      await setting.put(place, { before: await setting.get(place, aws), after: undefined }, aws);
    });
  }

  // Only a member asks who looks after CloudTrail for its organization.
  await life.invite(member);
  const asMember = await inRole(member, {});
  await use("account", () => readAccount({ aws: asMember.aws, accountId: member, region: sandboxRegion, now }));
});
after(() => open[Symbol.asyncDispose]());

function actionsIn(needs: Iterable<readonly AskedNeed[]>): string[] {
  return [...new Set([...needs].flat().map(({ action }) => action))].toSorted();
}

test("nothing was refused", () => {
  const refusedNeeds = [...used.values()].flat().filter(({ isAllowed }) => !isAllowed);
  assert.deepEqual(refusedNeeds, []);
  assert.deepEqual(open.troubles, []);
});

test("every setting was set", () => {
  const never = allSettings.filter(({ name }) => !life.steps.some(({ setting }) => setting === name));
  assert.deepEqual(never, []);
});

test("the permissions that are printed are those that were asked for, no fewer and no more", () => {
  const printed = role.permissions.map(({ action }) => action);
  // Each object of DeleteObjects is judged where it is not heard; that the bucket was emptied is seen above.
  const heard = [...actionsIn(used.values()), "s3:DeleteObjectVersion"];
  assert.deepEqual(heard.toSorted(), printed.toSorted());
});

for (const { name, calls } of allSettings) {
  test(`${name} asks for the permissions that it declares, no fewer and no more`, () => {
    const declared = new Set([...calls.get, ...calls.put].map(({ action }) => action));
    assert.deepEqual(actionsIn([used.get(name) ?? []]), [...declared].toSorted());
  });
}

test("what a call takes is told rightly from the call alone", () => {
  const heard = new Set(actionsIn(used.values()));
  const known = new Set(["s3:DeleteObjectVersion", "sts:GetCallerIdentity"]);
  assert.deepEqual(
    [...watched].filter((action) => !heard.has(action) && !known.has(action)),
    [],
  );
});

test("a call outside of the policy is refused", async () => {
  const s3 = await aws.client("s3", at);
  const Bucket = life.otherBucketName;
  await assert.rejects(s3.call("GetBucketTagging", { Bucket }), { code: "AccessDenied" });
  await assert.rejects(s3.call("DeleteBucketPolicy", { Bucket }), { code: "AccessDenied" });
  const iam = await aws.client("iam", at);
  await assert.rejects(iam.call("ListRoles", {}), { code: "AccessDenied" });
});
