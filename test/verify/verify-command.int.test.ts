import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { runHere, serveHere, type ServerHere } from "../../src/cli/command-line.fixture.ts";
import { openSandbox, sandboxAccount, sandboxRegion, type TestSandbox } from "../../src/sandbox/sandbox.fixture.ts";
import type { AuditMessage } from "../../src/server/index.ts";
import { writeCopy } from "../../src/verify/audit/copied-folder.fixture.ts";
import { MadeChain, madeKey } from "../../src/verify/made-chain.fixture.ts";
import { missingAwsCli } from "../fixtures/aws-cli.ts";
import type { ProgramOptions, ProgramRun } from "../fixtures/program.ts";
import { makeTemporaryFolder, type TemporaryFolder } from "../fixtures/temporary-folder.ts";
import { awsCli } from "../sandbox/aws-cli.fixture.ts";
import { type BucketHands, openBucketHands } from "../sandbox/bucket-hands.fixture.ts";
import { trailBucketPolicy } from "../sandbox/trail-policies.fixture.ts";

/*
 * The command as a person runs it: on a copied folder, and on the bucket of a made-up AWS into which a trail of all
 * regions delivered for some hours, late files among them, while its bucket was closed for two of them.
 */
const bucket = "example-shop-trail";
const trailArn = `arn:aws:cloudtrail:${sandboxRegion}:${sandboxAccount}:trail/company`;
const hourMs = 3_600_000;
const hours = 6;

let folder: TemporaryFolder;
let open: TestSandbox;
let hands: BucketHands;
let span: readonly string[];
let server: ServerHere | undefined;

