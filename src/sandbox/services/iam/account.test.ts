import assert from "node:assert/strict";
import { test } from "node:test";

import { own, testIdentity } from "../../identity/identity.fixture.ts";
import { allow, refused, trust } from "./iam.fixture.ts";

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
    () =>
      here.call(here.admin, "iam", "SimulateCustomPolicy", { PolicyInputList: ["{"], ActionNames: ["s3:ListBucket"] }),
    "MalformedPolicyDocument",
  );
});
