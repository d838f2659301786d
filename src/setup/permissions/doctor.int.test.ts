import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { isAllAskedFor } from "../../../test/fixtures/when-there-is-time.ts";
import type { Credentials } from "../../aws/index.ts";
import { openSandbox, sandboxAccount, sandboxRegion, type TestSandbox } from "../../sandbox/sandbox.fixture.ts";
import { readAccount } from "../account/read-account.ts";
import { allSettings } from "../settings/index.ts";
import { recordNeeds } from "./asked-needs.fixture.ts";
import { declaredCalls } from "./declared-calls.ts";
import { doctor, type DoctorReport, type DoctorRequest } from "./doctor.ts";
import { isLooking } from "./features.ts";
import { assume, awsAs, makeRole, makeWatcher, setRolePolicy } from "./made-role.fixture.ts";
import { exampleRequest } from "./made-up-settings.fixture.ts";
import type { RolePolicyDocument } from "./policy-for.ts";
import { type AccountRole, rolesOf } from "./role-model.ts";

const { externalId } = exampleRequest.deployment;
const key = `arn:aws:kms:${sandboxRegion}:${sandboxAccount}:key/12345678-1234-1234-1234-123456789012`;

let open: TestSandbox;
let watcher: { readonly arn: string; readonly credentials: Credentials };
let role: AccountRole;
let roleArn: string;
before(async () => {
  open = await openSandbox();
  watcher = await makeWatcher(open);
  role = printed("trailwarden");
  roleArn = await makeRole(open, sandboxAccount, role.model);
});
after(() => open[Symbol.asyncDispose]());

/** The role of a deployment that does everything, with a key that a plan has named. */
function printed(roleName: string): AccountRole {
  const [made] = rolesOf({
    ...exampleRequest,
    deployment: { ...exampleRequest.deployment, roleArn: `arn:aws:iam::${sandboxAccount}:role/${roleName}` },
    principalArn: watcher.arn,
    ...declaredCalls(),
    places: { key: { accountId: sandboxAccount, region: sandboxRegion, arn: key } },
  });
  assert.ok(made);
  assert.deepEqual(made.leftOut, []);
  return made;
}

const takeOn: DoctorRequest["takeOn"] = ({ roleArn: arn, externalId: id }) =>
  assume(open, { roleArn: arn, credentials: watcher.credentials, ...(id === undefined ? {} : { externalId: id }) });

async function ask(
  changes: Partial<DoctorRequest> & { readonly credentials?: Credentials; readonly arn?: string } = {},
): Promise<DoctorReport> {
  const { credentials, arn = roleArn, ...request } = changes;
  const taken = credentials ?? (await assume(open, { roleArn: arn, externalId, credentials: watcher.credentials }));
  return await doctor({
    aws: awsAs(open, { [sandboxAccount]: taken }),
    deployment: { region: sandboxRegion, externalId },
    roles: [{ ...role, roleArn: arn }],
    now: () => open.sandbox.clock.now(),
    ...request,
  });
}

function without(document: RolePolicyDocument, action: string): RolePolicyDocument {
  const statements = document.Statement.map((statement) => ({
    ...statement,
    Action: statement.Action.filter((one) => one !== action),
  }));
  return { ...document, Statement: statements.filter(({ Action }) => Action.length > 0) };
}

function documentOf({ model }: AccountRole): RolePolicyDocument {
  const [policy] = model.policies;
  assert.ok(policy);
  return policy.document;
}

test("with the role as it is printed, everything is allowed and nothing is amiss", async () => {
  const report = await ask({ takeOn });
  assert.deepEqual(
    report.rows.filter(({ state }) => state !== "allowed"),
    [],
  );
  assert.equal(report.rows.length, role.permissions.length);
  assert.ok(report.rows.length > 40);
  assert.deepEqual(report.lacking, []);
  assert.deepEqual(
    report.findings.map(({ about, state }) => `${about} ${state}`),
    ["identity good", "external-id good", "clock good"],
  );
});

test("whichever permission is taken away, it and exactly the features that need it are named", async () => {
  const whole = documentOf(role);
  const credentials = await assume(open, { roleArn, externalId, credentials: watcher.credentials });
  try {
    const hasTime = isAllAskedFor("TRAILWARDEN_PERMISSIONS");
    for (const permission of role.permissions.filter((_, index) => hasTime || index % 3 === 0)) {
      const { action, requiredBy } = permission;
      if (action === "iam:SimulatePrincipalPolicy") continue;
      await setRolePolicy(open, sandboxAccount, role.model.roleName, "trailwarden", without(whole, action));
      const { rows, lacking } = await ask({ credentials });
      const denied = rows.filter(({ state }) => state !== "allowed");
      assert.deepEqual(
        denied.map((row) => [row.action, row.state]),
        [[action, "denied"]],
      );
      assert.match(denied[0]?.sentence ?? "", new RegExp(`^${action} is not allowed on \\S+: .* it to `));
      assert.deepEqual(
        lacking,
        requiredBy.map((feature) => ({ feature, actions: [action] })),
      );
    }
  } finally {
    await setRolePolicy(open, sandboxAccount, role.model.roleName, "trailwarden", whole);
  }
});

