import assert from "node:assert/strict";
import { test } from "node:test";
import { own, refusal, type TestIdentity, testIdentity } from "../../identity/identity.fixture.ts";

const allow = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
});
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

function refused(here: TestIdentity, run: () => unknown, code: string, message?: RegExp | string): void {
  const [gotCode, gotMessage] = refusal(run);
  assert.equal(gotCode, code, gotMessage);
  if (typeof message === "string") assert.equal(gotMessage, message);
  else if (message !== undefined) assert.match(gotMessage, message);
}

test("a user comes, is read, renamed and goes", () => {
  const here = testIdentity();
  const { admin, call } = here;
  const { User } = call(admin, "iam", "CreateUser", {
    UserName: "Ana",
    Path: "/team/",
    Tags: [{ Key: "a", Value: "b" }],
  });
  assert.equal(User?.Arn, `arn:aws:iam::${own}:user/team/Ana`);
  assert.equal(User?.CreateDate?.toISOString(), "2026-11-20T12:00:00.000Z");
  assert.deepEqual(call(admin, "iam", "GetUser", { UserName: "Ana" }).User, User);
  refused(
    here,
    () => call(admin, "iam", "CreateUser", { UserName: "ana" }),
    "EntityAlreadyExists",
    "User with name ana already exists.",
  );
  const key = call(admin, "iam", "CreateAccessKey", { UserName: "Ana" }).AccessKey?.AccessKeyId ?? "";
  call(admin, "iam", "UpdateUser", { UserName: "Ana", NewUserName: "Anna", NewPath: "/" });
  assert.equal(here.callerOf({ accessKeyId: key }).arn, `arn:aws:iam::${own}:user/Anna`);
  refused(
    here,
    () => call(admin, "iam", "GetUser", { UserName: "Ana" }),
    "NoSuchEntity",
    "The user with name Ana cannot be found.",
  );
  refused(
    here,
    () => call(admin, "iam", "DeleteUser", { UserName: "Anna" }),
    "DeleteConflict",
    "Cannot delete entity, must delete access keys first.",
  );
  call(admin, "iam", "DeleteAccessKey", { UserName: "Anna", AccessKeyId: key });
  call(admin, "iam", "DeleteUser", { UserName: "Anna" });
  assert.deepEqual(
    call(admin, "iam", "ListUsers", {}).Users?.map(({ UserName }) => UserName),
    ["admin"],
  );
});

// IAM API Reference, the parameters' patterns and lengths.
test("names and paths that IAM does not take are refused", () => {
  const here = testIdentity();
  const { admin, call } = here;
  for (const UserName of ["", "a b", "a/b", "ü", "x".repeat(65)]) {
    refused(here, () => call(admin, "iam", "CreateUser", { UserName }), "ValidationError");
  }
  for (const Path of ["x", "/x", "x/", "//".repeat(300)]) {
    refused(here, () => call(admin, "iam", "CreateUser", { UserName: "u", Path }), "ValidationError");
  }
  refused(
    here,
    () => call(admin, "iam", "CreateRole", { RoleName: "x".repeat(65), AssumeRolePolicyDocument: trust }),
    "ValidationError",
    `1 validation error detected: Value '${"x".repeat(65)}' at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64`,
  );
  const Tags = [
    { Key: "a", Value: "" },
    { Key: "A", Value: "" },
  ];
  refused(here, () => call(admin, "iam", "CreateUser", { UserName: "u", Tags }), "InvalidInput", /Duplicate tag keys/);
  call(admin, "iam", "CreateUser", { UserName: "__proto__" });
  assert.equal(call(admin, "iam", "GetUser", { UserName: "__proto__" }).User?.UserName, "__proto__");
});

test("lists go on where the marker says, even when names come and go", () => {
  const here = testIdentity();
  const { admin, call } = here;
  for (let index = 0; index < 25; index += 1)
    call(admin, "iam", "CreateUser", { UserName: `u${String(index).padStart(2, "0")}` });
  const names: string[] = [];
  let Marker: string | undefined;
  do {
    const page = call(admin, "iam", "ListUsers", { MaxItems: 10, ...(Marker === undefined ? {} : { Marker }) });
    names.push(...(page.Users ?? []).map(({ UserName }) => UserName ?? ""));
    assert.equal(page.IsTruncated, page.Marker !== undefined);
    ({ Marker } = page);
    if (names.length === 10) call(admin, "iam", "DeleteUser", { UserName: "u00" });
  } while (Marker !== undefined);
  assert.equal(names.length, 26);
  assert.equal(new Set(names).size, 26);
  refused(here, () => call(admin, "iam", "ListUsers", { Marker: "x" }), "ValidationError");
  refused(here, () => call(admin, "iam", "ListUsers", { MaxItems: 1001 }), "ValidationError");
});

