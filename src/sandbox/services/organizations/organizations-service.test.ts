import assert from "node:assert/strict";
import { test } from "node:test";
import { type Caller } from "../../caller.ts";
import { foreign, own, refusal, type TestIdentity, testIdentity } from "../../identity/identity.fixture.ts";

function code(run: () => unknown): string {
  return refusal(run)[0];
}

interface WithOrganization extends TestIdentity {
  readonly organizationId: string;
  readonly rootId: string;
  readonly memberId: string;
  /** The role that AWS makes in a new account. */
  readonly member: Caller;
}

function withOrganization(): WithOrganization {
  const here = testIdentity();
  const { admin, call } = here;
  const { Organization } = call(admin, "organizations", "CreateOrganization", {});
  const [root] = call(admin, "organizations", "ListRoots", {}).Roots ?? [];
  const { CreateAccountStatus } = call(admin, "organizations", "CreateAccount", {
    AccountName: "Log archive",
    Email: "logs@example.com",
  });
  const CreateAccountRequestId = CreateAccountStatus?.Id ?? "";
  assert.equal(CreateAccountStatus?.State, "IN_PROGRESS");
  const status = call(admin, "organizations", "DescribeCreateAccountStatus", {
    CreateAccountRequestId,
  }).CreateAccountStatus;
  assert.equal(status?.State, "SUCCEEDED");
  const memberId = status?.AccountId ?? "";
  const RoleArn = `arn:aws:iam::${memberId}:role/OrganizationAccountAccessRole`;
  const { Credentials } = call(admin, "sts", "AssumeRole", { RoleArn, RoleSessionName: "admin" });
  const member = here.callerOf({ accessKeyId: Credentials?.AccessKeyId ?? "" }, Credentials?.SessionToken);
  return { ...here, organizationId: Organization?.Id ?? "", rootId: root?.Id ?? "", memberId, member };
}

test("an organization is made once, with its role, and described to every member", () => {
  const { admin, call, organizationId, identity, member } = withOrganization();
  assert.match(organizationId, /^o-[a-z0-9]{10}$/);
  assert.equal(
    code(() => call(admin, "organizations", "CreateOrganization", {})),
    "AlreadyInOrganizationException",
  );
  assert.ok(identity.directory.roles.get(own, "AWSServiceRoleForOrganizations") !== undefined);
  const { Organization } = call(member, "organizations", "DescribeOrganization", {});
  assert.equal(Organization?.MasterAccountId, own);
  assert.equal(Organization?.FeatureSet, "ALL");
  assert.equal(Organization?.Arn, `arn:aws:organizations::${own}:organization/${organizationId}`);
});

test("who is in no organization is told so, and members may not look around", () => {
  const { foreignAdmin, call, member } = withOrganization();
  assert.deepEqual(
    refusal(() => call(foreignAdmin, "organizations", "DescribeOrganization", {})),
    ["AWSOrganizationsNotInUseException", "Your account is not a member of an organization."],
  );
  assert.deepEqual(
    refusal(() => call(member, "organizations", "ListAccounts", {})),
    ["AccessDeniedException", "You don't have permissions to access this resource."],
  );
});

test("a new account is there for the whole sandbox, under the root of the organization", () => {
  const { admin, call, memberId, rootId, identity } = withOrganization();
  assert.ok(identity.accounts.has(memberId));
  const accounts = call(admin, "organizations", "ListAccounts", {}).Accounts ?? [];
  assert.deepEqual(
    accounts.map(({ Id, JoinedMethod }) => [Id, JoinedMethod]).sort(),
    [
      [own, "INVITED"],
      [memberId, "CREATED"],
    ].sort(),
  );
  assert.deepEqual(call(admin, "organizations", "ListParents", { ChildId: memberId }).Parents, [
    { Id: rootId, Type: "ROOT" },
  ]);
  const { CreateAccountStatus } = call(admin, "organizations", "CreateAccount", {
    AccountName: "Again",
    Email: "logs@example.com",
  });
  const CreateAccountRequestId = CreateAccountStatus?.Id ?? "";
  const again = call(admin, "organizations", "DescribeCreateAccountStatus", {
    CreateAccountRequestId,
  }).CreateAccountStatus;
  assert.deepEqual([again?.State, again?.FailureReason], ["FAILED", "EMAIL_ALREADY_EXISTS"]);
});

