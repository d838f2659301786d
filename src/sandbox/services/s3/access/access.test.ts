import assert from "node:assert/strict";
import { test } from "node:test";
import { testCaller } from "../../call.fixture.ts";
import { canonicalIdOf } from "../../../identity/unique-ids.ts";
import { contextOf } from "../../../policy/context.ts";
import { evaluate } from "../../../policy/evaluate.ts";
import { type Principal } from "../../../policy/principal.ts";
import { readPolicy } from "../../../policy/read-policy.ts";
import { type Need } from "../../../service.ts";
import { bucketNeed, objectNeed } from "../need.ts";
import { refusedWith, testS3, type TestS3 } from "../s3.fixture.ts";

const Bucket = "company-logs";
const arn = `arn:aws:s3:::${Bucket}`;
const owner = "111122223333";
const other = "444455556666";

function policy(...Statement: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

const open = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `${arn}/*` };

test("a policy that S3 refuses is refused in S3's words (MalformedPolicy; not documented, as seen from S3)", async (t) => {
  const { call } = await testS3(t);
  await call("CreateBucket", { Bucket });
  const mine = { ...open, Principal: { AWS: `arn:aws:iam::${other}:root` } };
  const { Principal: _principal, ...withoutPrincipal } = mine;
  const table: readonly (readonly [string, RegExp])[] = [
    ["not json", /Policies must be valid JSON/],
    ["[]", /first byte must be '\{'/],
    [policy({ ...mine, Resource: "arn:aws:s3:::other/*" }), /Policy has invalid resource/],
    [policy({ ...mine, Resource: `${arn}-more/*` }), /Policy has invalid resource/],
    [policy({ ...mine, Resource: arn }), /Action does not apply to any resource/],
    [policy({ ...mine, Action: "s3:ListBucket" }), /Action does not apply to any resource/],
    [policy({ ...mine, Action: "sqs:SendMessage" }), /Policy has invalid action/],
    [policy({ ...mine, Principal: { AWS: `arn:aws:iam::${owner}:user/nobody` } }), /Invalid principal in policy/],
    [policy({ ...mine, Principal: { AWS: "somebody" } }), /Invalid principal in policy/],
    [policy(withoutPrincipal), /Missing required field Principal/],
  ];
  for (const [Policy, message] of table) {
    await assert.rejects(call("PutBucketPolicy", { Bucket, Policy }), (error: Error) => {
      assert.ok(refusedWith("MalformedPolicy", 400)(error), Policy);
      assert.match(error.message, message);
      return true;
    });
  }
  const good = policy(mine, { ...mine, Action: ["s3:ListBucket", "s3:Get*"], Resource: [arn, `${arn}/a/*`] });
  await call("PutBucketPolicy", { Bucket, Policy: good });
  assert.equal((await call("GetBucketPolicy", { Bucket })).Policy, good);
  await call("DeleteBucketPolicy", { Bucket });
  await call("DeleteBucketPolicy", { Bucket });
});

test("what is public is as S3 says (S3 User Guide, 'The meaning of \"public\"'), and blocked until it is let", async (t) => {
  const { call } = await testS3(t);
  await call("CreateBucket", { Bucket });
  const conditions: readonly (readonly [object | undefined, boolean])[] = [
    [undefined, true],
    [{ StringEquals: { "aws:SourceVpc": "vpc-91237329" } }, false],
    [{ StringLike: { "aws:SourceVpc": "vpc-*" } }, true],
    [{ IpAddress: { "aws:SourceIp": ["203.0.113.0/24"] } }, false],
    [{ IpAddress: { "aws:SourceIp": ["0.0.0.0/1"] } }, true],
    [{ StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } }, false],
    [{ Bool: { "aws:SecureTransport": "true" } }, true],
  ];
  for (const [Condition, isPublic] of conditions) {
    const Policy = policy({ ...open, ...(Condition === undefined ? {} : { Condition }) });
    const name = JSON.stringify(Condition);
    await call("PutPublicAccessBlock", { Bucket, PublicAccessBlockConfiguration: { BlockPublicPolicy: true } });
    const putting = call("PutBucketPolicy", { Bucket, Policy });
    if (isPublic) await assert.rejects(putting, refusedWith("AccessDenied", 403), name);
    else await putting;
    await call("DeletePublicAccessBlock", { Bucket });
    await call("PutBucketPolicy", { Bucket, Policy });
    assert.equal((await call("GetBucketPolicyStatus", { Bucket })).PolicyStatus?.IsPublic, isPublic, name);
  }
  await assert.rejects(
    call("GetPublicAccessBlock", { Bucket }),
    refusedWith("NoSuchPublicAccessBlockConfiguration", 404),
  );
});

const people = {
  ana: { kind: "user", accountId: owner, arn: `arn:aws:iam::${owner}:user/ana` },
  eve: { kind: "user", accountId: other, arn: `arn:aws:iam::${other}:user/eve` },
  nobody: { kind: "anonymous" },
  cloudTrail: { kind: "service", service: "cloudtrail.amazonaws.com" },
} as const satisfies Record<string, Principal>;

