import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";

import { type AwsClient, clientFor, type Credentials, type ServiceName } from "../aws/index.ts";
import { type ChildSays } from "./restart.fixture.ts";
import { openSandbox, sandboxAccount, sandboxRegion } from "./sandbox.fixture.ts";

type ClientOf = <S extends ServiceName>(service: S, credentials?: Credentials) => Promise<AwsClient<S>>;

const Bucket = "records-that-last";
const policyOf = (Statement: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

/** What was there before the sandbox ended. */
interface Before {
  readonly session: Credentials;
  readonly userIds: readonly string[];
  readonly messageIds: readonly string[];
  readonly QueueUrl: string;
  readonly KeyId: string;
  readonly ciphertext: Uint8Array;
  readonly eTag: string | undefined;
}

async function makeUsers(clientOf: ClientOf, prefix: string): Promise<readonly string[]> {
  const iam = await clientOf("iam");
  const ids: string[] = [];
  for (let number = 0; number < 10; number += 1) {
    const { User } = await iam.call("CreateUser", { UserName: `${prefix}-${number}` });
    ids.push(User?.UserId ?? "");
  }
  return ids;
}

async function fill(clientOf: ClientOf): Promise<Before> {
  const s3 = await clientOf("s3");
  await s3.call("CreateBucket", { Bucket, CreateBucketConfiguration: { LocationConstraint: sandboxRegion } });
  const Principal = { Service: "cloudtrail.amazonaws.com" };
  const Policy = policyOf([
    { Effect: "Allow", Principal, Action: "s3:GetBucketAcl", Resource: `arn:aws:s3:::${Bucket}` },
    { Effect: "Allow", Principal, Action: "s3:PutObject", Resource: `arn:aws:s3:::${Bucket}/*` },
  ]);
  await s3.call("PutBucketPolicy", { Bucket, Policy });
  const trails = await clientOf("cloudtrail");
  await trails.call("CreateTrail", {
    Name: "lasting",
    S3BucketName: Bucket,
    IsMultiRegionTrail: true,
    EnableLogFileValidation: true,
  });
  await trails.call("StartLogging", { Name: "lasting" });

  const userIds = await makeUsers(clientOf, "before");
  const kms = await clientOf("kms");
  const { KeyMetadata } = await kms.call("CreateKey", { Description: "lasts" });
  const KeyId = KeyMetadata?.KeyId ?? "";
  const { CiphertextBlob } = await kms.call("Encrypt", { KeyId, Plaintext: Buffer.from("secret") });
  const { ETag } = await s3.call("PutObject", {
    Bucket,
    Key: "own/object",
    Body: "the bytes",
    ServerSideEncryption: "aws:kms",
    SSEKMSKeyId: KeyId,
  });

  const sqs = await clientOf("sqs");
  const { QueueUrl = "" } = await sqs.call("CreateQueue", { QueueName: "lasting" });
  const messageIds: string[] = [];
  for (const MessageBody of ["in flight", "waits"]) {
    const { MessageId } = await sqs.call("SendMessage", { QueueUrl, MessageBody });
    messageIds.push(MessageId ?? "");
    if (MessageBody === "in flight") await sqs.call("ReceiveMessage", { QueueUrl, VisibilityTimeout: 3600 });
  }

  const iam = await clientOf("iam");
  const trusted = { AWS: `arn:aws:iam::${sandboxAccount}:root` };
  const AssumeRolePolicyDocument = policyOf([{ Effect: "Allow", Principal: trusted, Action: "sts:AssumeRole" }]);
  const { Role } = await iam.call("CreateRole", { RoleName: "reader", AssumeRolePolicyDocument });
  const PolicyDocument = policyOf([{ Effect: "Allow", Action: "s3:ListBucket", Resource: "*" }]);
  await iam.call("PutRolePolicy", { RoleName: "reader", PolicyName: "reads", PolicyDocument });
  const sts = await clientOf("sts");
  const assumed = await sts.call("AssumeRole", { RoleArn: Role?.Arn, RoleSessionName: "before" });
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = assumed.Credentials ?? {};
  return {
    session: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
    userIds,
    messageIds,
    QueueUrl,
    KeyId,
    ciphertext: CiphertextBlob ?? new Uint8Array(),
    eTag: ETag,
  };
}

/** Goes on with a sandbox on the same folder: everything is there, and goes on where it was. */
async function goOn(folder: string, before: Before, told: number): Promise<void> {
  await using box = await openSandbox({ folder });
  const { sandbox } = box;
  const clientOf: ClientOf = (service, credentials) =>
    box.client(service, credentials === undefined ? {} : { credentials });
  assert.ok(sandbox.clock.now() >= told, "The clock goes back");

  const [iam, s3, sqs, kms] = [
    await clientOf("iam"),
    await clientOf("s3"),
    await clientOf("sqs"),
    await clientOf("kms"),
  ];
  const { Users = [] } = await iam.call("ListUsers", {});
  const known = new Set(Users.map(({ UserId }) => UserId));
  assert.ok(before.userIds.every((id) => known.has(id)));
  const object = await s3.call("GetObject", { Bucket, Key: "own/object" });
  assert.deepEqual([await object.Body?.transformToString(), object.ETag], ["the bytes", before.eTag]);
  const { Plaintext } = await kms.call("Decrypt", { CiphertextBlob: before.ciphertext });
  assert.equal(Buffer.from(Plaintext ?? []).toString(), "secret");
  const asSession = await clientOf("s3", before.session);
  assert.ok(((await asSession.call("ListObjectsV2", { Bucket })).KeyCount ?? 0) > 0);
  await assert.rejects(asSession.call("GetObject", { Bucket, Key: "own/object" }), { code: "AccessDenied" });

  const QueueUrl = before.QueueUrl.replace(/^http:\/\/[^/]+/, sandbox.url);
  const waiting = await sqs.call("ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 43_200 });
  assert.deepEqual(
    waiting.Messages?.map(({ Body }) => Body),
    ["waits"],
  );
  sandbox.clock.advance(2 * 3_600_000);
  const again = await sqs.call("ReceiveMessage", {
    QueueUrl,
    MessageSystemAttributeNames: ["ApproximateReceiveCount"],
  });
  assert.deepEqual(
    again.Messages?.map(({ Body, MessageId, Attributes }) => [Body, MessageId, Attributes?.ApproximateReceiveCount]),
    [["in flight", before.messageIds[0], "2"]],
  );
  const { MessageId = "" } = await sqs.call("SendMessage", { QueueUrl, MessageBody: "new" });
  const ids = [...before.userIds, ...(await makeUsers(clientOf, "after")), ...before.messageIds, MessageId];
  assert.equal(new Set(ids).size, ids.length, "An id is given out twice");

  const trails = await clientOf("cloudtrail");
  assert.equal((await trails.call("GetTrailStatus", { Name: "lasting" })).IsLogging, true);
  await sandbox.delivery.deliverNow();
  const created = (await recordsIn(s3)).filter(({ eventName }) => eventName === "CreateUser");
  const users = created.map(({ requestParameters }) => (requestParameters as { readonly userName: string }).userName);
  const expected = ["before", "after"].flatMap((prefix) => Array.from({ length: 10 }, (_, n) => `${prefix}-${n}`));
  assert.deepEqual(users.sort(), expected.sort());
  assert.equal(new Set(created.map(({ eventID }) => eventID)).size, 20);
  assert.deepEqual(box.troubles, []);
}

async function recordsIn(s3: AwsClient<"s3">): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { Contents = [] } = await s3.call("ListObjectsV2", { Bucket, Prefix: `AWSLogs/${sandboxAccount}/CloudTrail/` });
  const files = await Promise.all(
    Contents.filter(({ Key = "" }) => Key.endsWith(".json.gz")).map(async ({ Key }) => {
      const { Body } = await s3.call("GetObject", { Bucket, Key });
      const text = gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array()).toString();
      return (JSON.parse(text) as { readonly Records: readonly Readonly<Record<string, unknown>>[] }).Records;
    }),
  );
  return files.flat();
}

