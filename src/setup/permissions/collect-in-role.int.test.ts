import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { test } from "node:test";
import { makeLogFile, makeRecord } from "../../../test/fixtures/made-record.ts";
import { type CollectingPlace, manager, openCollectingPlace, settle } from "../../../test/way/collecting.fixture.ts";
import type { SourceView } from "../../collect/index.ts";
import { recordNeeds } from "./asked-needs.fixture.ts";
import { declaredCalls } from "./declared-calls.ts";
import { makeRole, makeWatcher } from "./made-role.fixture.ts";
import { exampleRequest } from "./made-up-settings.fixture.ts";
import { type AccountRole, rolesOf } from "./role-model.ts";

const region = "eu-central-1";
const { externalId } = exampleRequest.deployment;
const keyOf = (name: string) => `AWSLogs/${manager}/CloudTrail/${region}/2026/11/21/${name}.json.gz`;

/** The role that collects from the queue and bucket that are there already, and the source that takes it on. */
async function collectInRole(place: CollectingPlace, key: string): Promise<AccountRole> {
  const { sandbox, wiring } = place;
  const watcher = await makeWatcher(sandbox);
  const at = { accountId: manager, region };
  const queueName = wiring.queueUrl.split("/").at(-1) ?? "";
  const [role] = rolesOf({
    ...exampleRequest,
    ...declaredCalls(),
    deployment: { ...exampleRequest.deployment, accountId: manager },
    features: ["collect"],
    principalArn: watcher.arn,
    places: {
      bucket: { ...at, arn: `arn:aws:s3:::${wiring.bucket}` },
      queue: { ...at, arn: `arn:aws:sqs:${region}:${manager}:${queueName}` },
      key: { ...at, arn: key },
    },
    prefix: "",
  });
  assert.ok(role);
  const roleArn = await makeRole(sandbox, manager, role.model);
  const { accessKeyId, secretAccessKey } = watcher.credentials;
  const source = {
    type: "queue",
    settings: { queueUrl: wiring.queueUrl, region, endpoint: sandbox.sandbox.url, roleArn, externalId },
    secrets: { accessKeyId, secretAccessKey },
  };
  for await (const finding of place.collector.check(source, new AbortController().signal)) {
    assert.ok(finding.isGood, finding.sentence);
  }
  await place.collector.add({ name: "main", ...source });
  return role;
}

async function makeKey({ sandbox }: CollectingPlace): Promise<string> {
  const kms = await sandbox.client("kms", { accountId: manager });
  const Principal = { AWS: `arn:aws:iam::${manager}:root` };
  const Statement = [{ Effect: "Allow", Principal, Action: "kms:*", Resource: "*" }];
  const { KeyMetadata } = await kms.call("CreateKey", { Policy: JSON.stringify({ Version: "2012-10-17", Statement }) });
  return KeyMetadata?.Arn ?? "";
}

test("a queue is collected from in exactly the role that is printed for it, encrypted log files too", async () => {
  await using place = await openCollectingPlace();
  const { sandbox, wiring } = place;
  const asked = recordNeeds(sandbox);
  const key = await makeKey(place);
  const s3 = await sandbox.client("s3", { accountId: manager });
  const put = (name: string, number: number) =>
    s3.call("PutObject", {
      ...{ Bucket: wiring.bucket, Key: keyOf(name), Body: gzipSync(makeLogFile([makeRecord(number)])) },
      ...{ ServerSideEncryption: "aws:kms", SSEKMSKeyId: key },
    });
  await put("one", 1);
  const role = await collectInRole(place, key);
  const notice = (name: string) => JSON.stringify({ s3Bucket: wiring.bucket, s3ObjectKey: [keyOf(name)] });
  await place.send(notice("one"));
  const first = await place.until("main", ({ figures }) => figures.events >= 1);

  // A file that comes later than its notice: the message is kept hidden meanwhile.
  await place.send(notice("late"));
  await place.until("main", ({ ledger }) => ledger.failing === 1);
  await put("late", 2);
  sandbox.sandbox.clock.advance(10_000);
  await place.until("main", ({ figures }) => figures.events > first.figures.events);

  // And one without: the bucket is listed.
  const isListed = () => asked.by("trailwarden").some(({ action }) => action === "s3:ListBucket");
  await untilSo(place, isListed);

  await askForProofs(place);

  const needs = asked.by("trailwarden");
  assert.deepEqual(
    needs.filter(({ isAllowed }) => !isAllowed),
    [],
  );
  const printed = role.permissions.map(({ action }) => action);
  assert.deepEqual([...new Set(needs.map(({ action }) => action))].toSorted(), printed.toSorted());
  assert.deepEqual(place.failures, []);
});

/** What verifying asks with the rights of a source. */
async function askForProofs({ collector }: CollectingPlace): Promise<void> {
  await using reach = await collector.reach("main");
  const cloudtrail = await reach?.aws.client("cloudtrail", reach.region);
  await cloudtrail?.call("ListPublicKeys", {});
  const { trailList: [trail] = [] } = (await cloudtrail?.call("DescribeTrails", {})) ?? {};
  await cloudtrail?.call("GetTrailStatus", { Name: trail?.TrailARN });
}

/** Lets the source's time go on until it has done what is waited for. */
async function untilSo(place: CollectingPlace, isSo: () => boolean): Promise<SourceView> {
  return await place.until("main", async () => {
    place.sandbox.sandbox.clock.advance(60_000);
    await settle();
    return isSo();
  });
}