test("a role with its trust policy, as Terraform makes, reads and deletes it", () => {
  const here = testIdentity();
  const { admin, call } = here;
  const { Role } = call(admin, "iam", "CreateRole", {
    RoleName: "Web",
    AssumeRolePolicyDocument: trust,
    Description: "d",
  });
  assert.equal(Role?.Arn, `arn:aws:iam::${own}:role/Web`);
  const read = call(admin, "iam", "GetRole", { RoleName: "Web" }).Role;
  assert.equal(decodeURIComponent(read?.AssumeRolePolicyDocument ?? ""), trust);
  assert.equal(read?.MaxSessionDuration, 3600);
  assert.deepEqual(read?.RoleLastUsed, {});
  call(admin, "iam", "PutRolePolicy", { RoleName: "Web", PolicyName: "p", PolicyDocument: allow });
  assert.deepEqual(call(admin, "iam", "ListRolePolicies", { RoleName: "Web" }).PolicyNames, ["p"]);
  assert.equal(
    decodeURIComponent(call(admin, "iam", "GetRolePolicy", { RoleName: "Web", PolicyName: "p" }).PolicyDocument ?? ""),
    allow,
  );
  call(admin, "iam", "CreateInstanceProfile", { InstanceProfileName: "Web" });
  call(admin, "iam", "AddRoleToInstanceProfile", { InstanceProfileName: "Web", RoleName: "Web" });
  refused(
    here,
    () => call(admin, "iam", "AddRoleToInstanceProfile", { InstanceProfileName: "Web", RoleName: "Web" }),
    "LimitExceeded",
  );
  assert.equal(
    call(admin, "iam", "GetInstanceProfile", { InstanceProfileName: "Web" }).InstanceProfile?.Roles?.[0]?.RoleName,
    "Web",
  );
  refused(
    here,
    () => call(admin, "iam", "DeleteRole", { RoleName: "Web" }),
    "DeleteConflict",
    /instance profile first/,
  );
  call(admin, "iam", "RemoveRoleFromInstanceProfile", { InstanceProfileName: "Web", RoleName: "Web" });
  refused(
    here,
    () => call(admin, "iam", "DeleteRole", { RoleName: "Web" }),
    "DeleteConflict",
    "Cannot delete entity, must delete policies first.",
  );
  call(admin, "iam", "DeleteRolePolicy", { RoleName: "Web", PolicyName: "p" });
  call(admin, "iam", "DeleteRole", { RoleName: "Web" });
  refused(
    here,
    () => call(admin, "iam", "GetRole", { RoleName: "Web" }),
    "NoSuchEntity",
    "The role with name Web cannot be found.",
  );
});

test("trust policies are read, and principals of accounts that are here have to be there", () => {
  const here = testIdentity();
  const { admin, call } = here;
  const create =
    (principal: unknown, more: object = {}) =>
    () =>
      call(admin, "iam", "CreateRole", {
        RoleName: "r",
        AssumeRolePolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole", ...more }],
        }),
      });
  const gone = `arn:aws:iam::${own}:user/nobody`;
  refused(here, create({ AWS: gone }), "MalformedPolicyDocument", `Invalid principal in policy: "AWS":"${gone}"`);
  refused(here, create({ AWS: "x" }), "MalformedPolicyDocument", /^Invalid principal/);
  refused(here, create({ AWS: own }, { Resource: "*" }), "MalformedPolicyDocument", "Has prohibited field Resource");
  refused(
    here,
    () => call(admin, "iam", "CreateRole", { RoleName: "r", AssumeRolePolicyDocument: "{" }),
    "MalformedPolicyDocument",
    "This policy contains invalid Json",
  );
  create({ AWS: "arn:aws:iam::999999999999:user/stranger" })();
});