before(async () => {
  folder = makeTemporaryFolder();
  open = await openSandbox();
  const { sandbox } = open;
  hands = await openBucketHands(open, { accountId: sandboxAccount, bucket });
  await hands.makeBucket(trailBucketPolicy({ bucket, trailArn, recipients: [sandboxAccount] }));
  const cloudtrail = await open.client("cloudtrail");
  await cloudtrail.call("CreateTrail", {
    ...{ Name: "company", S3BucketName: bucket },
    ...{ IsMultiRegionTrail: true, EnableLogFileValidation: true },
  });
  await cloudtrail.call("StartLogging", { Name: "company" });
  const from = sandbox.clock.now();
  const s3 = await open.client("s3");
  for (let passed = 0; passed < hours; passed += 1) {
    await s3.call("PutBucketTagging", { Bucket: bucket, Tagging: { TagSet: [{ Key: "hour", Value: `${passed}` }] } });
    await sandbox.delivery.deliverNow();
    if (passed === 2) await hands.breakBucket();
    if (passed === 4) await hands.mendBucket();
    sandbox.clock.advance(hourMs);
    await sandbox.delivery.deliverNow();
  }
  span = ["--from", instant(from), "--to", instant(sandbox.clock.now())];
  server = await serveHere(here());
});
after(async () => {
  await server?.end();
  await open[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

const verify = (...words: readonly string[]) => run("verify", ...words);

const run = (...words: readonly string[]) => runHere(words, here());

function here(): ProgramOptions {
  const { accessKeyId, secretAccessKey } = open.sandbox.administrator(sandboxAccount);
  return {
    workingDirectory: folder.path,
    environment: { TRAILWARDEN_DATA: join(folder.path, "data"), MY_KEY: accessKeyId, MY_SECRET: secretAccessKey },
  };
}

function verifyBucket(...words: readonly string[]): Promise<ProgramRun> {
  const access = [
    "--endpoint",
    open.sandbox.url,
    "--secret",
    "accessKeyId=MY_KEY",
    "--secret",
    "secretAccessKey=MY_SECRET",
  ];
  return verify(`s3://${bucket}`, ...access, ...span, ...words);
}

function messagesIn({ stdout }: ProgramRun): AuditMessage[] {
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as AuditMessage);
}

test("a bucket in which nothing was changed is proven, all regions and late files, and the command ends with 0", async () => {
  const run = await verifyBucket();
  assert.equal(run.code, 0, `${run.stdout}${run.stderr}`);
  assert.match(run.stdout, /^All proven: \d+ log files are what AWS signed, and none is missing\n/);
  assert.match(run.stdout, /^late files +1 valid of their digests$/m);
  assert.ok(!/✗|·/u.test(run.stdout));
});

test("each digest and log file is told where a person wants all of them, with the digest that names it", async () => {
  const run = await verifyBucket("--region", sandboxRegion, "--verbose", "--format", "ndjson");
  assert.equal(run.code, 0, run.stderr);
  const messages = messagesIn(run);
  const digests = messages.filter((message) => message.kind === "digest");
  const files = messages.filter((message) => message.kind === "log-file");
  assert.equal(digests.filter(({ isBackfill }) => !isBackfill).length, hours);
  assert.ok(digests.every(({ verdict, region }) => verdict === "valid" && region === sandboxRegion));
  const keys = (await hands.keys()).filter((key) => key.includes(`/CloudTrail/${sandboxRegion}/`));
  assert.deepEqual(
    files.map(({ name }) => name).sort(),
    keys.map((key) => `s3://${bucket}/${key}`),
  );
  const names = new Set(digests.map(({ name }) => name));
  assert.ok(files.every(({ verdict, digest }) => verdict === "proven" && names.has(digest)));
  const last = messages.at(-1);
  assert.ok(last?.kind === "summary" && last.logFiles.proven === keys.length);
});

test("what is changed, gone, or nobody's is said in a sentence each, and the command ends with 1", async () => {
  const logs = (await hands.keys()).filter((key) => key.includes(`/CloudTrail/${sandboxRegion}/`));
  const [changed = "", gone = "", other = ""] = logs;
  const stranger = other.replace(/[^_]{16}\.json\.gz$/, "MadeUpByNobody00.json.gz");
  const run = await hands.tampered(
    [changed, gone],
    async () => {
      await hands.write(changed, { ...(await hands.read(changed)), body: (await hands.read(other)).body });
      await hands.remove(gone);
      await hands.write(stranger, await hands.read(other));
    },
    () => verifyBucket("--format", "json"),
  );
  await hands.remove(stranger);
  assert.equal(run.code, 1, run.stderr);
  const { summary, steps } = JSON.parse(run.stdout) as { summary: object; steps: AuditMessage[] };
  assert.ok("logFiles" in summary);
  const told = steps.flatMap((step) =>
    step.kind === "log-file" ? [[step.name, `${step.verdict} ${step.reason}`]] : [],
  );
  assert.deepEqual(Object.fromEntries(told), {
    [`s3://${bucket}/${changed}`]: "broken content-differs",
    [`s3://${bucket}/${gone}`]: "missing not-found",
    [`s3://${bucket}/${stranger}`]: "undeclared not-named",
  });
  assert.ok(steps.every((step) => step.kind !== "log-file" || step.sentence.endsWith(".")));
});

test("its lines are those of AWS CLI", { skip: await missingAwsCli() }, async () => {
  const aws = awsCli(open.sandbox, { accountId: sandboxAccount, region: sandboxRegion });
  const [, from = "", , to = ""] = span;
  const theirs = await aws(
    ...["cloudtrail", "validate-logs", "--verbose", "--trail-arn", trailArn, "--region", sandboxRegion],
    ...["--start-time", from, "--end-time", to],
  );
  const like = ["--like-aws-cli", "--verbose", "--region", sandboxRegion, "--trail", trailArn];
  const ours = await verifyBucket(...like);
  assert.deepEqual([ours.stdout, ours.stderr, ours.code], [theirs.stdout, theirs.stderr, theirs.code]);
  const several = await verifyBucket("--like-aws-cli");
  assert.equal(several.code, 2);
  assert.match(several.stderr, /AWS CLI validates one trail of one account and region at a time/);
});

test("a source's name stands for the buckets that it reads, as it reaches them", async () => {
  const access = [
    "--endpoint",
    open.sandbox.url,
    "--secret",
    "accessKeyId=MY_KEY",
    "--secret",
    "secretAccessKey=MY_SECRET",
  ];
  const added = await run("source", "add", "bucket", "shop", "--bucket", bucket, "--region", sandboxRegion, ...access);
  assert.equal(added.code, 0, added.stderr);
  for (const words of [["--source", "shop"], ["shop"]]) {
    const verified = await verify(...words, ...span);
    assert.equal(verified.code, 0, `${verified.stdout}${verified.stderr}`);
    assert.match(verified.stdout, /^All proven/);
  }
});

test("keys that a made-up AWS told prove nothing of a copy, until a person gives them", async () => {
  const objects = await Promise.all(
    (await hands.keys())
      .filter((key) => key.includes(`/${sandboxRegion}/`))
      .map(async (key) => {
        const { body, metadata } = await hands.read(key);
        return { bucket, key, bytes: Buffer.from(body), metadata };
      }),
  );
  writeCopy(join(folder.path, "copy"), objects);
  const bare = await verify("copy");
  assert.equal(bare.code, 2, bare.stdout);
  assert.match(bare.stderr, /No public key of CloudTrail in eu-central-1 is known[^]*--public-keys FILE/);

  const cloudtrail = await open.client("cloudtrail");
  const [, from = "", , to = ""] = span;
  const ask = { StartTime: new Date(from), EndTime: new Date(to) };
  const { PublicKeyList = [] } = await cloudtrail.call("ListPublicKeys", ask);
  const listing = PublicKeyList.map(({ Value = new Uint8Array(), ...rest }) => ({
    ...{ ...rest, Value: Buffer.from(Value).toString("base64") },
  }));
  writeFileSync(join(folder.path, "made-up.json"), JSON.stringify({ [sandboxRegion]: { PublicKeyList: listing } }));
  const given = await verify("copy", "--public-keys", "made-up.json");
  assert.equal(given.code, 0, `${given.stdout}${given.stderr}`);
  assert.match(given.stdout, /^All proven/);
  assert.equal((await verify("copy")).code, 2, "what a person gives counts that one time");
});

test("a copy of somebody else's bucket needs keys, and problems come before the summary", async () => {
  const chain = new MadeChain().add(4);
  const [, second] = chain.digests;
  const objects = chain.digests.flatMap((digest) => [...(digest === second ? [] : [digest]), ...digest.logFiles]);
  writeCopy(join(folder.path, "other"), objects);
  const { der } = madeKey("first");
  const listing = {
    Value: der.toString("base64"),
    ValidityStartTime: "2026-02-01T00:00:00Z",
    ValidityEndTime: "2026-04-01T00:00:00Z",
  };
  writeFileSync(join(folder.path, "keys.json"), JSON.stringify({ PublicKeyList: [listing] }));
  const run = await verify("./other", "--public-keys", "keys.json");
  assert.equal(run.code, 1, run.stderr);
  assert.match(run.stdout, /^✗ s3:\/\/made-trail\/\S+\n {2}The digest of 2026-03-01 12:01:31 UTC \(\S+\) is missing/);
  assert.match(
    run.stdout,
    /\n· 3 log files, such as \S+\n {2}Unproven: [^\n]+\n\nNot proven: 1 digest missing, 1 gap in the chain\n/,
  );
});

test("who asks wrongly hears how to ask, and what AWS refuses ends with 3", async () => {
  const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
    [[], 2, /Say what to verify/],
    [["copy", "--source", "prod"], 2, /Name one place at a time/],
    [["./nothing-here"], 2, /cannot be read/],
    [["no-such-source"], 2, /There is no source no-such-source/],
    [["copy", "--role-arn", "arn:aws:iam::111122223333:role/x"], 2, /--role-arn means nothing for this place/],
    [["copy", "--public-keys", "copy"], 2, /cannot be read/],
    [["copy", "--format", "csv"], 2, /There is no format csv/],
    [
      [
        "s3://no-such-bucket-here",
        "--endpoint",
        open.sandbox.url,
        "--secret",
        "accessKeyId=MY_KEY",
        "--secret",
        "secretAccessKey=MY_SECRET",
      ],
      3,
      /no-such-bucket-here/,
    ],
    [
      [
        "s3://example-shop-trail",
        "--endpoint",
        open.sandbox.url,
        "--secret",
        "accessKeyId=MY_KEY",
        "--secret",
        "secretAccessKey=MY_KEY",
      ],
      3,
      /./,
    ],
  ];
  for (const [words, code, said] of cases) {
    const run = await verify(...words);
    assert.equal(run.code, code, `${words.join(" ")}: ${run.stderr}`);
    assert.match(run.stderr, said);
  }
});
