import assert from "node:assert/strict";
import { test } from "node:test";

import { own, testIdentity } from "../../identity/identity.fixture.ts";
import { refused, trust } from "./iam.fixture.ts";

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
    () => call(admin, "iam", "CreateUser", { UserName: "ana" }),
    "EntityAlreadyExists",
    "User with name ana already exists.",
  );
  const key = call(admin, "iam", "CreateAccessKey", { UserName: "Ana" }).AccessKey?.AccessKeyId ?? "";
  call(admin, "iam", "UpdateUser", { UserName: "Ana", NewUserName: "Anna", NewPath: "/" });
  assert.equal(here.callerOf({ accessKeyId: key }).arn, `arn:aws:iam::${own}:user/Anna`);
  refused(
    () => call(admin, "iam", "GetUser", { UserName: "Ana" }),
    "NoSuchEntity",
    "The user with name Ana cannot be found.",
  );
  refused(
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
    refused(() => call(admin, "iam", "CreateUser", { UserName }), "ValidationError");
  }
  for (const Path of ["x", "/x", "x/", "//".repeat(300)]) {
    refused(() => call(admin, "iam", "CreateUser", { UserName: "u", Path }), "ValidationError");
  }
  refused(
    () => call(admin, "iam", "CreateRole", { RoleName: "x".repeat(65), AssumeRolePolicyDocument: trust }),
    "ValidationError",
    `1 validation error detected: Value '${"x".repeat(65)}' at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64`,
  );
  const Tags = [
    { Key: "a", Value: "" },
    { Key: "A", Value: "" },
  ];
  refused(() => call(admin, "iam", "CreateUser", { UserName: "u", Tags }), "InvalidInput", /Duplicate tag keys/);
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
  refused(() => call(admin, "iam", "ListUsers", { Marker: "x" }), "ValidationError");
  refused(() => call(admin, "iam", "ListUsers", { MaxItems: 1001 }), "ValidationError");
});