test("managed policies have up to five versions, one of them in force", () => {
  const here = testIdentity();
  const { admin, call } = here;
  const PolicyArn = call(admin, "iam", "CreatePolicy", { PolicyName: "p", PolicyDocument: allow }).Policy?.Arn ?? "";
  for (let version = 2; version <= 5; version += 1) {
    call(admin, "iam", "CreatePolicyVersion", { PolicyArn, PolicyDocument: allow, SetAsDefault: true });
  }
  refused(
    here,
    () => call(admin, "iam", "CreatePolicyVersion", { PolicyArn, PolicyDocument: allow }),
    "LimitExceeded",
    /up to 5 versions/,
  );
  assert.deepEqual(
    call(admin, "iam", "ListPolicyVersions", { PolicyArn }).Versions?.map(({ VersionId }) => VersionId),
    ["v5", "v4", "v3", "v2", "v1"],
  );
  refused(
    here,
    () => call(admin, "iam", "DeletePolicyVersion", { PolicyArn, VersionId: "v5" }),
    "DeleteConflict",
    "Cannot delete the default version of a policy.",
  );
  refused(here, () => call(admin, "iam", "DeletePolicy", { PolicyArn }), "DeleteConflict", /more than one version/);
  for (const VersionId of ["v1", "v2", "v3", "v4"]) call(admin, "iam", "DeletePolicyVersion", { PolicyArn, VersionId });
  call(admin, "iam", "AttachUserPolicy", { UserName: "admin", PolicyArn });
  assert.equal(call(admin, "iam", "GetPolicy", { PolicyArn }).Policy?.AttachmentCount, 1);
  assert.deepEqual(
    call(admin, "iam", "ListEntitiesForPolicy", { PolicyArn }).PolicyUsers?.map(({ UserName }) => UserName),
    ["admin"],
  );
  refused(
    here,
    () => call(admin, "iam", "DeletePolicy", { PolicyArn }),
    "DeleteConflict",
    "Cannot delete a policy attached to entities.",
  );
  call(admin, "iam", "DetachUserPolicy", { UserName: "admin", PolicyArn });
  call(admin, "iam", "DeletePolicy", { PolicyArn });
  refused(here, () => call(admin, "iam", "GetPolicy", { PolicyArn }), "NoSuchEntity");
});

test("AWS's own policies can be attached and read, not changed", () => {
  const here = testIdentity();
  const { admin, call } = here;
  const PolicyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
  assert.equal(call(admin, "iam", "GetPolicy", { PolicyArn }).Policy?.PolicyName, "ReadOnlyAccess");
  assert.match(
    decodeURIComponent(
      call(admin, "iam", "GetPolicyVersion", { PolicyArn, VersionId: "v1" }).PolicyVersion?.Document ?? "",
    ),
    /s3:Get/,
  );
  refused(here, () => call(admin, "iam", "DeletePolicy", { PolicyArn }), "AccessDenied");
  const names = (Scope: "AWS" | "Local") =>
    call(admin, "iam", "ListPolicies", { Scope }).Policies?.map((policy) => policy.PolicyName);
  assert.ok(names("AWS")?.includes("AdministratorAccess"));
  assert.deepEqual(names("Local"), []);
  assert.deepEqual(
    call(admin, "iam", "ListPolicies", { OnlyAttached: true }).Policies?.map((policy) => policy.PolicyName),
    ["AdministratorAccess"],
  );
});

test("policies that are too large, or not policies, are refused", () => {
  const here = testIdentity();
  const { admin, call } = here;
  const large = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:*", Resource: `arn:aws:s3:::${"x".repeat(6200)}` }],
  });
  refused(
    here,
    () => call(admin, "iam", "CreatePolicy", { PolicyName: "p", PolicyDocument: large }),
    "LimitExceeded",
    "Cannot exceed quota for PolicySize: 6144",
  );
  refused(
    here,
    () => call(admin, "iam", "PutUserPolicy", { UserName: "admin", PolicyName: "p", PolicyDocument: large }),
    "LimitExceeded",
    "Maximum policy size of 2048 bytes exceeded for user admin",
  );
  const documents: readonly (readonly [object, string])[] = [
    [
      { Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] },
      "Policy document must be version 2012-10-17 or greater.",
    ],
    [
      { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3", Resource: "*" }] },
      "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
    ],
    [
      { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "bucket" }] },
      'Resource bucket must be in ARN format or "*".',
    ],
    [
      { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*" }] },
      "Policy statement must contain resources.",
    ],
    [
      { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*", Principal: "*" }] },
      "Policy document should not specify a principal.",
    ],
  ];
  for (const [document, message] of documents) {
    const PolicyDocument = JSON.stringify(document);
    refused(
      here,
      () => call(admin, "iam", "CreatePolicy", { PolicyName: "p", PolicyDocument }),
      "MalformedPolicyDocument",
      message,
    );
  }
});

