import assert from "node:assert/strict";
import { test } from "node:test";
import { testCall } from "../services/call.fixture.ts";
import { type Need } from "../service.ts";
import { foreign, own, type TestIdentity, testIdentity } from "./identity.fixture.ts";
import { type Caller } from "../caller.ts";

function message(here: TestIdentity, caller: Caller, need: Need, service: "s3" | "kms" | "iam" = "iam"): string {
  const answer = here.identity.authorizer.authorize(testCall({ caller, service, world: here.world }), need);
  return answer.allowed ? "allowed" : answer.message;
}

const get: Need = { action: "s3:GetObject", resource: "arn:aws:s3:::b/k", ownerId: own };
const denied = (who: string) =>
  `User: ${who} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::b/k"`;

// IAM User Guide, 'Troubleshoot access denied error messages'.
test("a refusal says which kind of policy is at fault", () => {
  const here = testIdentity();
  const nobody = here.user("nobody", []);
  assert.equal(
    message(here, nobody, get, "s3"),
    `${denied(nobody.arn)} because no identity-based policy allows the s3:GetObject action`,
  );
  const barred = here.user("barred", [
    { Effect: "Allow", Action: "*", Resource: "*" },
    { Effect: "Deny", Action: "s3:*", Resource: "*" },
  ]);
  assert.equal(
    message(here, barred, get, "s3"),
    `${denied(barred.arn)} with an explicit deny in an identity-based policy`,
  );
  const resourcePolicy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }],
  });
  assert.equal(
    message(here, here.admin, { ...get, resourcePolicy }, "s3"),
    `${denied(here.admin.arn)} with an explicit deny in a resource-based policy`,
  );
  assert.equal(
    message(here, here.admin, { action: "iam:ListUsers", resource: "*", ownerId: foreign }),
    `User: ${here.admin.arn} is not authorized to perform: iam:ListUsers because no resource-based policy allows the iam:ListUsers action`,
  );
});

test("S3 tells strangers no more than that they are denied", () => {
  const here = testIdentity();
  assert.equal(message(here, here.foreignAdmin, get, "s3"), "Access Denied");
});

test("a boundary binds its user, and a boundary that is gone lets nothing through", () => {
  const here = testIdentity();
  const ana = here.user("ana", [{ Effect: "Allow", Action: "*", Resource: "*" }]);
  const PermissionsBoundary = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";
  here.call(here.admin, "iam", "PutUserPermissionsBoundary", { UserName: "ana", PermissionsBoundary });
  assert.equal(message(here, ana, get, "s3"), "allowed");
  const list = { action: "iam:ListUsers", resource: "*" };
  assert.match(message(here, ana, list), /because no permissions boundary allows the iam:ListUsers action$/);
  const user = here.identity.directory.users.get(own, "ana");
  assert.ok(user !== undefined);
  here.identity.directory.users.put({ ...user, boundaryArn: "arn:aws:iam::aws:policy/Gone" });
  assert.match(message(here, ana, get, "s3"), /no permissions boundary/);
});

test("groups give their users what they have", () => {
  const here = testIdentity();
  const ana = here.user("ana", []);
  here.call(here.admin, "iam", "CreateGroup", { GroupName: "readers" });
  here.call(here.admin, "iam", "AttachGroupPolicy", {
    GroupName: "readers",
    PolicyArn: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
  });
  assert.notEqual(message(here, ana, get, "s3"), "allowed");
  here.call(here.admin, "iam", "AddUserToGroup", { GroupName: "readers", UserName: "ana" });
  assert.equal(message(here, ana, get, "s3"), "allowed");
});

test("the version in force decides", () => {
  const here = testIdentity();
  const ana = here.user("ana", []);
  const document = (Effect: string) =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect, Action: "s3:*", Resource: "*" }] });
  const { Policy } = here.call(here.admin, "iam", "CreatePolicy", {
    PolicyName: "p",
    PolicyDocument: document("Allow"),
  });
  const PolicyArn = Policy?.Arn ?? "";
  here.call(here.admin, "iam", "AttachUserPolicy", { UserName: "ana", PolicyArn });
  assert.equal(message(here, ana, get, "s3"), "allowed");
  here.call(here.admin, "iam", "CreatePolicyVersion", { PolicyArn, PolicyDocument: document("Deny") });
  assert.equal(message(here, ana, get, "s3"), "allowed");
  here.call(here.admin, "iam", "SetDefaultPolicyVersion", { PolicyArn, VersionId: "v2" });
  assert.match(message(here, ana, get, "s3"), /explicit deny/);
});