async function withFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "trailwarden-restart-"));
  try {
    await body(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test("a sandbox that was stopped goes on where it was", () =>
  withFolder(async (folder) => {
    let before: Before | undefined;
    let told = 0;
    {
      await using box = await openSandbox({ folder });
      box.sandbox.clock.advance(30 * 24 * 3_600_000);
      before = await fill((service, credentials) =>
        box.client(service, credentials === undefined ? {} : { credentials }),
      );
      told = box.sandbox.clock.now();
      assert.deepEqual(box.troubles, []);
    }
    await goOn(folder, before, told);
  }));

test("a sandbox that was killed goes on where it was", () =>
  withFolder(async (folder) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, "restart.fixture.ts"), folder, "60"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(child, "exit");
    await using clients = new AsyncDisposableStack();
    try {
      const [line] = (await once(createInterface(child.stdout), "line")) as [string];
      const { url, credentials } = JSON.parse(line) as ChildSays;
      const before = await fill(async (service, others) =>
        clients.use(
          await clientFor(service, { endpoint: url, region: sandboxRegion, credentials: others ?? credentials }),
        ),
      );
      const clock = await fetch(`${url}/_trailwarden/clock`, { headers: { authorization: "Bearer test-token" } });
      const { now } = (await clock.json()) as { readonly now: string };
      child.kill("SIGKILL");
      await ended;
      await goOn(folder, before, Date.parse(now));
    } finally {
      child.kill("SIGKILL");
      await ended;
    }
  }));