/** Whether somebody may, whose own policies allow everything where they have an account. */
function may(principal: Principal, need: Need): boolean {
  const read = need.resourcePolicy === undefined ? undefined : readPolicy(need.resourcePolicy, { on: "resource" });
  if (read?.ok === false) assert.fail(JSON.stringify(read.problem));
  const all = readPolicy(policy({ Effect: "Allow", Action: "*", Resource: "*" }), { on: "identity" });
  assert.ok(all.ok);
  return evaluate({
    principal,
    action: need.action,
    resource: need.resource,
    context: contextOf(
      { "aws:PrincipalAccount": "accountId" in principal ? principal.accountId : undefined },
      { "aws:PrincipalIsAWSService": String(principal.kind === "service") },
      need.context ?? {},
    ),
    identityPolicies: "accountId" in principal ? [{ name: "all", policy: all.policy }] : [],
    serviceControlPolicies: [],
    resourcePolicy: read === undefined ? undefined : { name: "bucket", policy: read.policy },
    resourceOwner: need.ownerId ?? "",
    needsResourcePolicy: false,
    canonicalIdOf,
  }).allowed;
}

function bucketOf({ s3 }: TestS3) {
  return s3.buckets.get(Bucket) ?? assert.fail();
}

test("RestrictPublicBuckets keeps all but the owner's account and AWS's services out of a public bucket", async (t) => {
  const made = await testS3(t);
  const { call } = made;
  await call("CreateBucket", { Bucket });
  await call("DeletePublicAccessBlock", { Bucket });
  const service = { ...open, Principal: { Service: "cloudtrail.amazonaws.com" }, Action: "s3:PutObject" };
  await call("PutBucketPolicy", { Bucket, Policy: policy(open, service) });
  const get = () => objectNeed(bucketOf(made), "k", "s3:GetObject");
  const put = () => objectNeed(bucketOf(made), "k", "s3:PutObject");
  assert.deepEqual([may(people.nobody, get()), may(people.eve, get()), may(people.ana, get())], [true, true, true]);
  await call("PutPublicAccessBlock", { Bucket, PublicAccessBlockConfiguration: { RestrictPublicBuckets: true } });
  assert.deepEqual([may(people.nobody, get()), may(people.eve, get()), may(people.ana, get())], [false, false, true]);
  assert.equal(may(people.cloudTrail, put()), true);
});

test("ACLs are off until ownership lets them, then they let in whom they name, as far as nothing blocks it", async (t) => {
  const made = await testS3(t);
  const { call, s3 } = made;
  await call("CreateBucket", { Bucket });
  await assert.rejects(
    call("PutBucketAcl", { Bucket, ACL: "private" }),
    refusedWith("AccessControlListNotSupported", 400),
  );
  const OwnershipControls = { Rules: [{ ObjectOwnership: "BucketOwnerPreferred" as const }] };
  await call("PutBucketOwnershipControls", { Bucket, OwnershipControls });
  await assert.rejects(call("PutBucketAcl", { Bucket, ACL: "public-read" }), refusedWith("AccessDenied", 403));
  await call("PutBucketAcl", { Bucket, GrantRead: `id="${canonicalIdOf(other)}"` });
  const list = () => bucketNeed(bucketOf(made), "s3:ListBucket");
  assert.deepEqual([may(people.eve, list()), may(people.nobody, list())], [true, false]);
  await call("DeletePublicAccessBlock", { Bucket });
  await call("PutObject", { Bucket, Key: "open*${x}", ACL: "public-read" });
  await call("PutObject", { Bucket, Key: "for-accounts", ACL: "authenticated-read" });
  const get = (Key: string) =>
    objectNeed(bucketOf(made), Key, "s3:GetObject", {}, s3.objects.latest(Bucket, Key) ?? assert.fail());
  assert.deepEqual([may(people.nobody, get("open*${x}")), may(people.eve, get("open*${x}"))], [true, true]);
  assert.deepEqual([may(people.nobody, get("for-accounts")), may(people.eve, get("for-accounts"))], [false, true]);
  await call("PutPublicAccessBlock", { Bucket, PublicAccessBlockConfiguration: { IgnorePublicAcls: true } });
  assert.equal(may(people.nobody, get("open*${x}")), false);
  const shown = await call("GetObjectAcl", { Bucket, Key: "for-accounts" });
  assert.deepEqual(
    shown.Grants?.map(({ Grantee, Permission }) => [Grantee?.URI ?? Grantee?.ID, Permission]),
    [
      [canonicalIdOf(owner), "FULL_CONTROL"],
      ["http://acs.amazonaws.com/groups/global/AuthenticatedUsers", "READ"],
    ],
  );
});

test("an object that another account writes is the writer's, unless the bucket's owner takes it", async (t) => {
  const made = await testS3(t);
  const { call } = made;
  await call("CreateBucket", { Bucket });
  const caller = testCaller({ accountId: other });
  const ownerOf = async () => (await call("ListObjectsV2", { Bucket, FetchOwner: true })).Contents?.[0]?.Owner?.ID;
  const table = [
    ["BucketOwnerEnforced", "bucket-owner-full-control", owner],
    ["BucketOwnerPreferred", "bucket-owner-full-control", owner],
    ["BucketOwnerPreferred", undefined, other],
    ["ObjectWriter", "bucket-owner-full-control", other],
  ] as const;
  for (const [ObjectOwnership, ACL, wanted] of table) {
    await call("PutBucketOwnershipControls", { Bucket, OwnershipControls: { Rules: [{ ObjectOwnership }] } });
    await call("PutObject", { Bucket, Key: "k", ACL }, { caller });
    assert.equal(await ownerOf(), canonicalIdOf(wanted), `${ObjectOwnership} ${ACL}`);
  }
});
