import assert from "node:assert/strict";
import { test } from "node:test";

import { testIdentity } from "../../identity/identity.fixture.ts";
import { allow, refused } from "./iam.fixture.ts";

test("managed policies have up to five versions, one of them in force", () => {
  const here = testIdentity();
  const { admin, call } = here;
  const PolicyArn = call(admin, "iam", "CreatePolicy", { PolicyName: "p", PolicyDocument: allow }).Policy?.Arn ?? "";
  for (let version = 2; version <= 5; version += 1) {
    call(admin, "iam", "CreatePolicyVersion", { PolicyArn, PolicyDocument: allow, SetAsDefault: true });
  }
  refused(
    () => call(admin, "iam", "CreatePolicyVersion", { PolicyArn, PolicyDocument: allow }),
    "LimitExceeded",
    /up to 5 versions/,
  );
  assert.deepEqual(
    call(admin, "iam", "ListPolicyVersions", { PolicyArn }).Versions?.map(({ VersionId }) => VersionId),
    ["v5", "v4", "v3", "v2", "v1"],
  );
  refused(
    () => call(admin, "iam", "DeletePolicyVersion", { PolicyArn, VersionId: "v5" }),
    "DeleteConflict",
    "Cannot delete the default version of a policy.",
  );
  refused(() => call(admin, "iam", "DeletePolicy", { PolicyArn }), "DeleteConflict", /more than one version/);
  for (const VersionId of ["v1", "v2", "v3", "v4"]) call(admin, "iam", "DeletePolicyVersion", { PolicyArn, VersionId });
  call(admin, "iam", "AttachUserPolicy", { UserName: "admin", PolicyArn });
  assert.equal(call(admin, "iam", "GetPolicy", { PolicyArn }).Policy?.AttachmentCount, 1);
  assert.deepEqual(
    call(admin, "iam", "ListEntitiesForPolicy", { PolicyArn }).PolicyUsers?.map(({ UserName }) => UserName),
    ["admin"],
  );
  refused(
    () => call(admin, "iam", "DeletePolicy", { PolicyArn }),
    "DeleteConflict",
    "Cannot delete a policy attached to entities.",
  );
  call(admin, "iam", "DetachUserPolicy", { UserName: "admin", PolicyArn });
  call(admin, "iam", "DeletePolicy", { PolicyArn });
  refused(() => call(admin, "iam", "GetPolicy", { PolicyArn }), "NoSuchEntity");
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
  refused(() => call(admin, "iam", "DeletePolicy", { PolicyArn }), "AccessDenied");
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
    () => call(admin, "iam", "CreatePolicy", { PolicyName: "p", PolicyDocument: large }),
    "LimitExceeded",
    "Cannot exceed quota for PolicySize: 6144",
  );
  refused(
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
      () => call(admin, "iam", "CreatePolicy", { PolicyName: "p", PolicyDocument }),
      "MalformedPolicyDocument",
      message,
    );
  }
});