test("conditions see the caller, the place and the time", () => {
  const here = testIdentity();
  const conditions: readonly (readonly [condition: object, isAllowed: boolean])[] = [
    [{ StringEquals: { "aws:username": "u" } }, true],
    [{ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, true],
    [{ IpAddress: { "aws:SourceIp": "198.51.100.0/24" } }, false],
    [{ StringEquals: { "aws:RequestedRegion": "us-east-1" } }, true],
    [{ DateLessThan: { "aws:CurrentTime": "2026-11-20T11:59:59Z" } }, false],
    [{ Bool: { "aws:SecureTransport": "true" } }, true],
    [{ StringEquals: { "aws:PrincipalTag/team": "blue" } }, true],
    [{ ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${own}:user/*` } }, true],
    [{ StringEquals: { "aws:ResourceAccount": own, "aws:PrincipalAccount": own } }, true],
    [{ Null: { "aws:PrincipalOrgID": "true" } }, true],
    [{ Bool: { "aws:MultiFactorAuthPresent": "false" } }, false],
    [{ StringEquals: { "aws:PrincipalType": "User" } }, true],
  ];
  here.call(here.admin, "iam", "CreateUser", { UserName: "u", Tags: [{ Key: "team", Value: "blue" }] });
  const { AccessKey } = here.call(here.admin, "iam", "CreateAccessKey", { UserName: "u" });
  for (const [Condition, isAllowed] of conditions) {
    const Statement = [{ Effect: "Allow", Action: "s3:*", Resource: "*", Condition }];
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    here.call(here.admin, "iam", "PutUserPolicy", { UserName: "u", PolicyName: "p", PolicyDocument });
    const caller = here.callerOf({ accessKeyId: AccessKey?.AccessKeyId ?? "" });
    assert.equal(message(here, caller, get, "s3") === "allowed", isAllowed, JSON.stringify(Condition));
  }
});

test("a bucket's owner comes back in as root, whatever the bucket's policy says", () => {
  const here = testIdentity();
  const resourcePolicy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }],
  });
  const need = { action: "s3:DeleteBucketPolicy", resource: "arn:aws:s3:::b", ownerId: own, resourcePolicy };
  assert.equal(message(here, here.root, need, "s3"), "allowed");
  assert.notEqual(message(here, here.admin, need, "s3"), "allowed");
  assert.notEqual(message(here, here.root, { ...need, action: "s3:ListBucket" }, "s3"), "allowed");
});

test("a key's policy has to speak for whoever uses the key", () => {
  const here = testIdentity();
  const policy = (principal: string) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: principal }, Action: "kms:*", Resource: "*" }],
    });
  const need = { action: "kms:Decrypt", resource: `arn:aws:kms:us-east-1:${own}:key/1`, ownerId: own };
  assert.equal(
    message(here, here.admin, { ...need, resourcePolicy: policy(`arn:aws:iam::${own}:root`) }, "kms"),
    "allowed",
  );
  assert.match(
    message(here, here.admin, { ...need, resourcePolicy: policy(foreign) }, "kms"),
    /because no resource-based policy allows the kms:Decrypt action$/,
  );
  assert.equal(message(here, here.admin, { action: "kms:CreateKey", resource: "*" }, "kms"), "allowed");
});

test("tokens without MFA are good for no call to IAM", () => {
  const here = testIdentity();
  const { Credentials } = here.call(here.admin, "sts", "GetSessionToken", {});
  const session = here.callerOf({ accessKeyId: Credentials?.AccessKeyId ?? "" }, Credentials?.SessionToken);
  assert.notEqual(message(here, session, { action: "iam:ListUsers", resource: "*" }), "allowed");
  assert.equal(message(here, session, get, "s3"), "allowed");
});
