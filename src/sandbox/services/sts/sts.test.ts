import assert from "node:assert/strict";
import { test } from "node:test";
import { type Caller } from "../../caller.ts";
import { codeAt } from "../../identity/one-time-codes.ts";
import { foreign, own, refusal, type TestIdentity, testIdentity } from "../../identity/identity.fixture.ts";

const roleArn = `arn:aws:iam::${own}:role/Reader`;
const anyAssume = { Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" };

function trusting(principal: unknown, condition?: object): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: principal,
        Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
        ...(condition === undefined ? {} : { Condition: condition }),
      },
    ],
  });
}

function withRole(trust: (here: TestIdentity) => string, more: object = {}): TestIdentity {
  const here = testIdentity();
  here.user("ana", [anyAssume]);
  here.user("bob", []);
  const AssumeRolePolicyDocument = trust(here);
  here.call(here.admin, "iam", "CreateRole", { RoleName: "Reader", AssumeRolePolicyDocument, ...more });
  return here;
}

function callerNamed(here: TestIdentity, name: string, accountId = own): Caller {
  const [key] = here.identity.directory.keysOf(accountId, name);
  return here.callerOf({ accessKeyId: key?.id ?? "" });
}

function assume(here: TestIdentity, caller: Caller, more: object = {}) {
  return here.call(caller, "sts", "AssumeRole", { RoleArn: roleArn, RoleSessionName: "one", ...more });
}

