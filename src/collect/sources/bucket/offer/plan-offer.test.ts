import assert from "node:assert/strict";
import { test } from "node:test";
import type { BucketNow } from "./bucket-now.ts";
import { offerInstructions, offerSourceSettings } from "./instructions.ts";
import { offerRequest } from "./offer-request.ts";
import { type OfferPlan, planOffer, planOfferByHand, type PlanResult } from "./plan-offer.ts";

const owner = "123456789012";
const base = { region: "eu-central-1", accountIds: ["1111-2222-3333"] };

function planned(result: PlanResult): OfferPlan {
  assert.ok(result.ok, JSON.stringify(result));
  return result.plan;
}

function there(policy: string | undefined): BucketNow {
  const settings = {
    publicAccessBlocks: 4,
    ownership: "ObjectWriter",
    encryption: "aws:kms",
    versioning: undefined,
    policy,
  };
  return { accountId: owner, bucket: "logs-of-all", standing: { kind: "there", ...settings } };
}

test("an offer names a bucket, and lets the trails of just these accounts write", () => {
  const plan = planned(planOfferByHand(offerRequest.parse(base), owner));
  assert.equal(plan.bucket, "trailwarden-logs-123456789012-eu-central-1");
  const trails = { "aws:SourceArn": ["arn:aws:cloudtrail:*:111122223333:trail/*"] };
  const arn = "arn:aws:s3:::trailwarden-logs-123456789012-eu-central-1";
  const Principal = { Service: "cloudtrail.amazonaws.com" };
  assert.deepEqual(plan.policy, {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TrailwardenAclCheck",
        Effect: "Allow",
        Principal,
        Action: "s3:GetBucketAcl",
        Resource: [arn],
        Condition: { StringLike: trails },
      },
      {
        Sid: "TrailwardenWrite",
        Effect: "Allow",
        Principal,
        Action: "s3:PutObject",
        Resource: [`${arn}/AWSLogs/111122223333/*`],
        Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" }, StringLike: trails },
      },
      {
        Sid: "TrailwardenTlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
  assert.deepEqual(
    plan.steps.map(({ id, isDone }) => [id, isDone]),
    ["bucket", "public-access", "ownership", "encryption", "versioning", "policy"].map((id) => [id, false]),
  );
  for (const { what, why, before, after, undo, cost } of plan.steps) {
    for (const text of [what, why, before, after, undo, cost]) assert.notEqual(text, "");
  }
});

test("partitions, prefixes and organizations have their place in the policy", () => {
  const request = offerRequest.parse({
    region: "cn-north-1",
    prefix: "audit/company",
    organizationId: "o-exampleorgid",
    managementAccountId: "444455556666",
    bucketName: "our-logs",
  });
  const text = JSON.stringify(planned(planOfferByHand(request, owner)).policy);
  for (const part of [
    "arn:aws-cn:s3:::our-logs/audit/company/AWSLogs/o-exampleorgid/*",
    "arn:aws-cn:s3:::our-logs/audit/company/AWSLogs/444455556666/*",
    "arn:aws-cn:cloudtrail:*:444455556666:trail/*",
  ]) {
    assert.ok(text.includes(`"${part}"`), part);
  }
});

test("what others wrote into a bucket's policy stays, and those to whom it was offered before keep it", () => {
  const others = {
    Sid: "Theirs",
    Effect: "Allow",
    Principal: "*",
    Action: "s3:ListBucket",
    Resource: "arn:aws:s3:::x",
  };
  const nameless = { Effect: "Deny", Principal: "*", Action: "s3:DeleteObject", Resource: "arn:aws:s3:::x/*" };
  const policy = JSON.stringify({ Version: "2012-10-17", Id: "mine", Statement: [others, nameless] });
  const request = (id: string) => offerRequest.parse({ ...base, accountIds: [id], bucketName: "logs-of-all" });
  const first = planned(planOffer(request("111122223333"), there(policy)));
  const second = planned(planOffer(request("444455556666"), there(JSON.stringify(first.policy))));
  const { Id, Statement } = second.policy as { Id: string; Statement: { Sid?: string; Resource: unknown }[] };
  assert.equal(Id, "mine");
  assert.deepEqual(Statement.slice(0, 2), [others, nameless]);
  assert.deepEqual(
    Statement.find(({ Sid }) => Sid === "TrailwardenWrite")?.Resource,
    ["111122223333", "444455556666"].map((id) => `arn:aws:s3:::logs-of-all/AWSLogs/${id}/*`),
  );
  const again = planned(planOffer(request("111122223333"), there(JSON.stringify(second.policy))));
  assert.deepEqual(again.policy, second.policy);
  assert.deepEqual(
    again.steps.filter(({ isDone }) => !isDone).map(({ id }) => id),
    ["versioning"],
    "what is set already is not set again, and nobody's ACLs are taken away",
  );
});

test("what cannot be offered is said why", () => {
  const request = offerRequest.parse({ ...base, bucketName: "logs-of-all" });
  const sentenceOf = (now: BucketNow, asked = request) => {
    const result = planOffer(asked, now);
    return result.ok ? "" : result.sentence;
  };
  const standing = (kind: BucketNow["standing"]): BucketNow => ({
    accountId: owner,
    bucket: "logs-of-all",
    standing: kind,
  });
  assert.match(sentenceOf(standing({ kind: "refused", cause: "Access Denied" })), /belongs to somebody else/);
  assert.match(
    sentenceOf(standing({ kind: "elsewhere", region: "us-east-1" })),
    /is in us-east-1, not in eu-central-1/,
  );
  for (const text of ["no policy", "[]", '{"Statement":7}']) assert.match(sentenceOf(there(text)), /cannot be read/);
  const accountIds = Array.from({ length: 400 }, (_, number) => String(100_000_000_000 + number));
  assert.match(sentenceOf(there(undefined), offerRequest.parse({ ...base, accountIds })), /more than the 20480/);
});

test("requests that would put anything else into policies and commands are refused", () => {
  for (const fields of [
    { accountIds: [] },
    { accountIds: ["12345"] },
    { organizationId: "o-exampleorgid" },
    { organizationId: "example", managementAccountId: owner },
    { managementAccountId: owner },
    { prefix: "AWSLogs" },
    { prefix: "a/*" },
    { prefix: "/a" },
    { prefix: 'a"; rm -rf /' },
    { bucketName: "No_Name" },
    { region: "nowhere" },
  ]) {
    assert.equal(offerRequest.safeParse({ ...base, ...fields }).success, false, JSON.stringify(fields));
  }
});

test("the person is told what to do in the console, with the CLI, and with Terraform", () => {
  const single = planned(planOfferByHand(offerRequest.parse(base), owner));
  const { console, cli, terraform } = offerInstructions(single);
  assert.ok(console.includes("Trail log bucket name: trailwarden-logs-123456789012-eu-central-1"));
  assert.equal(
    cli,
    [
      "aws cloudtrail create-trail --region eu-central-1 --name trailwarden \\",
      "  --s3-bucket-name trailwarden-logs-123456789012-eu-central-1 \\",
      "  --is-multi-region-trail --enable-log-file-validation",
      "aws cloudtrail start-logging --region eu-central-1 --name trailwarden",
    ].join("\n"),
  );
  assert.match(terraform, /s3_bucket_name += "trailwarden-logs-123456789012-eu-central-1"/);
  const organization = { organizationId: "o-exampleorgid", managementAccountId: "444455556666", prefix: "audit" };
  const whole = planned(planOfferByHand(offerRequest.parse({ ...base, ...organization }), owner));
  const told = offerInstructions(whole);
  assert.match(
    told.console.join("\n"),
    /management account 444455556666[^]*all accounts in my organization[^]*Prefix: audit/,
  );
  assert.match(told.cli, /--s3-key-prefix audit \\\n {2}--is-organization-trail/);
  assert.match(told.terraform, /is_organization_trail += true/);
  assert.deepEqual(offerSourceSettings(whole), { bucket: whole.bucket, prefix: "audit", region: "eu-central-1" });
});