test("units stand in a tree, and accounts move through it", () => {
  const { admin, call, rootId, memberId, identity, organizationId } = withOrganization();
  const make = (ParentId: string, Name: string) =>
    call(admin, "organizations", "CreateOrganizationalUnit", { ParentId, Name }).OrganizationalUnit?.Id ?? "";
  const security = make(rootId, "Security");
  assert.equal(
    code(() => make(rootId, "Security")),
    "DuplicateOrganizationalUnitException",
  );
  let deepest = security;
  for (let depth = 2; depth <= 5; depth += 1) deepest = make(deepest, `Level ${depth}`);
  assert.equal(
    code(() => make(deepest, "Level 6")),
    "ConstraintViolationException",
  );
  const move = { AccountId: memberId, SourceParentId: rootId, DestinationParentId: security };
  call(admin, "organizations", "MoveAccount", move);
  assert.equal(
    code(() => call(admin, "organizations", "MoveAccount", move)),
    "SourceParentNotFoundException",
  );
  assert.equal(identity.organizations.pathOf(memberId), `${organizationId}/${rootId}/${security}/`);
  assert.deepEqual(
    call(admin, "organizations", "ListChildren", { ParentId: security, ChildType: "ACCOUNT" }).Children,
    [{ Id: memberId, Type: "ACCOUNT" }],
  );
  assert.equal(
    code(() => call(admin, "organizations", "DeleteOrganizationalUnit", { OrganizationalUnitId: security })),
    "OrganizationalUnitNotEmptyException",
  );
});

test("control policies bind members, their root and all, but not the management account", () => {
  const { admin, call, rootId, memberId, member, identity, callerOf } = withOrganization();
  call(admin, "organizations", "EnablePolicyType", { RootId: rootId, PolicyType: "SERVICE_CONTROL_POLICY" });
  const Content = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Action: "iam:ListUsers", Resource: "*" }],
  });
  const { Policy } = call(admin, "organizations", "CreatePolicy", {
    Type: "SERVICE_CONTROL_POLICY",
    Name: "no users",
    Description: "",
    Content,
  });
  const PolicyId = Policy?.PolicySummary?.Id ?? "";
  const list = (caller: Caller) => refusal(() => call(caller, "iam", "ListUsers", {}));
  assert.equal(list(member)[0], "");
  call(admin, "organizations", "AttachPolicy", { PolicyId, TargetId: rootId });
  assert.deepEqual(list(member), [
    "AccessDenied",
    `User: ${member.arn} is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::${memberId}:user/ with an explicit deny in a service control policy`,
  ]);
  assert.equal(list(callerOf(identity.rootKey(memberId)))[0], "AccessDenied");
  assert.equal(list(admin)[0], "");
  assert.equal(
    code(() => call(admin, "organizations", "DeletePolicy", { PolicyId })),
    "PolicyInUseException",
  );
  call(admin, "organizations", "DetachPolicy", { PolicyId, TargetId: rootId });
  assert.equal(list(member)[0], "");
});

test("every level of the tree has to allow", () => {
  const { admin, call, rootId, memberId, member } = withOrganization();
  call(admin, "organizations", "EnablePolicyType", { RootId: rootId, PolicyType: "SERVICE_CONTROL_POLICY" });
  const Content = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
  });
  const { Policy } = call(admin, "organizations", "CreatePolicy", {
    Type: "SERVICE_CONTROL_POLICY",
    Name: "only s3",
    Description: "",
    Content,
  });
  const PolicyId = Policy?.PolicySummary?.Id ?? "";
  const detach = () =>
    call(admin, "organizations", "DetachPolicy", { PolicyId: "p-FullAWSAccess", TargetId: memberId });
  assert.equal(code(detach), "ConstraintViolationException");
  call(admin, "organizations", "AttachPolicy", { PolicyId, TargetId: memberId });
  detach();
  assert.match(
    refusal(() => call(member, "iam", "ListUsers", {}))[1],
    /because no service control policy allows the iam:ListUsers action$/,
  );
});