const ana = `arn:aws:iam::${own}:user/ana`;
const bob = `arn:aws:iam::${own}:user/bob`;
const said = (name: string) =>
  `User: arn:aws:iam::${own}:user/${name} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;

// IAM User Guide, 'Cross-account policy evaluation logic', 'AWS JSON policy elements: Principal', 'Access to AWS accounts
// owned by third parties' (external id).
const cases: readonly (readonly [what: string, trust: string, caller: string, more: object, isAllowed: boolean])[] = [
  ["the user by name", trusting({ AWS: ana }), "ana", {}, true],
  ["the user by name, who has no policy of his own", trusting({ AWS: bob }), "bob", {}, true],
  ["another user", trusting({ AWS: ana }), "bob", {}, false],
  ["the account, for a user with a policy", trusting({ AWS: own }), "ana", {}, true],
  ["the account's root, for a user with a policy", trusting({ AWS: `arn:aws:iam::${own}:root` }), "ana", {}, true],
  ["the account's root, for a user without a policy", trusting({ AWS: `arn:aws:iam::${own}:root` }), "bob", {}, false],
  ["another account", trusting({ AWS: foreign }), "ana", {}, false],
  ["a service", trusting({ Service: "ec2.amazonaws.com" }), "ana", {}, false],
  ["everybody", trusting("*"), "bob", {}, true],
  [
    "an external id that is not given",
    trusting({ AWS: ana }, { StringEquals: { "sts:ExternalId": "secret" } }),
    "ana",
    {},
    false,
  ],
  [
    "an external id that is wrong",
    trusting({ AWS: ana }, { StringEquals: { "sts:ExternalId": "secret" } }),
    "ana",
    { ExternalId: "guess" },
    false,
  ],
  [
    "an external id that is right",
    trusting({ AWS: ana }, { StringEquals: { "sts:ExternalId": "secret" } }),
    "ana",
    { ExternalId: "secret" },
    true,
  ],
  ["an external id that nobody asks for", trusting({ AWS: ana }), "ana", { ExternalId: "secret" }, true],
  [
    "MFA that is not there",
    trusting({ AWS: ana }, { Bool: { "aws:MultiFactorAuthPresent": "true" } }),
    "ana",
    {},
    false,
  ],
  [
    "a session's name",
    trusting({ AWS: ana }, { StringLike: { "sts:RoleSessionName": "${aws:username}" } }),
    "ana",
    { RoleSessionName: "ana" },
    true,
  ],
  [
    "another session's name",
    trusting({ AWS: ana }, { StringLike: { "sts:RoleSessionName": "${aws:username}" } }),
    "ana",
    { RoleSessionName: "eve" },
    false,
  ],
];

for (const [what, trust, name, more, isAllowed] of cases) {
  test(`a role that trusts ${what} ${isAllowed ? "is" : "is not"} assumed by ${name}`, () => {
    const here = withRole(() => trust);
    const caller = callerNamed(here, name);
    if (isAllowed) {
      assert.match(assume(here, caller, more).Credentials?.AccessKeyId ?? "", /^ASIA[A-Z2-7]{16}$/);
    } else {
      assert.deepEqual(
        refusal(() => assume(here, caller, more)),
        ["AccessDenied", said(name)],
      );
      assert.deepEqual(here.last.notes, [{ requestParameters: null }]);
    }
  });
}

test("a role that is not there is refused as one that does not trust", () => {
  const here = testIdentity();
  const caller = here.user("ana", [anyAssume]);
  assert.deepEqual(
    refusal(() => assume(here, caller)),
    ["AccessDenied", said("ana")],
  );
});

test("the root may not assume a role", () => {
  const here = withRole(() => trusting({ AWS: own }));
  assert.deepEqual(
    refusal(() => assume(here, here.root)),
    ["AccessDenied", "Roles may not be assumed by root accounts."],
  );
});

test("a user that is made again under the same name is not the one whom the role trusts", () => {
  const here = withRole(() => trusting({ AWS: bob }));
  const [key] = here.identity.directory.keysOf(own, "bob");
  here.call(here.admin, "iam", "DeleteAccessKey", { UserName: "bob", AccessKeyId: key?.id ?? "" });
  here.call(here.admin, "iam", "DeleteUser", { UserName: "bob" });
  assert.match(
    decodeURIComponent(
      here.call(here.admin, "iam", "GetRole", { RoleName: "Reader" }).Role?.AssumeRolePolicyDocument ?? "",
    ),
    /"AWS":"AIDA/,
  );
  const caller = here.user("bob", [anyAssume]);
  assert.deepEqual(
    refusal(() => assume(here, caller)),
    ["AccessDenied", said("bob")],
  );
});

test("the session is the role's, and its record says so", () => {
  const here = withRole(() => trusting({ AWS: ana }));
  const { Credentials, AssumedRoleUser } = assume(here, callerNamed(here, "ana"));
  const arn = `arn:aws:sts::${own}:assumed-role/Reader/one`;
  assert.equal(AssumedRoleUser?.Arn, arn);
  assert.deepEqual(here.last.notes, [{ resources: [{ ARN: roleArn, accountId: own, type: "AWS::IAM::Role" }] }]);
  const session = here.callerOf({ accessKeyId: Credentials?.AccessKeyId ?? "" }, Credentials?.SessionToken);
  const roleId = here.identity.directory.roles.get(own, "Reader")?.id ?? "";
  assert.deepEqual(session.identity, {
    type: "AssumedRole",
    principalId: `${roleId}:one`,
    arn,
    accountId: own,
    accessKeyId: Credentials?.AccessKeyId,
    sessionContext: {
      sessionIssuer: { type: "Role", principalId: roleId, arn: roleArn, accountId: own, userName: "Reader" },
      attributes: { creationDate: "2026-11-20T12:00:00Z", mfaAuthenticated: "false" },
    },
  });
  assert.deepEqual(here.call(session, "sts", "GetCallerIdentity", {}), {
    UserId: `${roleId}:one`,
    Account: own,
    Arn: arn,
  });
});

test("a foreign caller needs both sides, and the record goes to both accounts", () => {
  const here = withRole(() => trusting({ AWS: foreign }));
  const without = here.user("eve", [], foreign);
  assert.equal(refusal(() => assume(here, without))[0], "AccessDenied");
  const caller = here.user("mallory", [anyAssume], foreign);
  assume(here, caller);
  assert.deepEqual(here.last.notes[0]?.recipients, [foreign, own]);
});

test("a session lasts as long as asked for, and no longer than its role allows", () => {
  const here = withRole(() => trusting({ AWS: ana }), { MaxSessionDuration: 7200 });
  const caller = callerNamed(here, "ana");
  const { Credentials } = assume(here, caller, { DurationSeconds: 7200 });
  const key = Credentials?.AccessKeyId ?? "";
  const kind = (token?: string) => {
    const found = here.identity.credentials.find(key, token);
    return "kind" in found ? found.kind : "";
  };
  assert.equal(kind(), "wrong-token");
  assert.equal(kind("x"), "wrong-token");
  assert.equal(kind(Credentials?.SessionToken), "found");
  here.world.clock.advance(7200 * 1000);
  assert.equal(kind(Credentials?.SessionToken), "expired");
  assert.deepEqual(
    refusal(() => assume(here, caller, { DurationSeconds: 7201 })),
    ["ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."],
  );
  assert.equal(refusal(() => assume(here, caller, { DurationSeconds: 899 }))[0], "ValidationError");
});

test("a role assumed out of a role lasts an hour at most", () => {
  const here = withRole(() => trusting({ AWS: own }), { MaxSessionDuration: 7200 });
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [anyAssume] });
  here.call(here.admin, "iam", "PutRolePolicy", { RoleName: "Reader", PolicyName: "chain", PolicyDocument });
  const { Credentials } = assume(here, callerNamed(here, "ana"));
  const session = here.callerOf({ accessKeyId: Credentials?.AccessKeyId ?? "" }, Credentials?.SessionToken);
  assert.equal(refusal(() => assume(here, session))[0], "");
  assert.match(refusal(() => assume(here, session, { DurationSeconds: 3601 }))[1], /role chaining/);
});

test("session policies only take away", () => {
  const here = withRole(() => trusting({ AWS: ana }));
  here.call(here.admin, "iam", "AttachRolePolicy", {
    RoleName: "Reader",
    PolicyArn: "arn:aws:iam::aws:policy/IAMReadOnlyAccess",
  });
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["iam:ListUsers", "iam:CreateUser"], Resource: "*" }],
  });
  const { Credentials, PackedPolicySize } = assume(here, callerNamed(here, "ana"), { Policy });
  assert.ok((PackedPolicySize ?? 0) > 0);
  const session = here.callerOf({ accessKeyId: Credentials?.AccessKeyId ?? "" }, Credentials?.SessionToken);
  const who = `User: arn:aws:sts::${own}:assumed-role/Reader/one is not authorized to perform:`;
  assert.equal(refusal(() => here.call(session, "iam", "ListUsers", {}))[0], "");
  assert.deepEqual(
    refusal(() => here.call(session, "iam", "ListRoles", {})),
    [
      "AccessDenied",
      `${who} iam:ListRoles on resource: arn:aws:iam::${own}:role/ because no session policy allows the iam:ListRoles action`,
    ],
  );
  assert.deepEqual(
    refusal(() => here.call(session, "iam", "CreateUser", { UserName: "x" })),
    [
      "AccessDenied",
      `${who} iam:CreateUser on resource: arn:aws:iam::${own}:user/x because no identity-based policy allows the iam:CreateUser action`,
    ],
  );
});

test("tags and the source identity of a session go with it, where the role lets them", () => {
  const here = withRole(() => trusting({ AWS: ana }, { StringEquals: { "aws:RequestTag/team": "blue" } }));
  const caller = callerNamed(here, "ana");
  const Tags = [{ Key: "team", Value: "blue" }];
  const { Credentials } = assume(here, caller, { Tags, TransitiveTagKeys: ["team"], SourceIdentity: "ana" });
  const session = here.callerOf({ accessKeyId: Credentials?.AccessKeyId ?? "" }, Credentials?.SessionToken);
  assert.equal(session.tags["team"], "blue");
  assert.equal(session.identity.sessionContext?.sourceIdentity, "ana");
  assert.equal(refusal(() => assume(here, caller, { Tags: [{ Key: "team", Value: "red" }] }))[0], "AccessDenied");
});

test("a device's code is checked by the sandbox's clock", () => {
  const here = withRole(() => trusting({ AWS: ana }, { Bool: { "aws:MultiFactorAuthPresent": "true" } }));
  const { VirtualMFADevice } = here.call(here.admin, "iam", "CreateVirtualMFADevice", { VirtualMFADeviceName: "ana" });
  const seed = Buffer.from(VirtualMFADevice?.Base32StringSeed ?? []).toString();
  const SerialNumber = VirtualMFADevice?.SerialNumber ?? "";
  const now = here.world.clock.now();
  const enable = (AuthenticationCode1: string, AuthenticationCode2: string) =>
    here.call(here.admin, "iam", "EnableMFADevice", {
      UserName: "ana",
      SerialNumber,
      AuthenticationCode1,
      AuthenticationCode2,
    });
  assert.equal(refusal(() => enable("000000", "000001"))[0], "InvalidAuthenticationCode");
  enable(codeAt(seed, now), codeAt(seed, now + 30_000));
  const caller = callerNamed(here, "ana");
  assert.equal(refusal(() => assume(here, caller, { SerialNumber, TokenCode: codeAt(seed, now) }))[0], "");
  assert.match(
    refusal(() => assume(here, caller, { SerialNumber, TokenCode: "000000" }))[1],
    /^MultiFactorAuthentication failed/,
  );
  const { Credentials } = here.call(caller, "sts", "GetSessionToken", { SerialNumber, TokenCode: codeAt(seed, now) });
  const session = here.callerOf({ accessKeyId: Credentials?.AccessKeyId ?? "" }, Credentials?.SessionToken);
  assert.equal(session.identity.type, "IAMUser");
  assert.equal(session.identity.sessionContext?.attributes?.mfaAuthenticated, "true");
  assert.equal(refusal(() => assume(here, session))[0], "");
});

test("the codes are those of RFC 6238", () => {
  const seed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  assert.equal(codeAt(seed, 59_000), "287082");
  assert.equal(codeAt(seed, 1_111_111_109_000), "081804");
  assert.equal(codeAt(seed, 20_000_000_000_000), "353130");
});

test("temporary keys give no further tokens", () => {
  const here = testIdentity();
  const { Credentials } = here.call(here.admin, "sts", "GetSessionToken", {});
  const session = here.callerOf({ accessKeyId: Credentials?.AccessKeyId ?? "" }, Credentials?.SessionToken);
  assert.deepEqual(
    refusal(() => here.call(session, "sts", "GetSessionToken", {})),
    ["AccessDenied", "Cannot call GetSessionToken with session credentials"],
  );
});

test("a federated user may what its policy and its user's policies say", () => {
  const here = testIdentity();
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "organizations:*", Resource: "*" }],
  });
  const { Credentials, FederatedUser } = here.call(here.admin, "sts", "GetFederationToken", {
    Name: "visitor",
    Policy,
  });
  assert.equal(FederatedUser?.Arn, `arn:aws:sts::${own}:federated-user/visitor`);
  const session = here.callerOf({ accessKeyId: Credentials?.AccessKeyId ?? "" }, Credentials?.SessionToken);
  assert.equal(session.identity.type, "FederatedUser");
  assert.equal(session.identity.sessionContext?.sessionIssuer?.userName, "admin");
  assert.equal(refusal(() => here.call(session, "organizations", "CreateOrganization", {}))[0], "AccessDenied");
  assert.equal(
    refusal(() => here.call(session, "organizations", "DescribeOrganization", {}))[0],
    "AWSOrganizationsNotInUseException",
  );
});

test("an access key tells its account", () => {
  const here = testIdentity();
  const { AccessKey } = here.call(here.admin, "iam", "CreateAccessKey", {});
  assert.deepEqual(here.call(here.admin, "sts", "GetAccessKeyInfo", { AccessKeyId: AccessKey?.AccessKeyId ?? "" }), {
    Account: own,
  });
  assert.equal(
    refusal(() => here.call(here.admin, "sts", "DecodeAuthorizationMessage", { EncodedMessage: "x" }))[0],
    "InvalidAuthorizationMessageException",
  );
});

test("a service assumes a role that trusts it, and no other", () => {
  const here = withRole(() =>
    trusting({ Service: "cloudtrail.amazonaws.com" }, { StringEquals: { "aws:SourceAccount": own } }),
  );
  const as = { service: "cloudtrail.amazonaws.com", region: "us-east-1", sourceArn: "arn:x", sourceAccount: own };
  assert.equal(here.identity.assumeAsService(as, roleArn, "x")?.kind, "role-session");
  assert.equal(here.identity.assumeAsService({ ...as, sourceAccount: foreign }, roleArn, "x"), undefined);
  assert.equal(here.identity.assumeAsService({ ...as, service: "config.amazonaws.com" }, roleArn, "x"), undefined);
});
