import assert from "node:assert/strict";
import { test } from "node:test";
import { type AccessRequest, type NamedPolicy } from "./evaluate.ts";
import { decide, foreign, inWords, own, policyOf, principals } from "./policy.fixture.ts";
import { type Principal } from "./principal.ts";

const get = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const denyGet = { ...get, Effect: "Deny" };
const allowing = policyOf("identity", get);
const denying = policyOf("identity", get, denyGet);
const elsewhere = policyOf("identity", { ...get, Action: "s3:PutObject" });

function granting(principal: unknown, more: object = {}): NamedPolicy {
  return policyOf("resource", { ...get, Principal: principal, ...more });
}

type Case = readonly [
  what: string,
  principal: Principal,
  request: Partial<Omit<AccessRequest, "context" | "principal">>,
  decision: string,
];

const { root, ana, session, federated, foreigner, cloudTrail, anonymous } = principals;
const anyone = { AWS: "*" };

// IAM User Guide, 'How AWS enforcement code logic evaluates requests to allow or deny access', 'Policy evaluation for
// requests within a single account', 'Cross-account policy evaluation logic', 'AWS JSON policy elements: Principal'.
const cases: readonly Case[] = [
  ["nothing allows a user", ana, {}, "implicit-deny: identity-based policy"],
  ["root needs no policy", root, {}, "allowed"],
  ["a user's policy allows", ana, { identityPolicies: [allowing] }, "allowed"],
  ["a deny beats an allow", ana, { identityPolicies: [denying] }, "explicit-deny: identity-based policy"],
  [
    "a bucket's deny binds root",
    root,
    { resourcePolicy: granting("*", { Effect: "Deny" }) },
    "explicit-deny: resource-based policy",
  ],
  [
    "a boundary without the action",
    ana,
    { identityPolicies: [allowing], boundary: elsewhere },
    "implicit-deny: permissions boundary",
  ],
  ["a boundary with the action", ana, { identityPolicies: [allowing], boundary: allowing }, "allowed"],
  ["a boundary allows nothing by itself", ana, { boundary: allowing }, "implicit-deny: identity-based policy"],
  [
    "a boundary that denies",
    ana,
    { identityPolicies: [allowing], boundary: denying },
    "explicit-deny: permissions boundary",
  ],
  [
    "a session's policy without the action",
    session,
    { identityPolicies: [allowing], sessionPolicies: [elsewhere] },
    "implicit-deny: session policy",
  ],
  [
    "a session's policy gives nothing",
    session,
    { sessionPolicies: [allowing] },
    "implicit-deny: identity-based policy",
  ],
  [
    "a session's policy that denies",
    session,
    { identityPolicies: [allowing], sessionPolicies: [denying] },
    "explicit-deny: session policy",
  ],
  [
    "a control policy that lacks the action",
    ana,
    { identityPolicies: [allowing], serviceControlPolicies: [[allowing], [elsewhere]] },
    "implicit-deny: service control policy",
  ],
  [
    "control policies that all allow",
    ana,
    { identityPolicies: [allowing], serviceControlPolicies: [[allowing], [elsewhere, allowing]] },
    "allowed",
  ],
  [
    "a control policy binds a member's root",
    root,
    { serviceControlPolicies: [[allowing, denying]] },
    "explicit-deny: service control policy",
  ],
  [
    "a control policy binds whom the bucket names",
    ana,
    { resourcePolicy: granting({ AWS: ana.arn }), serviceControlPolicies: [[elsewhere]] },
    "implicit-deny: service control policy",
  ],

  ["a bucket that names the user is enough", ana, { resourcePolicy: granting({ AWS: ana.arn }) }, "allowed"],
  [
    "a bucket that names the user passes the boundary by",
    ana,
    { resourcePolicy: granting({ AWS: ana.arn }), boundary: elsewhere },
    "allowed",
  ],
  [
    "a bucket that names the account leaves it to the user's policies",
    ana,
    { resourcePolicy: granting({ AWS: own }) },
    "implicit-deny: identity-based policy",
  ],
  [
    "a bucket that names the account's root does so too",
    ana,
    { resourcePolicy: granting({ AWS: root.arn }) },
    "implicit-deny: identity-based policy",
  ],
  [
    "a bucket that names another user",
    ana,
    { resourcePolicy: granting({ AWS: `${ana.arn}2` }) },
    "implicit-deny: identity-based policy",
  ],
  ["a bucket for everyone", ana, { resourcePolicy: granting("*") }, "allowed"],
  ["a bucket for every AWS principal", ana, { resourcePolicy: granting(anyone) }, "allowed"],
  ["a bucket that names the role", session, { resourcePolicy: granting({ AWS: session.roleArn }) }, "allowed"],
  [
    "a bucket that names the role heeds the boundary",
    session,
    { resourcePolicy: granting({ AWS: session.roleArn }), boundary: elsewhere },
    "implicit-deny: permissions boundary",
  ],
  [
    "a bucket that names the role heeds the session's policy",
    session,
    { resourcePolicy: granting({ AWS: session.roleArn }), sessionPolicies: [elsewhere] },
    "implicit-deny: session policy",
  ],
  [
    "a bucket that names the session passes both by",
    session,
    { resourcePolicy: granting({ AWS: session.arn }), boundary: elsewhere, sessionPolicies: [elsewhere] },
    "allowed",
  ],
  [
    "a bucket that names another session",
    session,
    { resourcePolicy: granting({ AWS: `${session.arn}2` }) },
    "implicit-deny: identity-based policy",
  ],
  [
    "a bucket that denies the role binds its sessions",
    session,
    { identityPolicies: [allowing], resourcePolicy: granting({ AWS: session.roleArn }, { Effect: "Deny" }) },
    "explicit-deny: resource-based policy",
  ],
  [
    "a bucket that denies the account binds its users",
    ana,
    { identityPolicies: [allowing], resourcePolicy: granting({ AWS: own }, { Effect: "Deny" }) },
    "explicit-deny: resource-based policy",
  ],
  [
    "a bucket that denies all but one lets that one be",
    ana,
    {
      identityPolicies: [allowing],
      resourcePolicy: policyOf("resource", { ...denyGet, NotPrincipal: { AWS: [ana.arn, own] } }),
    },
    "allowed",
  ],
  [
    "a bucket that denies all but one denies another",
    session,
    {
      identityPolicies: [allowing],
      resourcePolicy: policyOf("resource", { ...denyGet, NotPrincipal: { AWS: ana.arn } }),
    },
    "explicit-deny: resource-based policy",
  ],
  [
    "a bucket by canonical user",
    root,
    { resourcePolicy: granting({ CanonicalUser: own.padStart(64, "0") }) },
    "allowed",
  ],

  [
    "a federated user without policies may nothing",
    federated,
    { identityPolicies: [allowing], sessionPolicies: [] },
    "implicit-deny: session policy",
  ],
  [
    "a federated user may what user and session may",
    federated,
    { identityPolicies: [allowing], sessionPolicies: [allowing] },
    "allowed",
  ],
  [
    "a bucket that names the federated user is enough",
    federated,
    { resourcePolicy: granting({ AWS: federated.arn }), sessionPolicies: [] },
    "allowed",
  ],
  [
    "a bucket that names who federated heeds the session",
    federated,
    { resourcePolicy: granting({ AWS: ana.arn }), sessionPolicies: [] },
    "implicit-deny: session policy",
  ],

  ["a foreigner needs the bucket", foreigner, { identityPolicies: [allowing] }, "implicit-deny: resource-based policy"],
  [
    "a foreigner needs a policy at home",
    foreigner,
    { resourcePolicy: granting({ AWS: foreigner.arn }) },
    "implicit-deny: identity-based policy",
  ],
  [
    "a foreigner with both",
    foreigner,
    { identityPolicies: [allowing], resourcePolicy: granting({ AWS: foreigner.arn }) },
    "allowed",
  ],
  [
    "a foreigner whose account is named",
    foreigner,
    { identityPolicies: [allowing], resourcePolicy: granting({ AWS: foreign }) },
    "allowed",
  ],
  [
    "a foreigner with a boundary",
    foreigner,
    { identityPolicies: [allowing], boundary: elsewhere, resourcePolicy: granting({ AWS: foreign }) },
    "implicit-deny: permissions boundary",
  ],
  [
    "a foreign root whose account is named",
    { ...root, accountId: foreign, arn: `arn:aws:iam::${foreign}:root` },
    { resourcePolicy: granting({ AWS: foreign }) },
    "allowed",
  ],
  [
    "a foreign root whose account is not named",
    { ...root, accountId: foreign, arn: `arn:aws:iam::${foreign}:root` },
    {},
    "implicit-deny: resource-based policy",
  ],

  [
    "a service that is named",
    cloudTrail,
    { resourcePolicy: granting({ Service: "cloudtrail.amazonaws.com" }) },
    "allowed",
  ],
  [
    "a service that is not named",
    cloudTrail,
    { resourcePolicy: granting({ Service: "config.amazonaws.com" }) },
    "implicit-deny: resource-based policy",
  ],
  ["a service where there is no policy", cloudTrail, {}, "implicit-deny: resource-based policy"],
  ["a service that everyone includes", cloudTrail, { resourcePolicy: granting("*") }, "allowed"],
  [
    "a service where an account is named",
    cloudTrail,
    { resourcePolicy: granting({ AWS: own }) },
    "implicit-deny: resource-based policy",
  ],
  ["nobody, where everyone may", anonymous, { resourcePolicy: granting("*") }, "allowed"],
  [
    "nobody, where an account may",
    anonymous,
    { resourcePolicy: granting({ AWS: own }) },
    "implicit-deny: resource-based policy",
  ],

  // AWS KMS Developer Guide, 'Key policies in AWS KMS': no principal has any permission unless the key policy gives it.
  [
    "a key whose policy says nothing of the user",
    ana,
    { identityPolicies: [allowing], needsResourcePolicy: true, resourcePolicy: granting({ AWS: foreign }) },
    "implicit-deny: resource-based policy",
  ],
  [
    "a key whose policy leaves it to the account",
    ana,
    { identityPolicies: [allowing], needsResourcePolicy: true, resourcePolicy: granting({ AWS: root.arn }) },
    "allowed",
  ],
  [
    "a key that leaves it to an account without policies",
    ana,
    { needsResourcePolicy: true, resourcePolicy: granting({ AWS: root.arn }) },
    "implicit-deny: identity-based policy",
  ],
  [
    "a key that names the user",
    ana,
    { needsResourcePolicy: true, resourcePolicy: granting({ AWS: ana.arn }) },
    "allowed",
  ],
  [
    "a key that names the role heeds its boundary",
    session,
    { needsResourcePolicy: true, resourcePolicy: granting({ AWS: session.roleArn }), boundary: elsewhere },
    "implicit-deny: permissions boundary",
  ],
  [
    "a key whose policy says nothing of root",
    root,
    { needsResourcePolicy: true, resourcePolicy: granting({ AWS: ana.arn }) },
    "implicit-deny: resource-based policy",
  ],
];

for (const [what, principal, request, decision] of cases) {
  test(`${what}: ${decision}`, () => {
    assert.equal(inWords(decide(principal, request)), decision);
  });
}

test("a decision names the statement that made it", () => {
  const decision = decide(ana, { identityPolicies: [denying] });
  assert.equal(decision.found[0]?.statement.effect, "Deny");
  assert.equal(decision.found[0]?.policy.name, "identity");
});

test("NotAction and NotResource mean what is not in them", () => {
  const policy = policyOf("identity", { Effect: "Allow", NotAction: "iam:*", NotResource: "arn:aws:s3:::secret/*" });
  const decideOn = (action: string, resource: string) =>
    inWords(decide(ana, { identityPolicies: [policy], action, resource }));
  assert.equal(decideOn("s3:GetObject", "arn:aws:s3:::bucket/x"), "allowed");
  assert.equal(decideOn("s3:GetObject", "arn:aws:s3:::secret/x"), "implicit-deny: identity-based policy");
  assert.equal(decideOn("IAM:GetUser", "*"), "implicit-deny: identity-based policy");
});

test("actions have no case", () => {
  assert.equal(inWords(decide(ana, { identityPolicies: [allowing], action: "S3:getobject" })), "allowed");
});