test("the management account cannot be a delegated administrator; a member can, once the service is trusted", () => {
  const { admin, call, memberId, member } = withOrganization();
  const ServicePrincipal = "cloudtrail.amazonaws.com";
  const register = (AccountId: string) => () =>
    call(admin, "organizations", "RegisterDelegatedAdministrator", { AccountId, ServicePrincipal });
  assert.equal(code(register(own)), "ConstraintViolationException");
  assert.equal(code(register(memberId)), "ConstraintViolationException");
  call(admin, "organizations", "EnableAWSServiceAccess", { ServicePrincipal });
  register(memberId)();
  assert.equal(code(register(memberId)), "AccountAlreadyRegisteredException");
  assert.equal(code(register("999999999999")), "AccountNotFoundException");
  assert.deepEqual(
    call(admin, "organizations", "ListDelegatedAdministrators", {}).DelegatedAdministrators?.map(({ Id }) => Id),
    [memberId],
  );
  assert.equal(
    code(() => call(member, "organizations", "ListAccounts", {})),
    "",
  );
  assert.equal(
    code(() => call(member, "organizations", "CreateAccount", { AccountName: "x", Email: "x@example.com" })),
    "AccessDeniedException",
  );
  assert.equal(
    code(() => call(admin, "organizations", "RemoveAccountFromOrganization", { AccountId: memberId })),
    "ConstraintViolationException",
  );
  call(admin, "organizations", "DeregisterDelegatedAdministrator", { AccountId: memberId, ServicePrincipal });
  call(admin, "organizations", "RemoveAccountFromOrganization", { AccountId: memberId });
  assert.equal(
    code(() => call(member, "organizations", "DescribeOrganization", {})),
    "AWSOrganizationsNotInUseException",
  );
});

test("an account that is there joins by invitation", () => {
  const here = withOrganization();
  const { admin, foreignAdmin, call } = here;
  const invite = () =>
    call(admin, "organizations", "InviteAccountToOrganization", { Target: { Id: foreign, Type: "ACCOUNT" } });
  const { Handshake } = invite();
  const HandshakeId = Handshake?.Id ?? "";
  assert.equal(code(invite), "DuplicateHandshakeException");
  assert.equal(
    code(() => call(admin, "organizations", "AcceptHandshake", { HandshakeId })),
    "AccessDeniedException",
  );
  assert.equal(call(foreignAdmin, "organizations", "AcceptHandshake", { HandshakeId }).Handshake?.State, "ACCEPTED");
  assert.equal(
    code(() => call(foreignAdmin, "organizations", "AcceptHandshake", { HandshakeId })),
    "HandshakeConstraintViolationException",
  );
  assert.equal(call(foreignAdmin, "organizations", "DescribeOrganization", {}).Organization?.Id, here.organizationId);
  assert.equal(
    code(() => call(admin, "organizations", "LeaveOrganization", {})),
    "MasterCannotLeaveOrganizationException",
  );
  call(foreignAdmin, "organizations", "LeaveOrganization", {});
  const second = invite().Handshake?.Id ?? "";
  here.world.clock.advance(15 * 86_400_000);
  assert.equal(
    call(foreignAdmin, "organizations", "DescribeHandshake", { HandshakeId: second }).Handshake?.State,
    "EXPIRED",
  );
  assert.equal(
    code(() => call(foreignAdmin, "organizations", "AcceptHandshake", { HandshakeId: second })),
    "InvalidHandshakeTransitionException",
  );
});

test("lists of accounts come in pages of twenty at most", () => {
  const { admin, call } = withOrganization();
  for (let index = 0; index < 20; index += 1) {
    call(admin, "organizations", "CreateAccount", { AccountName: `a${index}`, Email: `a${index}@example.com` });
  }
  const first = call(admin, "organizations", "ListAccounts", {});
  assert.equal(first.Accounts?.length, 20);
  const second = call(admin, "organizations", "ListAccounts", { NextToken: first.NextToken });
  assert.deepEqual([second.Accounts?.length, second.NextToken], [2, undefined]);
  assert.equal(
    code(() => call(admin, "organizations", "ListAccounts", { NextToken: "x" })),
    "InvalidInputException",
  );
});

test("conditions know the organization of caller and resource", () => {
  const { admin, call, organizationId, member, identity, foreignAdmin } = withOrganization();
  const resourcePolicy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: "*",
        Condition: { StringEquals: { "aws:PrincipalOrgID": organizationId } },
      },
    ],
  });
  const need = { action: "s3:GetObject", resource: "arn:aws:s3:::b/k", ownerId: own, resourcePolicy };
  const may = (caller: Caller) =>
    identity.authorizer.authorize({ ...callOf, accountId: caller.accountId, caller }, need).allowed;
  const callOf = {
    service: "s3" as const,
    operation: "GetObject",
    region: "us-east-1",
    at: 0,
    requestId: "",
    sourceIp: "203.0.113.7",
    userAgent: "",
    body: undefined,
    note: () => undefined,
  };
  assert.equal(may(member), true);
  assert.equal(may(foreignAdmin), false);
  assert.equal(call(admin, "organizations", "ListTagsForResource", { ResourceId: own }).Tags?.length, 0);
});
