import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { accessShape, refineAccess } from "./access-settings.ts";

const settings = z.object(accessShape).superRefine(refineAccess);
const role = "arn:aws:iam::111122223333:role/trailwarden";

for (const [written, account] of [
  ["111122223333", "111122223333"],
  ["1111-2222-3333", "111122223333"],
  ["1111 2222 3333", "111122223333"],
  [" 1111–2222–3333\n", "111122223333"],
  ["0000-2222-3333", "000022223333"],
] as const)
  test(`the account ${JSON.stringify(written)} is taken and cleaned`, () => {
    assert.equal(settings.parse({ region: "eu-central-1", accountId: written }).accountId, account);
  });

test("a region is taken however it is written", () => {
  assert.equal(settings.parse({ region: " EU-Central-1 " }).region, "eu-central-1");
});

const refused: readonly (readonly [what: string, given: Record<string, unknown>, path: string, message: RegExp])[] = [
  ["an account with a digit too few", { accountId: "1111-2222-333" }, "accountId", /12 digits, this one has 11/],
  ["an account that is a name", { accountId: "production" }, "accountId", /12 digits; dashes/],
  ["a misspelt region", { region: "eu-centrall-1" }, "region", /did you mean eu-central-1\?/],
  ["a region with a digit that is none", { region: "eu-central-9" }, "region", /did you mean eu-central-/],
  ["a zone", { region: "eu-central-1a" }, "region", /did you mean eu-central-1\?/],
  ["a region by its name for people", { region: "Frankfurt" }, "region", /one looks like eu-central-1/],
  ["a role by its name", { roleArn: "trailwarden" }, "roleArn", /arn:aws:iam::111122223333:role/],
  ["a user instead of a role", { roleArn: "arn:aws:iam::111122223333:user/ana" }, "roleArn", /role's ARN/],
  ["an external ID that AWS does not take", { roleArn: role, externalId: "a b" }, "externalId", /2 to 1224/],
  ["an external ID without a role", { externalId: "example-1" }, "externalId", /give roleArn too/],
  ["a bucket's external ID without a role", { bucketExternalId: "x1" }, "bucketExternalId", /give bucketRoleArn too/],
  [
    "a role of another account",
    { roleArn: role, accountId: "444455556666" },
    "accountId",
    /role is of account 111122223333, not of 444455556666/,
  ],
  [
    "a role of another partition",
    { roleArn: role, region: "cn-north-1" },
    "region",
    /in the partition aws-cn, but roleArn is of aws$/,
  ],
  ["an endpoint that is no URL", { endpoint: "localhost" }, "endpoint", /URL/],
];

for (const [what, given, path, message] of refused)
  test(`${what} is refused, with what would be right`, () => {
    const { error } = settings.safeParse({ region: "eu-central-1", ...given });
    const [issue] = error?.issues ?? [];
    assert.equal(issue?.path.join("."), path);
    assert.match(issue?.message ?? "", message);
  });

for (const region of ["us-gov-west-1", "cn-northwest-1", "eusc-de-east-1", "ap-southeast-7"])
  test(`the region ${region} is taken`, () => {
    assert.equal(settings.safeParse({ region }).success, true);
  });

test("each setting is described", () => {
  for (const [name, schema] of Object.entries(accessShape)) assert.ok(schema.description, name);
});
