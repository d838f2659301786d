import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import { makeRecord } from "../../test/fixtures/made-record.ts";
import { makeTemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import { EventStore, type LogFile, SpoolWriter } from "./index.ts";

const from = Date.UTC(2026, 9, 1);
const to = Date.UTC(2026, 10, 1);
const shop = "111122223333";
const staging = "444455556666";

function logFile(id: bigint, name: string, deliveredAt: number | undefined, fields: Partial<LogFile> = {}): LogFile {
  return {
    id,
    source: "test",
    name,
    version: "1",
    kind: "records",
    sizeBytes: 1_000,
    sha256: "00".repeat(32),
    records: 0,
    rejected: 0,
    dropped: 0,
    deliveredAt,
    readAt: to,
    note: "",
    gzipMembers: 1,
    bytesBehind: 0,
    ...fields,
  };
}

async function openStore(folder: string, texts: readonly string[]) {
  const store = await EventStore.open({ directory: join(folder, "data"), now: () => to });
  const writer = new SpoolWriter(join(folder, "batch.rows"));
  for (const text of texts) writer.add(1n, Buffer.from(text), 0, Buffer.byteLength(text));
  writer.close();
  await store.write({ path: writer.path, rows: writer.rows, hours: undefined }, () => ({ records: [], refused: [] }));
  return store;
}

test("events are counted by what decides on their price, in their time and accounts only", async () => {
  using folder = makeTemporaryFolder();
  const at = (day: number) => new Date(from + day * 86_400_000).toISOString();
  const management = { eventCategory: "Management", managementEvent: true, eventSource: "iam.amazonaws.com" };
  const resources = [
    { type: "AWS::S3::Object", ARN: "arn:aws:s3:::a/b" },
    { type: "AWS::S3::Bucket", ARN: "arn:aws:s3:::a" },
  ];
  const given: readonly Record<string, unknown>[] = [
    { ...management, eventTime: at(2), readOnly: true },
    { ...management, eventTime: at(1), readOnly: true, eventName: "ListUsers" },
    { ...management, eventTime: at(3), readOnly: false },
    { ...management, eventTime: at(3), readOnly: undefined },
    // Before 1.07 there are no categories.
    { eventTime: at(4), eventCategory: undefined, managementEvent: undefined, eventSource: "iam.amazonaws.com" },
    { eventTime: at(5), resources },
    { eventTime: at(6), resources, eventName: "HeadObject" },
    { eventTime: at(7), resources: undefined, eventCategory: undefined },
    { ...management, eventTime: at(8), awsRegion: "us-east-1", eventCategory: "NetworkActivity" },
    { ...management, eventTime: at(9), recipientAccountId: staging },
    { ...management, eventTime: at(9), recipientAccountId: "777788889999" },
    { ...management, eventTime: at(-1) },
    { ...management, eventTime: new Date(to).toISOString() },
  ];
  const texts = given.map((fields, number) => JSON.stringify(makeRecord(number, fields)));
  await using store = await openStore(folder.path, texts);
  const { events } = await store.volumes({ from, to, accounts: [shop, staging] });
  assert.deepEqual(
    events
      .map(({ account, region, category, service, readOnly, resourceTypes, events: count }) =>
        [account, region, category, service, String(readOnly), resourceTypes.join("+"), count].join(" "),
      )
      .sort(),
    [
      `${shop} eu-central-1 Data s3.amazonaws.com true  1`,
      `${shop} eu-central-1 Data s3.amazonaws.com true AWS::S3::Bucket+AWS::S3::Object 2`,
      `${shop} eu-central-1 Management iam.amazonaws.com false  1`,
      `${shop} eu-central-1 Management iam.amazonaws.com true  3`,
      `${shop} eu-central-1 Management iam.amazonaws.com undefined  1`,
      `${shop} us-east-1 NetworkActivity iam.amazonaws.com true  1`,
      `${staging} eu-central-1 Management iam.amazonaws.com true  1`,
    ],
  );
  const objects = events.find(({ resourceTypes }) => resourceTypes.length > 0);
  assert.equal(objects?.bytes, (texts[5]?.length ?? 0) + (texts[6]?.length ?? 0));
  assert.equal(objects.firstEventAt, from + 5 * 86_400_000);
  const managed = events.filter(({ category }) => category === "Management");
  const bytes = [0, 1, 2, 3, 4, 9].reduce((sum, index) => sum + (texts[index]?.length ?? 0), 0);
  assert.ok(Math.abs(managed.reduce((sum, one) => sum + one.bytes, 0) - bytes) <= managed.length);
  assert.deepEqual(await store.volumes({ from, to, accounts: [] }), { events: [], logFiles: [] });
});

test("log files are counted by where they were delivered; digests and files of other times are not", async () => {
  using folder = makeTemporaryFolder();
  await using store = await openStore(folder.path, [JSON.stringify(makeRecord(1))]);
  const key = (place: string, account: string, kind = "CloudTrail", region = "eu-central-1") =>
    `${place}/AWSLogs/${account}/${kind}/${region}/2026/10/05/${crypto.randomUUID()}.json.gz`;
  const inTime = from + 86_400_000;
  await store.acknowledge(
    [
      logFile(1n, key("s3://logs", shop), inTime),
      logFile(2n, key("s3://logs", shop), inTime),
      logFile(3n, key("s3://logs", shop, "CloudTrail-NetworkActivity"), inTime),
      logFile(4n, key("s3://logs", shop, "CloudTrail-Digest"), inTime),
      logFile(5n, key("s3://logs/prefix", shop, "CloudTrail", "us-east-1"), inTime),
      logFile(6n, key("s3://org", `o-abcdefghij/${staging}`), inTime),
      logFile(7n, key("s3://logs", "777788889999"), inTime),
      logFile(8n, key("s3://logs", shop), from - 1_000),
      logFile(9n, key("s3://logs", shop), inTime, { kind: "skipped" }),
      logFile(10n, "/home/alice/downloaded.json.gz", inTime),
    ],
    [],
  );
  const { logFiles } = await store.volumes({ from, to, accounts: [shop, staging] });
  assert.deepEqual(logFiles, [
    { place: "s3://logs", account: shop, region: "eu-central-1", files: 3, bytes: 3_000 },
    { place: "s3://logs/prefix", account: shop, region: "us-east-1", files: 1, bytes: 1_000 },
    { place: "s3://org", account: staging, region: "eu-central-1", files: 1, bytes: 1_000 },
  ]);
});
