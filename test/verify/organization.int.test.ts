import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { runHere } from "../../src/cli/command-line.fixture.ts";
import { openSandbox, sandboxRegion as region, type TestSandbox } from "../../src/sandbox/sandbox.fixture.ts";
import { missingAwsCli } from "../fixtures/aws-cli.ts";
import type { ProgramRun } from "../fixtures/program.ts";
import { makeTemporaryFolder, type TemporaryFolder } from "../fixtures/temporary-folder.ts";
import { awsCli } from "../sandbox/aws-cli.fixture.ts";
import { type BucketHands, openBucketHands } from "../sandbox/bucket-hands.fixture.ts";
import { trailBucketPolicy } from "../sandbox/trail-policies.fixture.ts";

/* An organization of two accounts, whose trail delivers the files of both into one bucket, one of them tampered with. */
const management = "111122223333";
const member = "444455556666";
const bucket = "example-organization-trail";
const trailArn = `arn:aws:cloudtrail:${region}:${management}:trail/everybody`;
const hourMs = 3_600_000;

let folder: TemporaryFolder;
let open: TestSandbox;
let hands: BucketHands;
let span: readonly [from: string, to: string];

before(async () => {
  folder = makeTemporaryFolder();
  open = await openSandbox();
  const { clock, delivery } = open.sandbox;
  const organizations = await open.client("organizations", { accountId: management });
  const { Organization } = await organizations.call("CreateOrganization", { FeatureSet: "ALL" });
  const { Handshake } = await organizations.call("InviteAccountToOrganization", {
    Target: { Id: member, Type: "ACCOUNT" },
  });
  const invited = await open.client("organizations", { accountId: member });
  await invited.call("AcceptHandshake", { HandshakeId: Handshake?.Id });
  await organizations.call("EnableAWSServiceAccess", { ServicePrincipal: "cloudtrail.amazonaws.com" });
  hands = await openBucketHands(open, { accountId: management, bucket });
  await hands.makeBucket(trailBucketPolicy({ bucket, trailArn, recipients: [management, Organization?.Id ?? ""] }));
  const cloudtrail = await open.client("cloudtrail", { accountId: management });
  await cloudtrail.call("CreateTrail", {
    ...{ Name: "everybody", S3BucketName: bucket, IsOrganizationTrail: true },
    ...{ IsMultiRegionTrail: true, EnableLogFileValidation: true },
  });
  await cloudtrail.call("StartLogging", { Name: "everybody" });
  const from = clock.now();
  for (let passed = 0; passed < 3; passed += 1) {
    for (const accountId of [management, member]) {
      const sqs = await open.client("sqs", { accountId });
      await sqs.call("CreateQueue", { QueueName: `queue-${passed}` });
    }
    await delivery.deliverNow();
    clock.advance(hourMs);
    await delivery.deliverNow();
  }
  span = [instant(from), instant(clock.now())];
  const [log = ""] = (await hands.keys()).filter((key) => key.includes(`/${member}/CloudTrail/${region}/`));
  await hands.remove(log);
});
after(async () => {
  await open[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

function verify(...words: readonly string[]): Promise<ProgramRun> {
  const { accessKeyId, secretAccessKey } = open.sandbox.administrator(management);
  const access = [
    "--endpoint",
    open.sandbox.url,
    "--secret",
    "accessKeyId=MY_KEY",
    "--secret",
    "secretAccessKey=MY_SECRET",
  ];
  return runHere(["verify", `s3://${bucket}`, ...access, "--from", span[0], "--to", span[1], ...words], {
    workingDirectory: folder.path,
    environment: { TRAILWARDEN_DATA: join(folder.path, "data"), MY_KEY: accessKeyId, MY_SECRET: secretAccessKey },
  });
}

test("every account of the organization has chains of its own, and one's trouble is not another's", async () => {
  const [all, own, theirs] = [
    await verify(),
    await verify("--account", "1111-2222-3333"),
    await verify("--account", member),
  ];
  assert.deepEqual([all.code, own.code, theirs.code], [1, 0, 1], `${all.stdout}${own.stdout}${theirs.stdout}`);
  assert.match(own.stdout, /^All proven/);
  assert.match(theirs.stdout, /\nNot proven: 1 log file missing\n/);
});

for (const accountId of [management, member]) {
  test(`its lines of the account ${accountId} are those of AWS CLI`, { skip: await missingAwsCli() }, async () => {
    const aws = awsCli(open.sandbox, { accountId: management, region });
    const theirs = await aws(
      ...["cloudtrail", "validate-logs", "--verbose", "--trail-arn", trailArn, "--region", region],
      ...["--account-id", accountId, "--start-time", span[0], "--end-time", span[1]],
    );
    const words = ["--like-aws-cli", "--verbose", "--region", region, "--trail", trailArn, "--account", accountId];
    const ours = await verify(...words);
    assert.deepEqual([ours.stdout, ours.stderr, ours.code], [theirs.stdout, theirs.stderr, theirs.code]);
  });
}
