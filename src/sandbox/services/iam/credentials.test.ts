import assert from "node:assert/strict";
import { test } from "node:test";

import { own, testIdentity } from "../../identity/identity.fixture.ts";
import { refused } from "./iam.fixture.ts";

test("a user has two keys at most, and its own where no name is given", () => {
  const here = testIdentity();
  const ana = here.user("ana", [
    { Effect: "Allow", Action: "iam:*", Resource: `arn:aws:iam::${own}:user/\${aws:username}` },
  ]);
  const { AccessKey } = here.call(ana, "iam", "CreateAccessKey", {});
  assert.equal(AccessKey?.UserName, "ana");
  assert.match(AccessKey?.SecretAccessKey ?? "", /^[A-Za-z0-9/+]{40}$/);
  refused(
    () => here.call(ana, "iam", "CreateAccessKey", {}),
    "LimitExceeded",
    "Cannot exceed quota for AccessKeysPerUser: 2",
  );
  refused(() => here.call(ana, "iam", "CreateAccessKey", { UserName: "admin" }), "AccessDenied");
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
    () => call(admin, "iam", "CreateLoginProfile", { UserName: "ana", Password: "short" }),
    "PasswordPolicyViolation",
  );
  call(admin, "iam", "CreateLoginProfile", {
    UserName: "ana",
    Password: "long enough, is it?!",
    PasswordResetRequired: true,
  });
  refused(
    () => call(admin, "iam", "CreateLoginProfile", { UserName: "ana", Password: "long enough, is it?!" }),
    "EntityAlreadyExists",
  );
  refused(
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
    () => call(admin, "iam", "GetLoginProfile", { UserName: "ana" }),
    "NoSuchEntity",
    "Login Profile for User ana cannot be found.",
  );
  call(admin, "iam", "DeleteAccountPasswordPolicy", {});
  refused(
    () => call(admin, "iam", "GetAccountPasswordPolicy", {}),
    "NoSuchEntity",
    `The Password Policy with domain name ${own} cannot be found.`,
  );
});

test("the credential report is made, read, and grows old", () => {
  const here = testIdentity();
  const { admin, call } = here;
  refused(() => call(admin, "iam", "GetCredentialReport", {}), "ReportNotPresent");
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
  refused(() => call(admin, "iam", "GetCredentialReport", {}), "ReportExpired");
});

test("no call's note ever holds a secret", () => {
  const here = testIdentity();
  const { AccessKey } = here.call(here.admin, "iam", "CreateAccessKey", {});
  assert.equal(JSON.stringify(here.last.notes).includes(AccessKey?.SecretAccessKey ?? "?"), false);
  here.call(here.admin, "sts", "GetSessionToken", {});
  assert.deepEqual(here.last.notes, []);
});