test("a permission on another's things only is not enough", async () => {
  const elsewhere: RolePolicyDocument = JSON.parse(
    JSON.stringify(documentOf(role)).replaceAll("arn:aws:s3:::trailwarden-111122223333", "arn:aws:s3:::other"),
  ) as RolePolicyDocument;
  await setRolePolicy(open, sandboxAccount, role.model.roleName, "trailwarden", elsewhere);
  const { rows } = await ask();
  await setRolePolicy(open, sandboxAccount, role.model.roleName, "trailwarden", documentOf(role));
  const row = rows.find(({ action }) => action === "s3:PutBucketPolicy");
  assert.equal(row?.state, "denied");
  assert.match(row.sentence, /not allowed on arn:aws:s3:::trailwarden-111122223333: care cannot do without it/);
});

test("a policy or boundary that forbids is told from one that is missing", async () => {
  const deny = { Sid: "No", Effect: "Deny", Action: ["cloudtrail:StopLogging"], Resource: ["*"] } as const;
  const whole = documentOf(role);
  const forbidding = { ...whole, Statement: [...whole.Statement, deny] };
  await setRolePolicy(open, sandboxAccount, role.model.roleName, "trailwarden", forbidding);
  const { rows } = await ask();
  await setRolePolicy(open, sandboxAccount, role.model.roleName, "trailwarden", whole);
  const denied = rows.filter(({ state }) => state === "denied");
  assert.deepEqual(
    denied.map(({ action }) => action),
    ["cloudtrail:StopLogging"],
  );
  assert.match(denied[0]?.sentence ?? "", /, a policy forbids it outright: care/);
});

test("where the simulator may not be asked, what looks is tried and what changes is not", async () => {
  const blind = printed("blind");
  const policy = without(without(documentOf(blind), "iam:SimulatePrincipalPolicy"), "cloudtrail:DescribeTrails");
  const arn = await makeRole(open, sandboxAccount, {
    ...blind.model,
    policies: [{ name: "trailwarden", document: policy }],
  });
  const place = { accountId: sandboxAccount, region: sandboxRegion };
  const bucket = { ...place, arn: "arn:aws:s3:::trailwarden-111122223333" };
  const s3 = await open.client("s3");
  await s3.call("CreateBucket", {
    Bucket: "trailwarden-111122223333",
    CreateBucketConfiguration: { LocationConstraint: sandboxRegion },
  });
  const settings = allSettings.filter(({ name }) => name.startsWith("bucket-"));
  const asked = recordNeeds(open);
  const { rows, lacking } = await ask({
    arn,
    roles: [{ ...blind, roleArn: arn }],
    probes: [
      (aws) => readAccount({ aws, ...place, now: () => open.sandbox.clock.now() }),
      ...settings.map((setting) => (aws: DoctorRequest["aws"]) => setting.get(bucket, aws)),
    ],
  });
  const stateOf = (action: string) => rows.find((row) => row.action === action)?.state;
  assert.equal(stateOf("iam:SimulatePrincipalPolicy"), "denied");
  assert.equal(stateOf("cloudtrail:DescribeTrails"), "denied");
  assert.equal(stateOf("ec2:DescribeRegions"), "allowed");
  assert.equal(stateOf("s3:GetBucketPolicy"), "allowed");
  assert.equal(stateOf("s3:PutBucketPolicy"), "unknown");
  assert.equal(stateOf("sqs:GetQueueAttributes"), "unknown");
  assert.deepEqual(lacking, [
    { feature: "look", actions: ["cloudtrail:DescribeTrails"] },
    { feature: "cost", actions: ["cloudtrail:DescribeTrails"] },
  ]);
  assert.ok(asked.by("blind").length > 10);
  assert.deepEqual(
    asked.by("blind").filter(({ action }) => !isLooking(action)),
    [],
  );
});

test("a role that anybody takes on is told of", async () => {
  const loose = printed("loose");
  const trust = JSON.parse(JSON.stringify(loose.model.trust)) as typeof loose.model.trust;
  const [statement] = trust.Statement;
  assert.ok(statement);
  const arn = await makeRole(open, sandboxAccount, {
    ...loose.model,
    trust: { ...trust, Statement: [{ ...statement, Condition: {} }] },
  });
  const { findings } = await ask({ arn, roles: [{ ...loose, roleArn: arn }], takeOn });
  const finding = findings.find(({ about }) => about === "external-id");
  assert.equal(finding?.state, "bad");
  assert.match(finding.sentence, /role\/loose is taken on without an external ID$/);
});

test("a clock that is off is told of, and which way", async () => {
  const now = () => open.sandbox.clock.now() + 17 * 60_000;
  const { findings } = await ask({ takeOn, now });
  const clock = findings.find(({ about }) => about === "clock");
  assert.equal(clock?.state, "bad");
  assert.match(clock.sentence, /clock is 17 minutes ahead of AWS's/);
});

test("credentials of another account, and none at all, are told of before anything is looked at", async () => {
  const other = await ask({ credentials: open.sandbox.administrator("444455556666") });
  assert.equal(other.findings[0]?.state, "bad");
  assert.match(other.findings[0].sentence, /those of account 444455556666/);
  assert.ok(other.rows.every(({ state }) => state === "unknown"));
  const nobody = await ask({ credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "x" } });
  assert.match(nobody.findings[0]?.sentence ?? "", /does not get into account 111122223333/);
});

test("another role of the account is not taken for the deployment's", async () => {
  const credentials = open.sandbox.administrator(sandboxAccount);
  const { findings } = await ask({ credentials });
  assert.match(
    findings[0]?.sentence ?? "",
    /user\/admin is not a session of arn:aws:iam::111122223333:role\/trailwarden$/,
  );
});

test("nothing went wrong within the sandbox", () => {
  assert.deepEqual(open.troubles, []);
});