test("a user has two keys at most, and its own where no name is given", () => {
  const here = testIdentity();
  const ana = here.user("ana", [
    { Effect: "Allow", Action: "iam:*", Resource: `arn:aws:iam::${own}:user/\${aws:username}` },
  ]);
  const { AccessKey } = here.call(ana, "iam", "CreateAccessKey", {});
  assert.equal(AccessKey?.UserName, "ana");
  assert.match(AccessKey?.SecretAccessKey ?? "", /^[A-Za-z0-9/+]{40}$/);
  refused(
    here,
    () => here.call(ana, "iam", "CreateAccessKey", {}),
    "LimitExceeded",
    "Cannot exceed quota for AccessKeysPerUser: 2",
  );
  refused(here, () => here.call(ana, "iam", "CreateAccessKey", { UserName: "admin" }), "AccessDenied");
  const keys = here.call(ana, "iam", "ListAccessKeys", {}).AccessKeyMetadata ?? [];
  assert.equal(keys.length, 2);
  assert.equal(JSON.stringify(keys).includes(AccessKey?.SecretAccessKey ?? "?"), false);
  const AccessKeyId = AccessKey?.AccessKeyId ?? "";
  here.identity.recordUse({
    caller: here.callerOf({ accessKeyId: AccessKeyId }),
    service: "s3",
    region: "eu-west-1",
    at: here.world.clock.now(),
  });
  assert.deepEqual(here.call(here.admin, "iam", "GetAccessKeyLastUsed", { AccessKeyId }).AccessKeyLastUsed, {
    LastUsedDate: new Date("2026-11-20T12:00:00Z"),
    ServiceName: "s3",
    Region: "eu-west-1",
  });
});

test("passwords follow the account's policy and are never told", () => {
  const here = testIdentity();
  const { admin, call } = here;
  call(admin, "iam", "UpdateAccountPasswordPolicy", {
    MinimumPasswordLength: 14,
    RequireSymbols: true,
    AllowUsersToChangePassword: true,
  });
  assert.equal(call(admin, "iam", "GetAccountPasswordPolicy", {}).PasswordPolicy?.MinimumPasswordLength, 14);
  const ana = here.user("ana", [{ Effect: "Allow", Action: "iam:ChangePassword", Resource: "*" }]);
  refused(
    here,
    () => call(admin, "iam", "CreateLoginProfile", { UserName: "ana", Password: "short" }),
    "PasswordPolicyViolation",
  );
  call(admin, "iam", "CreateLoginProfile", {
    UserName: "ana",
    Password: "long enough, is it?!",
    PasswordResetRequired: true,
  });
  refused(
    here,
    () => call(admin, "iam", "CreateLoginProfile", { UserName: "ana", Password: "long enough, is it?!" }),
    "EntityAlreadyExists",
  );
  refused(
    here,
    () => call(ana, "iam", "ChangePassword", { OldPassword: "wrong", NewPassword: "another long one!" }),
    "AccessDenied",
    "The old password was incorrect.",
  );
  assert.deepEqual(here.last.notes, [{ requestParameters: null }]);
  call(ana, "iam", "ChangePassword", { OldPassword: "long enough, is it?!", NewPassword: "another long one!" });
  assert.equal(call(admin, "iam", "GetLoginProfile", { UserName: "ana" }).LoginProfile?.PasswordResetRequired, false);
  assert.equal(JSON.stringify(here.identity.directory.users.get(own, "ana")).includes("another long one"), false);
  call(admin, "iam", "DeleteLoginProfile", { UserName: "ana" });
  refused(
    here,
    () => call(admin, "iam", "GetLoginProfile", { UserName: "ana" }),
    "NoSuchEntity",
    "Login Profile for User ana cannot be found.",
  );
  call(admin, "iam", "DeleteAccountPasswordPolicy", {});
  refused(
    here,
    () => call(admin, "iam", "GetAccountPasswordPolicy", {}),
    "NoSuchEntity",
    `The Password Policy with domain name ${own} cannot be found.`,
  );
});

