import assert from "node:assert/strict";
import { test } from "node:test";

import { own, testIdentity } from "../../identity/identity.fixture.ts";
import { allow, refused, trust } from "./iam.fixture.ts";

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
    () => call(admin, "iam", "AddRoleToInstanceProfile", { InstanceProfileName: "Web", RoleName: "Web" }),
    "LimitExceeded",
  );
  assert.equal(
    call(admin, "iam", "GetInstanceProfile", { InstanceProfileName: "Web" }).InstanceProfile?.Roles?.[0]?.RoleName,
    "Web",
  );
  refused(() => call(admin, "iam", "DeleteRole", { RoleName: "Web" }), "DeleteConflict", /instance profile first/);
  call(admin, "iam", "RemoveRoleFromInstanceProfile", { InstanceProfileName: "Web", RoleName: "Web" });
  refused(
    () => call(admin, "iam", "DeleteRole", { RoleName: "Web" }),
    "DeleteConflict",
    "Cannot delete entity, must delete policies first.",
  );
  call(admin, "iam", "DeleteRolePolicy", { RoleName: "Web", PolicyName: "p" });
  call(admin, "iam", "DeleteRole", { RoleName: "Web" });
  refused(
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
  refused(create({ AWS: gone }), "MalformedPolicyDocument", `Invalid principal in policy: "AWS":"${gone}"`);
  refused(create({ AWS: "x" }), "MalformedPolicyDocument", /^Invalid principal/);
  refused(create({ AWS: own }, { Resource: "*" }), "MalformedPolicyDocument", "Has prohibited field Resource");
  refused(
    () => call(admin, "iam", "CreateRole", { RoleName: "r", AssumeRolePolicyDocument: "{" }),
    "MalformedPolicyDocument",
    "This policy contains invalid Json",
  );
  create({ AWS: "arn:aws:iam::999999999999:user/stranger" })();
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
    () => call(admin, "iam", "CreateServiceLinkedRole", { AWSServiceName: "cloudtrail.amazonaws.com" }),
    "InvalidInput",
    /has been taken/,
  );
  refused(() => call(admin, "iam", "DeleteRole", { RoleName }), "UnmodifiableEntity");
  refused(
    () => call(admin, "iam", "UpdateAssumeRolePolicy", { RoleName, PolicyDocument: trust }),
    "UnmodifiableEntity",
  );
  const { DeletionTaskId } = call(admin, "iam", "DeleteServiceLinkedRole", { RoleName });
  assert.equal(
    call(admin, "iam", "GetServiceLinkedRoleDeletionStatus", { DeletionTaskId: DeletionTaskId ?? "" }).Status,
    "SUCCEEDED",
  );
  refused(() => call(admin, "iam", "GetRole", { RoleName }), "NoSuchEntity");
});
