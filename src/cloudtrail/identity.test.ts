import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { describeIdentity } from "./identity.ts";
import type { CloudTrailRecord, UserIdentity } from "./record.ts";

const account = "111122223333";
const role = (name: string, session: string, more: object = {}): UserIdentity => ({
  type: "AssumedRole",
  principalId: `AROAEXAMPLE:${session}`,
  arn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`,
  accountId: account,
  accessKeyId: "ASIAEXAMPLE",
  sessionContext: {
    sessionIssuer: { type: "Role", userName: name, arn: `arn:aws:iam::${account}:role/${name}` },
    attributes: { mfaAuthenticated: "true" },
    ...more,
  },
});

const callers: readonly (readonly [string, CloudTrailRecord, string, string])[] = [
  [
    "root",
    { userIdentity: { type: "Root", accountId: account, arn: `arn:aws:iam::${account}:root` } },
    "root",
    `root of ${account}`,
  ],
  [
    "root with an alias",
    { userIdentity: { type: "Root", accountId: account, userName: "example-corp" } },
    "root",
    "root of example-corp",
  ],
  ["an IAM user", { userIdentity: { type: "IAMUser", userName: "anaya" } }, "iam-user", "anaya"],
  [
    "an IAM user known by ARN alone",
    { userIdentity: { type: "IAMUser", arn: `arn:aws:iam::${account}:user/team/anaya` } },
    "iam-user",
    "anaya",
  ],
  ["a role session", { userIdentity: role("Dev", "build-42") }, "role-session", "Dev / build-42"],
  [
    "a session without issuer",
    { userIdentity: { type: "AssumedRole", arn: `arn:aws:sts::${account}:assumed-role/Dev/x` } },
    "role-session",
    "Dev / x",
  ],
  [
    "an Identity Center session",
    { userIdentity: role("AWSReservedSSO_Read_Only_0123456789abcdef", "anaya@example.com") },
    "identity-center-session",
    "Read_Only / anaya@example.com",
  ],
  [
    "a role",
    {
      userIdentity: {
        type: "Role",
        userName: "Deploy",
        arn: `arn:aws:iam::${account}:role/Deploy`,
      },
    },
    "role",
    "Deploy",
  ],
  [
    "a federated user",
    {
      userIdentity: { type: "FederatedUser", arn: `arn:aws:sts::${account}:federated-user/anaya` },
    },
    "federated-user",
    "anaya",
  ],
  [
    "a SAML user",
    { userIdentity: { type: "SAMLUser", userName: "anaya", identityProvider: "idp/x" } },
    "saml-user",
    "anaya (idp/x)",
  ],
  [
    "a web identity",
    {
      userIdentity: {
        type: "WebIdentityUser",
        userName: "17",
        identityProvider: "accounts.example.com",
      },
    },
    "web-identity-user",
    "17 (accounts.example.com)",
  ],
  [
    "another account",
    { userIdentity: { type: "AWSAccount", accountId: account, principalId: "AIDA" } },
    "aws-account",
    `account ${account}`,
  ],
  [
    "a service",
    { userIdentity: { type: "AWSService", invokedBy: "config.amazonaws.com" } },
    "aws-service",
    "config.amazonaws.com",
  ],
  [
    "a service without type",
    { userIdentity: { accountId: account, invokedBy: "AWS Internal" } },
    "aws-service",
    "AWS Internal",
  ],
  [
    "an Identity Center user",
    { userIdentity: { type: "IdentityCenterUser", onBehalfOf: { userId: "u-1" } } },
    "identity-center-user",
    "u-1",
  ],
  [
    "an Identity Center sign-in",
    { userIdentity: { type: "IdentityCenterUser" }, additionalEventData: { UserName: "anaya" } },
    "identity-center-user",
    "anaya",
  ],
  [
    "a directory user",
    { userIdentity: { type: "Directory", userName: "anaya@example.com" } },
    "directory-user",
    "anaya@example.com",
  ],
  ["an unknown caller", { userIdentity: { type: "Unknown", userName: "anaya" } }, "unknown", "anaya"],
  [
    "an unknown caller with a clear ARN",
    {
      userIdentity: {
        type: "Unknown",
        arn: `arn:aws:sts::${account}:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/anaya`,
      },
    },
    "identity-center-session",
    "Admin / anaya",
  ],
  ["a type yet to come", { userIdentity: { type: "Martian", principalId: "M1" } }, "unknown", "M1"],
  ["nobody", { userIdentity: {} }, "none", "no caller"],
  ["Insights", { eventType: "AwsCloudTrailInsight" }, "none", "CloudTrail Insights"],
];

for (const [what, record, kind, name] of callers) {
  test(`names ${what}`, () => {
    const actor = describeIdentity(record);
    assert.equal(actor.kind, kind);
    assert.equal(actor.name, name);
  });
}

test("a session tells its role, its name, who began the chain, and whether with MFA", () => {
  const identity = {
    ...role("Dev", "s", { sourceIdentity: "anaya" }),
    invokedBy: "athena.amazonaws.com",
  };
  const actor = describeIdentity({ userIdentity: identity });
  assert.equal(actor.roleName, "Dev");
  assert.equal(actor.sessionName, "s");
  assert.equal(actor.issuerArn, `arn:aws:iam::${account}:role/Dev`);
  assert.equal(actor.sourceIdentity, "anaya");
  assert.equal(actor.mfa, true);
  assert.equal(actor.via, "athena.amazonaws.com");
  assert.equal(actor.accessKeyId, "ASIAEXAMPLE");
});

test("MFA is read from sessions, old sessions and console sign-ins, and is not guessed", () => {
  const session = (said: string | boolean): CloudTrailRecord => ({
    userIdentity: { type: "IAMUser", sessionContext: { attributes: { mfaAuthenticated: said } } },
  });
  assert.equal(describeIdentity(session("false")).mfa, false);
  assert.equal(describeIdentity(session(true)).mfa, true);
  assert.equal(describeIdentity({ additionalEventData: { MFAUsed: "Yes" } }).mfa, true);
  assert.equal(describeIdentity({ additionalEventData: { MFAUsed: "No" } }).mfa, false);
  assert.equal(describeIdentity({ userIdentity: { type: "IAMUser" } }).mfa, undefined);
});

test("any record has an actor with a name, none longer than what fits", () => {
  const key = fc.constantFrom(
    "type",
    "arn",
    "userName",
    "accountId",
    "principalId",
    "sessionContext",
    "sessionIssuer",
    "invokedBy",
    "onBehalfOf",
    "attributes",
  );
  const type = fc.constantFrom(
    "Root",
    "AssumedRole",
    "FederatedUser",
    "AWSService",
    "arn:aws:sts::1:assumed-role//",
    "x".repeat(5000),
    ":",
    "",
  );
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof({ depthSize: "small" }, type, fc.jsonValue(), fc.dictionary(key, tie("tree"), { maxKeys: 5 })),
  }));
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom("userIdentity", "eventType", "additionalEventData"), tree), (record) => {
      const actor = describeIdentity(record);
      assert.ok(actor.name.length > 0 && actor.name.length < 1100);
    }),
    { seed: 11, numRuns: 1000 },
  );
});