test("service-linked roles are their service's, and go by their own way", () => {
  const here = testIdentity();
  const { admin, call } = here;
  const { Role } = call(admin, "iam", "CreateServiceLinkedRole", { AWSServiceName: "cloudtrail.amazonaws.com" });
  assert.equal(
    Role?.Arn,
    `arn:aws:iam::${own}:role/aws-service-role/cloudtrail.amazonaws.com/AWSServiceRoleForCloudTrail`,
  );
  const RoleName = Role?.RoleName ?? "";
  refused(
    here,
    () => call(admin, "iam", "CreateServiceLinkedRole", { AWSServiceName: "cloudtrail.amazonaws.com" }),
    "InvalidInput",
    /has been taken/,
  );
  refused(here, () => call(admin, "iam", "DeleteRole", { RoleName }), "UnmodifiableEntity");
  refused(
    here,
    () => call(admin, "iam", "UpdateAssumeRolePolicy", { RoleName, PolicyDocument: trust }),
    "UnmodifiableEntity",
  );
  const { DeletionTaskId } = call(admin, "iam", "DeleteServiceLinkedRole", { RoleName });
  assert.equal(
    call(admin, "iam", "GetServiceLinkedRoleDeletionStatus", { DeletionTaskId: DeletionTaskId ?? "" }).Status,
    "SUCCEEDED",
  );
  refused(here, () => call(admin, "iam", "GetRole", { RoleName }), "NoSuchEntity");
});

test("an inventory finds everything of the account at once, and AWS's policies that are in use", () => {
  const here = testIdentity();
  const { admin, call } = here;
  call(admin, "iam", "CreateGroup", { GroupName: "g" });
  call(admin, "iam", "AddUserToGroup", { GroupName: "g", UserName: "admin" });
  call(admin, "iam", "CreateRole", { RoleName: "r", AssumeRolePolicyDocument: trust });
  call(admin, "iam", "CreatePolicy", { PolicyName: "p", PolicyDocument: allow });
  const all = call(admin, "iam", "GetAccountAuthorizationDetails", {});
  assert.deepEqual(
    all.UserDetailList?.map(({ UserName, GroupList }) => [UserName, GroupList]),
    [["admin", ["g"]]],
  );
  assert.deepEqual(
    all.RoleDetailList?.map(({ RoleName }) => RoleName),
    ["r"],
  );
  assert.deepEqual(all.Policies?.map(({ PolicyName }) => PolicyName).sort(), ["AdministratorAccess", "p"]);
  const page = call(admin, "iam", "GetAccountAuthorizationDetails", { Filter: ["Role", "Group"], MaxItems: 1 });
  assert.deepEqual([page.GroupDetailList?.length, page.RoleDetailList?.length, page.IsTruncated], [1, 0, true]);
  const summary = call(admin, "iam", "GetAccountSummary", {}).SummaryMap;
  assert.deepEqual([summary?.["Users"], summary?.["Groups"], summary?.["Roles"], summary?.["Policies"]], [1, 1, 1, 1]);
});

test("the simulator says what the sandbox itself would", () => {
  const here = testIdentity();
  here.user("ana", [
    {
      Effect: "Allow",
      Action: "s3:*",
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": "us-east-1" } },
    },
    { Effect: "Deny", Action: "s3:DeleteObject", Resource: "*" },
  ]);
  const PolicySourceArn = `arn:aws:iam::${own}:user/ana`;
  const decide = (ContextKeyValues: string[]) =>
    here.call(here.admin, "iam", "SimulatePrincipalPolicy", {
      PolicySourceArn,
      ActionNames: ["s3:GetObject", "s3:DeleteObject", "iam:ListUsers"],
      ContextEntries:
        ContextKeyValues.length === 0
          ? []
          : [{ ContextKeyName: "aws:RequestedRegion", ContextKeyType: "string", ContextKeyValues }],
    }).EvaluationResults ?? [];
  assert.deepEqual(
    decide(["us-east-1"]).map(({ EvalDecision }) => EvalDecision),
    ["allowed", "explicitDeny", "implicitDeny"],
  );
  assert.deepEqual(
    decide(["eu-west-1"]).map(({ EvalDecision }) => EvalDecision),
    ["implicitDeny", "explicitDeny", "implicitDeny"],
  );
  assert.deepEqual(decide([])[0]?.MissingContextValues, ["aws:requestedregion"]);
  assert.deepEqual(decide(["us-east-1"])[0]?.MatchedStatements, [
    { SourcePolicyId: "user_ana_own", SourcePolicyType: "user" },
  ]);
  const custom = here.call(here.admin, "iam", "SimulateCustomPolicy", {
    PolicyInputList: [allow],
    ActionNames: ["s3:ListBucket"],
  });
  assert.equal(custom.EvaluationResults?.[0]?.EvalDecision, "allowed");
  refused(
    here,
    () =>
      here.call(here.admin, "iam", "SimulateCustomPolicy", { PolicyInputList: ["{"], ActionNames: ["s3:ListBucket"] }),
    "MalformedPolicyDocument",
  );
});

