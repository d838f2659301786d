import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { openSandbox, sandboxRegion, type TestSandbox } from "../../src/sandbox/sandbox.fixture.ts";
import { type AwsCli, missingAwsCli } from "../fixtures/aws-cli.ts";
import { answer, awsCli } from "./aws-cli.fixture.ts";
import { type BucketHands, openBucketHands } from "./bucket-hands.fixture.ts";
import { trailBucketPolicy, trailKeyPolicy } from "./trail-policies.fixture.ts";
import { nameOf, validateLogs, type Verdict } from "./validate-logs.fixture.ts";

/*
 * An organization of three accounts whose trail, encrypted with a key of its own, goes to a bucket of an account that
 * keeps log files and does nothing else: the way AWS's guides recommend it.
 */
const skip = await missingAwsCli();
const management = "111122223333";
const member = "444455556666";
const archive = "777788889999";
const region = sandboxRegion;
const bucket = "example-archive-of-all-accounts";
const trailArn = `arn:aws:cloudtrail:${region}:${management}:trail/everybody`;
const hour = 3_600_000;
const hours = 3;

let open: TestSandbox;
let aws: AwsCli;
let hands: BucketHands;
let organizationId = "";
let from = 0;
let to = 0;

before(async () => {
  if (skip !== false) return;
  open = await openSandbox();
  aws = awsCli(open.sandbox, { accountId: management, region });
  const organizations = await open.client("organizations", { accountId: management });
  const { Organization } = await organizations.call("CreateOrganization", { FeatureSet: "ALL" });
  organizationId = Organization?.Id ?? "";
  for (const accountId of [member, archive]) {
    const invitation = { Target: { Id: accountId, Type: "ACCOUNT" as const } };
    const { Handshake } = await organizations.call("InviteAccountToOrganization", invitation);
    const invited = await open.client("organizations", { accountId });
    await invited.call("AcceptHandshake", { HandshakeId: Handshake?.Id });
  }
  await organizations.call("EnableAWSServiceAccess", { ServicePrincipal: "cloudtrail.amazonaws.com" });

  // The bucket lets CloudTrail write for the whole organization, and the management account read.
  hands = await openBucketHands(open, { accountId: archive, bucket });
  const policy = JSON.parse(trailBucketPolicy({ bucket, trailArn, recipients: [management, organizationId] })) as {
    readonly Statement: readonly object[];
  };
  const read = {
    ...{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${management}:root` } },
    Action: ["s3:GetObject", "s3:ListBucket", "s3:GetBucketLocation"],
    Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
  };
  await hands.makeBucket(JSON.stringify({ ...policy, Statement: [...policy.Statement, read] }));
  const kms = await open.client("kms", { accountId: management });
  const { KeyMetadata } = await kms.call("CreateKey", { Policy: trailKeyPolicy(management, trailArn) });

  const made = await answer(
    aws(
      ...["cloudtrail", "create-trail", "--name", "everybody", "--s3-bucket-name", bucket],
      ...["--kms-key-id", KeyMetadata?.KeyId ?? "", "--is-organization-trail", "--is-multi-region-trail"],
      "--enable-log-file-validation",
    ),
  );
  assert.deepEqual([made["IsOrganizationTrail"], made["KmsKeyId"]], [true, KeyMetadata?.Arn]);
  await answer(aws("cloudtrail", "start-logging", "--name", "everybody"));
  from = open.sandbox.clock.now();

  for (let passed = 0; passed < hours; passed += 1) {
    for (const accountId of [management, member]) {
      const sqs = await open.client("sqs", { accountId });
      await sqs.call("CreateQueue", { QueueName: `queue-${passed}` });
    }
    await open.sandbox.delivery.deliverNow();
    open.sandbox.clock.advance(hour);
    await open.sandbox.delivery.deliverNow();
  }
  to = open.sandbox.clock.now();
});
after(async () => open?.[Symbol.asyncDispose]());

function judge(accountId?: string): Promise<Verdict> {
  return validateLogs(aws, { trailArn, region, from, to, ...(accountId === undefined ? {} : { accountId }) });
}

async function keysOf(accountId: string, kind: string): Promise<readonly string[]> {
  const folder = `AWSLogs/${organizationId}/${accountId}/${kind}/${region}/`;
  return (await hands.keys()).filter((key) => key.startsWith(folder));
}

test(
  "the files of each account lie below the organization's id, encrypted with the trail's key",
  { skip },
  async () => {
    for (const accountId of [management, member]) {
      const [log = ""] = await keysOf(accountId, "CloudTrail");
      const head = await answer(aws("s3api", "head-object", "--bucket", bucket, "--key", log));
      assert.equal(head["ServerSideEncryption"], "aws:kms");
      assert.match(String(head["SSEKMSKeyId"]), new RegExp(`^arn:aws:kms:${region}:${management}:key/`));
    }
  },
);

test("each account's files are valid by themselves", { skip }, async () => {
  for (const verdict of await Promise.all([judge(management), judge(member)])) {
    const [digests, logs = ""] = verdict.closing;
    assert.equal(digests, `${hours}/${hours} digest files valid`, verdict.text);
    // CloudTrail's own calls for data keys are recorded too, so that there are more than those of the calls above.
    const [, count] = /^(\d+)\/\1 log files valid$/.exec(logs) ?? [];
    assert.ok(Number(count) >= hours, verdict.text);
    assert.equal(verdict.code, 0);
  }
});

test("a member's deleted log file is found with that member and nobody else", { skip }, async () => {
  const [log = ""] = await keysOf(member, "CloudTrail");
  await hands.remove(log);
  const [own, others] = await Promise.all([judge(management), judge(member)]);
  assert.deepEqual([own.code, own.invalid], [0, []], own.text);
  assert.deepEqual([others.code, others.invalid], [1, [`Log ${nameOf(log)} INVALID: not found`]], others.text);
});

test("who may write to the bucket cannot read what is encrypted for others", { skip }, async () => {
  const [log = ""] = await keysOf(management, "CloudTrail");
  await assert.rejects(hands.read(log), { code: "AccessDenied", message: /not authorized to perform: kms:Decrypt/ });
});

test("without an account the AWS CLI asks for one", { skip }, async () => {
  const { code, text } = await judge();
  assert.equal(code, 255);
  assert.match(text, /Missing required parameter for organization trail: '--account-id'/);
});

test("members see the trail and cannot touch it", { skip }, async () => {
  const theirs = awsCli(open.sandbox, { accountId: member, region });
  const [seen, stopped, deleted] = await Promise.all([
    answer<{ trailList: readonly { TrailARN: string; IsOrganizationTrail: boolean }[] }>(
      theirs("cloudtrail", "describe-trails"),
    ),
    theirs("cloudtrail", "stop-logging", "--name", trailArn),
    theirs("cloudtrail", "delete-trail", "--name", trailArn),
  ]);
  assert.deepEqual(
    seen.trailList.map((trail) => [trail.TrailARN, trail.IsOrganizationTrail]),
    [[trailArn, true]],
  );
  for (const { stderr } of [stopped, deleted]) {
    assert.match(
      stderr,
      /An error occurred \((?:NotOrganizationMasterAccount|InsufficientDependencyService|AccessDenied)/,
    );
  }
  assert.deepEqual(open.troubles, []);
});
