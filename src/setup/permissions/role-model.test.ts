import assert from "node:assert/strict";
import { test } from "node:test";
import { SetupError } from "../errors.ts";
import { featuresOf, isForbidden, permissionsOf } from "./features.ts";
import { exampleRequest } from "./made-up-settings.fixture.ts";
import type { Statement } from "./policy-for.ts";
import { type AccountRole, rolesOf, type RoleRequest } from "./role-model.ts";

const { deployment } = exampleRequest;
const places = {
  trail: place("arn:aws:cloudtrail:eu-west-1:111122223333:trail/company"),
  bucket: place("arn:aws:s3:::company-logs"),
  queue: place("arn:aws:sqs:eu-west-1:111122223333:trailwarden-111122223333"),
  key: place("arn:aws:kms:eu-west-1:111122223333:key/1b2c"),
};

function place(arn: string) {
  return { accountId: "111122223333", region: "eu-west-1", arn };
}

function roleOf(request: Partial<RoleRequest> = {}): AccountRole {
  const [role] = rolesOf({ ...exampleRequest, ...request });
  assert.ok(role);
  return role;
}

/** The resources that a role's policy allows an action on. */
function allowed(role: AccountRole, action: string): readonly string[] {
  return statementsOf(role, action).flatMap(({ Resource }) => Resource);
}

function statementsOf({ model }: AccountRole, action: string): readonly Statement[] {
  const statements = model.policies.flatMap(({ document }) => document.Statement);
  return statements.filter(({ Effect, Action }) => Effect === "Allow" && Action.includes(action));
}

function actionsOf({ model }: AccountRole): readonly string[] {
  const statements = model.policies.flatMap(({ document }) => document.Statement);
  return statements.flatMap(({ Effect, Action }) => (Effect === "Allow" ? Action : []));
}

test("each action stands in one statement, and all that the code declares is there", () => {
  const role = roleOf({ places });
  const actions = actionsOf(role);
  assert.deepEqual(actions.toSorted(), [...new Set(actions)].toSorted());
  assert.deepEqual(actions.toSorted(), role.permissions.map(({ action }) => action).toSorted());
  assert.deepEqual(role.leftOut, []);
});

test("who looks may do less than who cares, and changes nothing", () => {
  const look = roleOf({ deployment: { ...deployment, depth: "look" } });
  const care = new Set(actionsOf(roleOf()));
  assert.deepEqual(
    actionsOf(look).filter((action) => !care.has(action)),
    [],
  );
  assert.deepEqual(
    actionsOf(look).filter((action) => /:(?:Put|Create|Delete(?!Message)|Set|Start|Stop|Enable|Un)/.test(action)),
    [],
  );
  assert.deepEqual(featuresOf("respond"), featuresOf("care"));
});

test("only features that were chosen, and that the depth has, are in the role", () => {
  const collecting = roleOf({ features: ["collect"] });
  assert.deepEqual(actionsOf(collecting).toSorted(), [
    "kms:Decrypt",
    "s3:GetObject",
    "sqs:DeleteMessage",
    "sqs:ReceiveMessage",
  ]);
  const look = roleOf({ deployment: { ...deployment, depth: "look" }, features: ["care"] });
  assert.deepEqual(actionsOf(look), []);
});

test("changes are limited to the deployment's names until a plan names what else is used", () => {
  const before = roleOf();
  const after = roleOf({ places, prefix: "org" });
  const own = "arn:aws:s3:::trailwarden-111122223333";
  assert.deepEqual(allowed(before, "s3:PutBucketPolicy"), [own]);
  assert.deepEqual(allowed(after, "s3:PutBucketPolicy"), [own, "arn:aws:s3:::company-logs"]);
  assert.deepEqual(allowed(after, "cloudtrail:StartLogging"), [
    "arn:aws:cloudtrail:*:111122223333:trail/trailwarden-111122223333",
    places.trail.arn,
  ]);
  assert.deepEqual(allowed(before, "sqs:CreateQueue"), [
    "arn:aws:sqs:*:111122223333:trailwarden-111122223333",
    "arn:aws:sqs:*:111122223333:trailwarden-111122223333-dead-letters",
  ]);
});

test("what another made is never taken away", () => {
  const role = roleOf({ places });
  assert.deepEqual(allowed(role, "s3:DeleteBucket"), ["arn:aws:s3:::trailwarden-111122223333"]);
  assert.deepEqual(allowed(role, "cloudtrail:DeleteTrail"), [
    "arn:aws:cloudtrail:*:111122223333:trail/trailwarden-111122223333",
  ]);
  assert.deepEqual(allowed(role, "s3:ListBucketVersions"), ["arn:aws:s3:::trailwarden-111122223333"]);
  assert.deepEqual(allowed(role, "s3:DeleteObjectVersion"), ["arn:aws:s3:::trailwarden-111122223333/*"]);
});

test("what is there is looked at everywhere, or only where it is named", () => {
  assert.deepEqual(allowed(roleOf({ places }), "s3:GetBucketPolicy"), ["arn:aws:s3:::*"]);
  assert.deepEqual(allowed(roleOf({ places, isNarrow: true }), "s3:GetBucketPolicy"), [
    "arn:aws:s3:::trailwarden-111122223333",
    "arn:aws:s3:::company-logs",
  ]);
  assert.deepEqual(allowed(roleOf({ places, isNarrow: true }), "kms:GetKeyPolicy"), [places.key.arn]);
  assert.deepEqual(allowed(roleOf(), "cloudtrail:DescribeTrails"), ["*"]);
});

