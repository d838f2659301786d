import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openProgramInSandbox } from "../../../test/fixtures/program-in-sandbox.ts";
import type { OfferAnswer, SourceAnswer } from "../../server/index.ts";

const owner = "123456789012";
const trailAccount = "444455556666";
const bucket = "a-bucket-for-others";

const place = await openProgramInSandbox(owner);
const { aws, run, access } = place;
after(() => place[Symbol.asyncDispose]());

const whose = ["source", "offer", "--region", "eu-central-1", "--account", "4444-5555-6666", "--bucket", bucket];

async function hasBucket(): Promise<boolean> {
  const s3 = await aws.client("s3", { accountId: owner });
  const { Buckets = [] } = await s3.call("ListBuckets", {});
  return Buckets.some(({ Name }) => Name === bucket);
}

test("a plan says each step with its price and its way back, and does nothing until it is told to", async () => {
  const { code, stdout, stderr } = await run(...whose, ...access);
  assert.deepEqual([code, stderr], [0, "Nothing was done; with --yes it is\n"]);
  assert.match(stdout, /^Plan [0-9a-f]+: the bucket a-bucket-for-others in eu-central-1, of account 123456789012\n/);
  assert.match(stdout, /"aws:SourceArn": \[\n +"arn:aws:cloudtrail:\*:444455556666:trail\/\*"/);
  const steps = stdout.match(/^\d\. /gm) ?? [];
  assert.ok(steps.length > 3);
  for (const part of ["why", "now", "then", "undo", "cost"]) {
    assert.equal(stdout.match(new RegExp(`^   ${part} +\\S`, "gm"))?.length, steps.length, part);
  }
  assert.equal(await hasBucket(), false);
});

test("by hand, AWS is not asked: the name and what to do is printed", async () => {
  const { code, stdout, stderr } = await run(...whose, "--by-hand", owner, "--endpoint", "http://127.0.0.1:9");
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(stdout, /^The name to paste: a-bucket-for-others$/m);
  assert.match(stdout, /^ {2}trailwarden source add bucket NAME --bucket a-bucket-for-others --region eu-central-1$/m);
});

test("told to, it makes the bucket, adds the source that reads it, and a trail can deliver; again it changes nothing", async () => {
  const { code, stdout, stderr } = await run(...whose, ...access, "--yes", "--name", "others");
  assert.equal(code, 0, stderr);
  assert.match(stderr, /^✓ bucket: done\n[\s\S]*✓ policy: done\n✓ source others: Waiting\n/);
  assert.match(stdout, /^The name to paste: a-bucket-for-others$/m);
  const trails = await aws.client("cloudtrail", { accountId: trailAccount });
  await trails.call("CreateTrail", { Name: "trailwarden", S3BucketName: bucket });
  const { sources } = JSON.parse((await run("source", "list", "--json")).stdout) as { sources: SourceAnswer[] };
  assert.deepEqual(
    sources.map(({ name, type, settings }) => [name, type, settings["bucket"]]),
    [["others", "bucket", bucket]],
  );
  const json = await run(...whose, ...access, "--json");
  const { plan } = JSON.parse(json.stdout) as OfferAnswer;
  assert.ok(plan.steps.every(({ isDone }) => isDone));
});

test("who may not, or asks for what cannot be, is told so", async () => {
  const taken = await run(
    ...whose.map((word) => (word === bucket ? "taken-by-others" : word)),
    ...access,
    "--prefix",
    "/x",
  );
  assert.equal(taken.code, 2);
  assert.match(taken.stderr, /prefix: A prefix has/);
  const nobody = await run("source", "offer", "--region", "eu-central-1", ...access);
  assert.equal(nobody.code, 2);
  assert.match(nobody.stderr, /Say whose trails may deliver/);
  const refused = await run(
    ...whose,
    "--endpoint",
    aws.sandbox.url,
    "--secret",
    "accessKeyId=KEY",
    "--secret",
    "secretAccessKey=KEY",
  );
  assert.equal(refused.code, 3, refused.stderr);
  assert.match(refused.stderr, /^Error: /);
});