test("the credential report is made, read, and grows old", () => {
  const here = testIdentity();
  const { admin, call } = here;
  refused(here, () => call(admin, "iam", "GetCredentialReport", {}), "ReportNotPresent");
  assert.equal(call(admin, "iam", "GenerateCredentialReport", {}).State, "STARTED");
  assert.equal(call(admin, "iam", "GenerateCredentialReport", {}).State, "COMPLETE");
  const lines = Buffer.from(call(admin, "iam", "GetCredentialReport", {}).Content ?? [])
    .toString()
    .split("\n");
  assert.equal(lines.length, 3);
  assert.match(lines[1] ?? "", /^<root_account>,/);
  assert.match(
    lines[2] ?? "",
    new RegExp(`^admin,arn:aws:iam::${own}:user/admin,2026-11-20T12:00:00\\+00:00,false,N/A,`),
  );
  assert.ok(lines.every((line) => line.split(",").length === 22));
  here.world.clock.advance(4 * 3_600_000);
  refused(here, () => call(admin, "iam", "GetCredentialReport", {}), "ReportExpired");
});

test("identity providers are there, with their clients and tags", () => {
  const here = testIdentity();
  const { admin, call } = here;
  const given = {
    Url: "https://token.actions.example.com",
    ClientIDList: ["sts.amazonaws.com"],
    ThumbprintList: ["a".repeat(40)],
  };
  const OpenIDConnectProviderArn =
    call(admin, "iam", "CreateOpenIDConnectProvider", given).OpenIDConnectProviderArn ?? "";
  assert.equal(OpenIDConnectProviderArn, `arn:aws:iam::${own}:oidc-provider/token.actions.example.com`);
  refused(here, () => call(admin, "iam", "CreateOpenIDConnectProvider", given), "EntityAlreadyExists");
  refused(
    here,
    () => call(admin, "iam", "CreateOpenIDConnectProvider", { Url: "http://x.example.com" }),
    "InvalidInput",
  );
  call(admin, "iam", "AddClientIDToOpenIDConnectProvider", { OpenIDConnectProviderArn, ClientID: "two" });
  assert.deepEqual(call(admin, "iam", "GetOpenIDConnectProvider", { OpenIDConnectProviderArn }).ClientIDList, [
    "sts.amazonaws.com",
    "two",
  ]);
  const SAMLMetadataDocument = `<EntityDescriptor>${" ".repeat(1000)}</EntityDescriptor>`;
  const SAMLProviderArn =
    call(admin, "iam", "CreateSAMLProvider", { Name: "corp", SAMLMetadataDocument }).SAMLProviderArn ?? "";
  assert.equal(call(admin, "iam", "GetSAMLProvider", { SAMLProviderArn }).SAMLMetadataDocument, SAMLMetadataDocument);
  call(admin, "iam", "DeleteSAMLProvider", { SAMLProviderArn });
  call(admin, "iam", "DeleteOpenIDConnectProvider", { OpenIDConnectProviderArn });
  assert.deepEqual(call(admin, "iam", "ListOpenIDConnectProviders", {}).OpenIDConnectProviderList, []);
});

test("no call's note ever holds a secret", () => {
  const here = testIdentity();
  const { AccessKey } = here.call(here.admin, "iam", "CreateAccessKey", {});
  assert.equal(JSON.stringify(here.last.notes).includes(AccessKey?.SecretAccessKey ?? "?"), false);
  here.call(here.admin, "sts", "GetSessionToken", {});
  assert.deepEqual(here.last.notes, []);
});
