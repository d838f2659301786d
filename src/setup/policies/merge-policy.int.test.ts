import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { contextOf, evaluate, readPolicy } from "../../sandbox/policy/judge.fixture.ts";
import { isSameValue } from "../settings/same-value.ts";
import type { PolicyDocument } from "../settings/values.ts";
import { mergeStatements } from "./merge-policy.ts";
import { bucketStatements } from "./statements.ts";

const accounts = ["111122223333", "444455556666"] as const;
const bucketArn = "arn:aws:s3:::logs";
const trailOf = (account: string) => `arn:aws:cloudtrail:us-east-1:${account}:trail/main`;
const service = "cloudtrail.amazonaws.com";

/** Statements as people write them: right, nearly right, and about something else. */
const folder = fc.constantFrom(...accounts, "*", "4444*", "o-abc");
const resource = fc.oneof(
  fc.constantFrom("*", bucketArn, `${bucketArn}/*`, "arn:aws:s3:::other/*", `${bucketArn}/AWSLogs/*`),
  folder.map((name) => `${bucketArn}/AWSLogs/${name}/*`),
);
const sourceArn = fc.oneof(
  fc.constantFrom(...accounts.map(trailOf)),
  fc.constantFrom("arn:aws:cloudtrail:*:*:trail/*", "arn:aws:cloudtrail:*:111122223333:trail/*", "*"),
);
const operator = fc.constantFrom("StringEquals", "StringLike", "ArnLike", "StringNotEquals", "StringEqualsIfExists");
const condition = fc.oneof(
  fc.constant({}),
  fc.record({ operator, arns: fc.array(sourceArn, { minLength: 1, maxLength: 2 }) }).map((made) => ({
    [made.operator]: { "aws:SourceArn": made.arns },
  })),
  fc.constantFrom(...accounts).map((account) => ({ StringEquals: { "aws:SourceAccount": account } })),
  fc.constant({ StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } }),
  fc.constant({ Bool: { "aws:SecureTransport": "false" } }),
  fc.constant({ Bool: { "aws:PrincipalIsAWSService": "false" } }),
  fc.constant({ StringNotEquals: { "aws:PrincipalOrgID": "o-abc" } }),
);
const statement = fc.record({
  Sid: fc.constantFrom("Mine", "AWSCloudTrailWrite20150319", "AWSCloudTrailAclCheck20150319"),
  Effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
  Principal: fc.constantFrom<unknown>(
    "*",
    { Service: service },
    { Service: [service, "x.amazonaws.com"] },
    { AWS: accounts[0] },
  ),
  Action: fc.constantFrom<unknown>(
    "s3:PutObject",
    "s3:*",
    "s3:GetBucketAcl",
    ["s3:GetBucketAcl", "s3:Put*"],
    "s3:GetObject",
  ),
  Resource: fc.oneof(resource, fc.array(resource, { minLength: 1, maxLength: 2 })),
  Condition: condition,
});
const document = fc
  .array(statement, { minLength: 1, maxLength: 4 })
  .map((Statement): PolicyDocument => ({ Version: "2012-10-17", Statement }));
const someAccounts = fc.subarray([...accounts], { minLength: 1 });

test("after a merge CloudTrail may do all that it needs, unless we said that a Deny stops it", () => {
  let merges = 0;
  fc.assert(
    fc.property(document, someAccounts, (present, folders) => {
      const merged = mergeStatements(present, wantedFor(folders));
      if (merged.changed) merges += 1;
      assert.equal(mayAllWrite(merged.document, folders), merged.blockedBy === undefined, JSON.stringify(merged));
    }),
    { numRuns: 2000 },
  );
  assert.ok(merges > 100, String(merges));
});

test("a merge adds nothing to a policy that does, by what the made-up AWS decides", () => {
  fc.assert(
    fc.property(document, someAccounts, (present, folders) => {
      const merged = mergeStatements(present, wantedFor(folders));
      if (merged.blockedBy !== undefined) return;
      assert.equal(merged.changed, !mayAllWrite(present, folders), JSON.stringify(present));
    }),
    { numRuns: 2000 },
  );
});

test("what was allowed stays allowed, what others wrote stays, and a second merge changes nothing", () => {
  fc.assert(
    fc.property(document, someAccounts, (present, folders) => {
      const wanted = wantedFor(folders);
      const { document: after } = mergeStatements(present, wanted);
      const [before, now] = [present, after].map((one) => one["Statement"] as readonly Record<string, unknown>[]);
      for (const [index, each] of (before ?? []).entries()) {
        const there = now?.[index];
        assert.deepEqual(
          [there?.["Sid"], there?.["Effect"], there?.["Principal"]],
          [each["Sid"], each["Effect"], each["Principal"]],
        );
        if (each["Sid"] === "Mine") assert.ok(isSameValue(there, each));
      }
      assert.equal(mergeStatements(after, wanted).changed, false);
    }),
    { numRuns: 1000 },
  );
});

function wantedFor(folders: readonly string[]) {
  return bucketStatements({ bucketArn, prefix: "", trailArns: folders.map(trailOf), folders });
}

/** One statement lets each of its trails write into each of its folders. */
function mayAllWrite(policy: PolicyDocument, folders: readonly string[]): boolean {
  return folders.every((account) => folders.every((trail) => mayWrite(policy, account, trailOf(trail))));
}

/** Whether an account's trail gets its log files, digests and the check of the bucket's ACL through. */
function mayWrite(policy: PolicyDocument, account: string, trail: string): boolean {
  const key = `${bucketArn}/AWSLogs/${account}/CloudTrail/us-east-1/2026/11/21/x.json.gz`;
  return (
    isAllowed(policy, "s3:GetBucketAcl", bucketArn, trail, {}) &&
    isAllowed(policy, "s3:PutObject", key, trail, { "s3:x-amz-acl": "bucket-owner-full-control" })
  );
}

function isAllowed(policy: PolicyDocument, action: string, resource: string, trail: string, more: object): boolean {
  const read = readPolicy(JSON.stringify(policy), { on: "resource" });
  assert.ok(read.ok, JSON.stringify(read));
  const context = {
    "aws:SourceArn": trail,
    "aws:SourceAccount": trail.split(":")[4],
    "aws:SecureTransport": "true",
    "aws:PrincipalIsAWSService": "true",
    ...more,
  };
  return evaluate({
    principal: { kind: "service", service },
    action,
    resource,
    context: contextOf(context),
    identityPolicies: [],
    serviceControlPolicies: [],
    resourcePolicy: { name: "bucket", policy: read.policy },
    resourceOwner: accounts[0],
    needsResourcePolicy: false,
    canonicalIdOf: (id) => id,
  }).allowed;
}
