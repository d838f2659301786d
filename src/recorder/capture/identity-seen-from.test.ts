import assert from "node:assert/strict";
import { test } from "node:test";
import { identitySeenFrom } from "./identity-seen-from.ts";

const ana = {
  type: "IAMUser",
  principalId: "AIDAEXAMPLE",
  arn: "arn:aws:iam::111122223333:user/ana",
  accountId: "111122223333",
  accessKeyId: "AKIAEXAMPLE",
  userName: "ana",
} as const;

test("an account sees its own callers whole and those of others by account and id alone", () => {
  assert.equal(identitySeenFrom("111122223333", ana), ana);
  const seen = { type: "AWSAccount", principalId: "AIDAEXAMPLE", accountId: "111122223333" };
  assert.deepEqual(identitySeenFrom("444455556666", ana), seen);
});

test("AWS's own services are seen as such from everywhere", () => {
  const service = { type: "AWSService", invokedBy: "s3.amazonaws.com", accountId: "111122223333" };
  assert.equal(identitySeenFrom("444455556666", service), service);
});
