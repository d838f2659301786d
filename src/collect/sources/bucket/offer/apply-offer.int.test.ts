import assert from "node:assert/strict";
import { test } from "node:test";
import { systemClock } from "../../../../base/clock.ts";
import { openSandbox, sandboxRegion } from "../../../../sandbox/sandbox.fixture.ts";
import { openSourceAws } from "../../../access/open-source-aws.ts";
import type { SourceAws } from "../../source.ts";
import { makeUser, openBucketPlace } from "../bucket-place.fixture.ts";
import { applyOffer, offerPermissions } from "./apply-offer.ts";
import { readBucketNow } from "./bucket-now.ts";
import { offerSourceSettings } from "./instructions.ts";
import { type OfferRequest, offerRequest } from "./offer-request.ts";
import { type OfferPlan, planOffer } from "./plan-offer.ts";

const [owner, customer, stranger] = ["123456789012", "444455556666", "777788889999"];

type Box = Awaited<ReturnType<typeof openSandbox>>;

function awsOf(box: Box, accountId = owner): SourceAws & AsyncDisposable {
  const { accessKeyId, secretAccessKey } = box.sandbox.administrator(accountId);
  return awsWith(box, { accessKeyId, secretAccessKey });
}

function awsWith(box: Box, secrets: Readonly<Record<string, string>>): SourceAws & AsyncDisposable {
  const access = { region: sandboxRegion, endpoint: box.sandbox.url };
  return openSourceAws(access, secrets, { clock: systemClock, customUserAgent: "test" });
}

async function plan(request: OfferRequest, aws: SourceAws): Promise<OfferPlan> {
  const result = planOffer(request, await readBucketNow(request, aws));
  assert.ok(result.ok, JSON.stringify(result));
  return result.plan;
}

async function apply(made: OfferPlan, aws: SourceAws): Promise<string[]> {
  const steps: string[] = [];
  for await (const { id, kind } of applyOffer(made, aws)) steps.push(`${id}: ${kind}`);
  return steps;
}

test("a bucket is offered, another account's trail delivers into it, and the source shows what happened there", async () => {
  await using bucket = await openBucketPlace();
  const box = bucket.sandbox;
  await using aws = awsOf(box);
  const request = offerRequest.parse({ accountIds: [customer], region: sandboxRegion, prefix: "audit" });
  const made = await plan(request, aws);
  assert.deepEqual(await apply(made, aws), [
    "bucket: done",
    "public-access: was so already",
    "ownership: was so already",
    "encryption: was so already",
    "versioning: done",
    "policy: done",
  ]);
  const s3 = await box.client("s3", { accountId: owner });
  assert.equal((await s3.call("GetBucketVersioning", { Bucket: made.bucket })).Status, "Enabled");

  const { accessKeyId, secretAccessKey } = box.sandbox.administrator(owner);
  await using source = await bucket.start(offerSourceSettings(made), undefined, { accessKeyId, secretAccessKey });
  await source.until(() => source.place.watch.hintNow?.code === "bucket-empty");
  const input = { Name: "trailwarden", S3BucketName: made.bucket, S3KeyPrefix: "audit", IsMultiRegionTrail: true };
  const trails = await box.client("cloudtrail", { accountId: customer });
  await trails.call("CreateTrail", input);
  await trails.call("StartLogging", { Name: "trailwarden" });
  const iam = await box.client("iam", { accountId: customer });
  await iam.call("CreateUser", { UserName: "mary" });
  await box.sandbox.delivery.deliverNow();
  bucket.clock.advance(60_000);
  await source.until(async () => (await source.events()) > 0);
  const { rows } = await source.place.store.page({ predicate: { kind: "all" }, order: "newest", limit: 100 });
  assert.deepEqual(new Set(rows.map(({ account }) => account)), new Set([customer]));

  const others = await box.client("cloudtrail", { accountId: stranger });
  await assert.rejects(others.call("CreateTrail", input), { code: "InsufficientS3BucketPolicyException" });
});

