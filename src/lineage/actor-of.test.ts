import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { CloudTrailRecord, UserIdentity } from "../cloudtrail/index.ts";
import type { Actor } from "./actor.ts";
import { actorOf } from "./actor-of.ts";

const account = "111122223333";
const iam = `arn:aws:iam::${account}`;

function session(role: string, name: string, more: object = {}): UserIdentity {
  return {
    type: "AssumedRole",
    principalId: `AROAEXAMPLE:${name}`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${name}`,
    accountId: account,
    accessKeyId: "ASIAEXAMPLE",
    sessionContext: {
      sessionIssuer: { type: "Role", userName: role, arn: `${iam}:role/team/${role}`, accountId: account },
      ...more,
    },
  };
}

function federated(name: string, issuer: string): UserIdentity {
  return {
    type: "FederatedUser",
    principalId: `${account}:${name}`,
    arn: `arn:aws:sts::${account}:federated-user/${name}`,
    accountId: account,
    sessionContext: { sessionIssuer: { arn: issuer, accountId: account } },
  };
}

const sso = "AWSReservedSSO_Read_Only_0123456789abcdef";

/** The record, and the key, kind and name that it must be told by. */
const callers: readonly (readonly [string, CloudTrailRecord, string, Actor["kind"], string])[] = [
  [
    "root, whatever alias its account has",
    { userIdentity: { type: "Root", accountId: account, userName: "example-corp", arn: `${iam}:root` } },
    `root/${account}`,
    "root",
    `root of ${account}`,
  ],
  [
    "an IAM user",
    { userIdentity: { type: "IAMUser", accountId: account, userName: "anaya", arn: `${iam}:user/anaya` } },
    `${iam}:user/anaya`,
    "user",
    "anaya",
  ],
  [
    "an IAM user in a path as one without",
    { userIdentity: { type: "IAMUser", accountId: account, arn: `${iam}:user/team/blue/anaya` } },
    `${iam}:user/anaya`,
    "user",
    "anaya",
  ],
  [
    "a failed sign-in, which has no ARN, as that user",
    { userIdentity: { type: "IAMUser", accountId: account, userName: "anaya", accessKeyId: "" } },
    `${iam}:user/anaya`,
    "user",
    "anaya",
  ],
  [
    "a failed sign-in with a hidden name as nobody",
    { userIdentity: { type: "IAMUser", accountId: account, userName: "HIDDEN_DUE_TO_SECURITY_REASONS" } },
    `unknown/${account}/HIDDEN_DUE_TO_SECURITY_REASONS`,
    "unknown",
    "a name that no user has",
  ],
  [
    "a role's session by a program as the role, without its path",
    { userIdentity: session("Deploy", "GitHubActions-9123456789") },
    `${iam}:role/Deploy`,
    "role",
    "Deploy (GitHubActions-9123456789)",
  ],
  [
    "a role's session by a person as that person in that role",
    { userIdentity: session("Deploy", "mary.major") },
    `${iam}:role/Deploy/mary.major`,
    "person",
    "Deploy (mary.major)",
  ],
  [
    "a session that is called as its role is as the role",
    { userIdentity: session("Billing", "Billing") },
    `${iam}:role/Billing`,
    "role",
    "Billing (Billing)",
  ],
  [
    "a session with a source identity by that, whatever the session is called",
    { userIdentity: session("Deploy", "botocore-session-1688990515", { sourceIdentity: "john.doe@example.com" }) },
    `${iam}:role/Deploy/john.doe@example.com`,
    "person",
    "Deploy (botocore-session-1688990515)",
  ],
  [
    "a session of Identity Center as the person, whatever the person is called",
    { userIdentity: session(sso, "u4711-0815") },
    `${iam}:role/${sso}/u4711-0815`,
    "person",
    "Read_Only (u4711-0815)",
  ],
  [
    "a role itself",
    { userIdentity: { type: "Role", accountId: account, userName: "Deploy", arn: `${iam}:role/team/Deploy` } },
    `${iam}:role/Deploy`,
    "role",
    "Deploy",
  ],
  [
    "a federated user with a person's name",
    { userIdentity: federated("anaya", `${iam}:user/broker`) },
    `arn:aws:sts::${account}:federated-user/anaya`,
    "person",
    "anaya",
  ],
  [
    "a federated session with a number as who asked for it",
    { userIdentity: federated("run-20260101", `${iam}:user/broker`) },
    `${iam}:user/broker`,
    "user",
    "broker (run-20260101)",
  ],
  [
    "a federated session that root asked for as root",
    { userIdentity: federated("run-20260101", `${iam}:root`) },
    `root/${account}`,
    "root",
    `root of ${account} (run-20260101)`,
  ],
  [
    "a web identity by its provider",
    {
      recipientAccountId: account,
      userIdentity: {
        type: "WebIdentityUser",
        principalId: "token.actions.githubusercontent.com:sts.amazonaws.com:repo:o/r:ref:refs/heads/main",
        userName: "repo:o/r:ref:refs/heads/main",
        identityProvider: "token.actions.githubusercontent.com",
      },
    },
    "web-identity/token.actions.githubusercontent.com/repo:o/r:ref:refs/heads/main",
    "web-identity",
    "repo:o/r:ref:refs/heads/main (token.actions.githubusercontent.com)",
  ],
  [
    "a SAML user by its provider",
    { userIdentity: { type: "SAMLUser", userName: "anaya", identityProvider: "idp/x" } },
    "saml/idp/x/anaya",
    "saml",
    "anaya (idp/x)",
  ],
  [
    "another account by the id of who called",
    { userIdentity: { type: "AWSAccount", principalId: "AROAEXAMPLE:run-1", accountId: "444455556666" } },
    "account/444455556666/AROAEXAMPLE",
    "account",
    "account 444455556666",
  ],
  [
    "an anonymous caller",
    { userIdentity: { type: "AWSAccount", principalId: "", accountId: "ANONYMOUS_PRINCIPAL" } },
    "account/anonymous",
    "account",
    "anonymous",
  ],
  [
    "a service by its name",
    { userIdentity: { type: "AWSService", invokedBy: "ec2.amazonaws.com" } },
    "ec2.amazonaws.com",
    "service",
    "ec2.amazonaws.com",
  ],
  [
    "a service event without a type",
    { userIdentity: { accountId: account, invokedBy: "AWS Internal" } },
    "AWS Internal",
    "service",
    "AWS Internal",
  ],
  [
    "a caller through a service as the caller",
    { userIdentity: { ...session("Deploy", "mary.major"), invokedBy: "cloudformation.amazonaws.com" } },
    `${iam}:role/Deploy/mary.major`,
    "person",
    "Deploy (mary.major)",
  ],
  [
    "a user of Identity Center by their id",
    { userIdentity: { type: "IdentityCenterUser", accountId: account, onBehalfOf: { userId: "9067f2a" } } },
    "identity-center/9067f2a",
    "person",
    "9067f2a",
  ],
  [
    "a directory's user",
    { userIdentity: { type: "Directory", accountId: account, userName: "mary@example.com" } },
    `directory/${account}/mary@example.com`,
    "person",
    "mary@example.com",
  ],
  [
    "an unknown caller by what is told",
    { userIdentity: { type: "Unknown", accountId: account, userName: "mary@example.com" } },
    `unknown/${account}/mary@example.com`,
    "unknown",
    "mary@example.com",
  ],
  [
    "an aggregated event as its account's unknown caller",
    { eventCategory: "Aggregated", accountId: account, eventId: "x" },
    `unknown/${account}`,
    "unknown",
    "no caller",
  ],
  [
    "an Insights event likewise",
    { eventType: "AwsCloudTrailInsight", recipientAccountId: account },
    `unknown/${account}`,
    "unknown",
    "CloudTrail Insights",
  ],
  [
    "a role of another partition by its own ARN",
    {
      userIdentity: {
        type: "AssumedRole",
        accountId: account,
        arn: `arn:aws-us-gov:sts::${account}:assumed-role/Deploy/mary`,
      },
    },
    `arn:aws-us-gov:iam::${account}:role/Deploy/mary`,
    "person",
    "Deploy (mary)",
  ],
];

for (const [title, record, key, kind, name] of callers) {
  test(`tells ${title}`, () => {
    const actor = actorOf(record);
    assert.deepEqual({ key: actor.key, kind: actor.kind, name: actor.name }, { key, kind, name });
  });
}

test("tells the event's own key, ARN, account and source identity", () => {
  const actor = actorOf({ userIdentity: session("Deploy", "mary", { sourceIdentity: "mary@example.com" }) });
  assert.deepEqual(
    { accessKey: actor.accessKey, arn: actor.arn, accountId: actor.accountId, sourceIdentity: actor.sourceIdentity },
    {
      accessKey: "ASIAEXAMPLE",
      arn: `arn:aws:sts::${account}:assumed-role/Deploy/mary`,
      accountId: account,
      sourceIdentity: "mary@example.com",
    },
  );
});

test("tells something of whatever JSON a log holds, and nothing endless", () => {
  const types = ["Root", "IAMUser", "AssumedRole", "FederatedUser", "AWSAccount", "IdentityCenterUser", "Unknown"];
  const identity = fc.oneof(
    fc.jsonValue(),
    fc.record({
      type: fc.constantFrom(...types),
      accountId: fc.jsonValue(),
      arn: fc.jsonValue(),
      onBehalfOf: fc.jsonValue(),
      sessionContext: fc.jsonValue(),
    }),
  );
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.record({ userIdentity: identity })), (record) => {
      const actor = actorOf(record);
      assert.ok(actor.key.length > 0 && actor.key.length <= 512);
    }),
    { seed: 5 },
  );
  const long = "x".repeat(100_000);
  const actor = actorOf({
    userIdentity: { type: "Unknown", accountId: long, userName: long, arn: long, accessKeyId: long },
  });
  for (const text of Object.values(actor)) {
    assert.ok(text.length <= 2048, text.slice(0, 40));
  }
});