test("log files are read below AWSLogs, of the bucket and prefix once they are known", () => {
  assert.deepEqual(allowed(roleOf(), "s3:GetObject"), ["arn:aws:s3:::*/AWSLogs/*"]);
  const [own, found] = allowed(roleOf({ places, prefix: "org" }), "s3:GetObject");
  assert.equal(own, "arn:aws:s3:::trailwarden-111122223333/org/AWSLogs/*");
  assert.equal(found, "arn:aws:s3:::company-logs/org/AWSLogs/*");
  assert.equal(allowed(roleOf({ places, prefix: "" }), "s3:GetObject")[1], "arn:aws:s3:::company-logs/AWSLogs/*");
});

test("a key decrypts only for the services that hold what is read, and is changed only by name", () => {
  const [wide] = statementsOf(roleOf(), "kms:Decrypt");
  assert.deepEqual(wide?.Resource, ["arn:aws:kms:*:111122223333:key/*"]);
  assert.deepEqual(wide.Condition, {
    StringLike: { "kms:ViaService": ["s3.*.amazonaws.com", "sqs.*.amazonaws.com"] },
  });
  assert.deepEqual(allowed(roleOf({ places }), "kms:Decrypt"), [places.key.arn]);
  const unnamed = roleOf();
  assert.deepEqual(
    unnamed.leftOut.map(({ action }) => action),
    ["kms:PutKeyPolicy"],
  );
  assert.deepEqual(allowed(unnamed, "kms:PutKeyPolicy"), []);
  assert.deepEqual(allowed(roleOf({ places }), "kms:PutKeyPolicy"), [places.key.arn]);
  const [china] = statementsOf(roleOf({ partition: "aws-cn" }), "kms:Decrypt");
  assert.match(JSON.stringify(china), /s3\.\*\.amazonaws\.com\.cn/);
});

test("trusted access is given to CloudTrail and to no other service", () => {
  const [statement] = statementsOf(roleOf(), "organizations:EnableAWSServiceAccess");
  assert.deepEqual(statement?.Condition, {
    StringEquals: { "organizations:ServicePrincipal": ["cloudtrail.amazonaws.com"] },
  });
});

test("a subscription is changed on the topics that are ours", () => {
  const topic = "arn:aws:sns:*:111122223333:trailwarden-111122223333";
  assert.deepEqual(allowed(roleOf(), "sns:Unsubscribe"), [topic, `${topic}:*`]);
});

test("identities are never changed, whatever a setting declares", () => {
  for (const action of ["iam:PutRolePolicy", "iam:PassRole", "iam:*", "IAM:CreateUser", "iam:Get*"]) {
    assert.ok(isForbidden(action), action);
    const bad = { name: "trail", calls: { get: [], put: [{ action, on: "everything" }] } } as const;
    assert.throws(() => permissionsOf({ ...exampleRequest, features: ["care"], settings: [bad] }), /never asked for/);
  }
  assert.equal(isForbidden("iam:GetRole"), false);
  const denies = roleOf().model.policies.flatMap(({ document }) =>
    document.Statement.filter(({ Effect }) => Effect === "Deny"),
  );
  assert.ok(denies.some(({ Action, Resource }) => Action.includes("iam:Put*") && Resource.includes("*")));
});

test("with an account of its own for log files, each role has its part and no other", () => {
  const logAccount = { accountId: "777788889999", roleArn: "arn:aws:iam::777788889999:role/security/log-reader" };
  const central = { ...places, bucket: { ...places.bucket, accountId: "777788889999" } };
  const request = { ...exampleRequest, deployment: { ...deployment, logAccount }, places: central };
  const [own, logs, ...others] = rolesOf(request);
  assert.ok(own && logs);
  assert.deepEqual(others, []);
  assert.equal(logs.accountId, "777788889999");
  assert.equal(logs.model.roleName, "log-reader");
  const services = (role: AccountRole) => new Set(actionsOf(role).map((action) => action.split(":")[0]));
  assert.deepEqual([...services(logs)].toSorted(), ["iam", "kms", "s3", "sns", "sqs"]);
  assert.deepEqual([...services(own)].toSorted(), ["cloudtrail", "ec2", "iam", "kms", "organizations"]);
  assert.ok(allowed(logs, "s3:PutBucketPolicy").includes("arn:aws:s3:::company-logs"));
  assert.ok(allowed(logs, "sqs:CreateQueue").every((arn) => arn.includes(":777788889999:")));
});

test("a permission says which features have it, and is optional only when all of them can do without", () => {
  const shared = { action: "sqs:GetQueueAttributes", purpose: "to see whether messages wait", isOptional: true };
  const [permission] = permissionsOf({
    features: ["collect", "look", "care", "cost"],
    settings: exampleRequest.settings.filter(({ name }) => name === "queue"),
    accountCalls: [],
    runCalls: [],
    sourceKinds: [{ permissions: [shared] }],
  }).filter(({ action }) => action === shared.action);
  assert.deepEqual(permission?.features, ["collect", "look"]);
  assert.deepEqual(permission.requiredBy, ["look"]);
  assert.equal(permission.isOptional, false);
  assert.equal(permission.purpose, "to see whether messages wait, to see the queue");
  assert.equal(permission.reach, "account");
});

test("a policy that IAM would not take, and a name that it does not know, are refused", () => {
  const many = Array.from({ length: 400 }, (_, index) => ({
    action: `s3:GetSomething${index}`,
    on: "bucket" as const,
  }));
  assert.throws(() => roleOf({ accountCalls: many }), isInvalid);
  const roleArn = "arn:aws:iam::111122223333:role/na me";
  assert.throws(() => roleOf({ deployment: { ...deployment, roleArn } }), isInvalid);
});

function isInvalid(error: unknown): boolean {
  return error instanceof SetupError && error.code === "role-invalid";
}