test("done twice it changes nothing, and a bucket that was changed meanwhile is left alone", async () => {
  await using box = await openSandbox();
  await using aws = awsOf(box);
  const s3 = await box.client("s3", { accountId: owner });
  const request = offerRequest.parse({ accountIds: [customer], region: sandboxRegion, bucketName: "our-own-logs" });
  const made = await plan(request, aws);
  await apply(made, aws);
  const policyNow = async () => (await s3.call("GetBucketPolicy", { Bucket: "our-own-logs" })).Policy;
  const before = await policyNow();
  const again = await plan(request, aws);
  for (const one of [made, again]) {
    assert.deepEqual(
      (await apply(one, aws)).map((step) => step.split(": ")[1]),
      Array.from({ length: 6 }, () => "was so already"),
    );
  }
  assert.equal(await policyNow(), before);

  const second = await plan(offerRequest.parse({ ...request, accountIds: [stranger] }), aws);
  const arn = "arn:aws:s3:::our-own-logs";
  const Statement = { Sid: "Theirs", Effect: "Deny", Principal: "*", Action: "s3:DeleteBucket", Resource: arn };
  await s3.call("PutBucketPolicy", {
    Bucket: "our-own-logs",
    Policy: JSON.stringify({ Version: "2012-10-17", Statement }),
  });
  const changed = await policyNow();
  assert.equal((await apply(second, aws)).at(-1), "policy: changed meanwhile");
  assert.equal(await policyNow(), changed);
  const third = await plan(offerRequest.parse({ ...request, accountIds: [stranger] }), aws);
  assert.equal((await apply(third, aws)).at(-1), "policy: done");
  assert.match((await policyNow()) ?? "", /"Theirs"[^]*"TrailwardenWrite"/);
});

test("names that others have, and buckets elsewhere, are told of before anything is done", async () => {
  await using box = await openSandbox();
  await using aws = awsOf(box);
  const theirs = await box.client("s3", { accountId: stranger });
  const where = { CreateBucketConfiguration: { LocationConstraint: sandboxRegion } } as const;
  await theirs.call("CreateBucket", { Bucket: "their-logs", ...where });
  const east = await box.client("s3", { accountId: owner, region: "us-east-1" });
  await east.call("CreateBucket", { Bucket: "our-eastern-logs" });
  for (const [bucketName, sentence] of [
    ["their-logs", /belongs to somebody else/],
    ["our-eastern-logs", /is in us-east-1, not in eu-central-1/],
  ] as const) {
    const request = offerRequest.parse({ accountIds: [customer], region: sandboxRegion, bucketName });
    const result = planOffer(request, await readBucketNow(request, aws));
    assert.match(result.ok ? "" : result.sentence, sentence);
  }
  await using poor = awsOf(box, stranger);
  const request = offerRequest.parse({ accountIds: [customer], region: sandboxRegion, bucketName: "our-plain-logs" });
  const made = await plan(request, aws);
  assert.deepEqual(await apply(made, poor), ["bucket: changed meanwhile"], "another's credentials do not make it");
});

test("the rights that an offer asks for are enough", async () => {
  await using box = await openSandbox();
  const actions = offerPermissions.map(({ action }) => action);
  await using aws = awsWith(box, await makeUser(box, owner, actions));
  const s3 = await box.client("s3", { accountId: owner });
  const where = { CreateBucketConfiguration: { LocationConstraint: sandboxRegion } } as const;
  await s3.call("CreateBucket", { Bucket: "our-bare-logs", ...where });
  await s3.call("DeletePublicAccessBlock", { Bucket: "our-bare-logs" });
  await s3.call("DeleteBucketOwnershipControls", { Bucket: "our-bare-logs" });
  for (const [bucketName, bucket, rest] of [
    ["our-bare-logs", "was so already", "done"],
    ["our-fresh-logs", "done", "was so already"],
  ] as const) {
    const request = offerRequest.parse({ accountIds: [customer], region: sandboxRegion, bucketName });
    assert.deepEqual(await apply(await plan(request, aws), aws), [
      `bucket: ${bucket}`,
      `public-access: ${rest}`,
      `ownership: ${rest}`,
      // S3 sets it by itself, for every bucket.
      "encryption: was so already",
      "versioning: done",
      "policy: done",
    ]);
  }
});
