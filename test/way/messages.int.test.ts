import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { readNotice } from "../../src/cloudtrail/index.ts";
import { createRandom } from "../../src/sandbox/index.ts";
import { makeLogFile, makeRecord } from "../fixtures/made-record.ts";
import { sharedData, skipWithoutSharedData } from "../fixtures/shared-data.ts";
import { manager, openCollectingPlace, type CollectingPlace } from "./collecting.fixture.ts";

const samples = join(sharedData, "notifications");

async function putLogFile(place: CollectingPlace, Bucket: string, Key: string, number: number): Promise<void> {
  const s3 = await place.sandbox.client("s3", { accountId: manager });
  const CreateBucketConfiguration = { LocationConstraint: "eu-central-1" as const };
  if (Bucket !== place.wiring.bucket)
    await s3.call("CreateBucket", { Bucket, CreateBucketConfiguration }).catch(isThere);
  await s3.call("PutObject", { Bucket, Key, Body: gzipSync(makeLogFile([makeRecord(number)])) });
}

function isThere(error: { readonly code?: string }): void {
  assert.equal(error.code, "BucketAlreadyOwnedByYou");
}

/** A source with all rights in the account, so that any bucket a message names can be read. */
async function addSource(place: CollectingPlace): Promise<void> {
  const { accessKeyId, secretAccessKey } = place.sandbox.sandbox.administrator(manager);
  const settings = {
    queueUrl: place.wiring.queueUrl,
    region: place.wiring.region,
    endpoint: place.sandbox.sandbox.url,
  };
  await place.collector.add({ name: "main", type: "queue", settings, secrets: { accessKeyId, secretAccessKey } });
}

test("messages as AWS sends them are handled as their names say", { skip: skipWithoutSharedData }, async () => {
  await using place = await openCollectingPlace();
  const names = readdirSync(samples).filter((name) => name.endsWith(".json"));
  // Names that begin like this are kept for AWS's own examples: no bucket can have one.
  const bodies = names.map((name) => readFileSync(join(samples, name), "utf8").replaceAll("amzn-s3-demo", "example"));
  const objects = bodies.flatMap((body) => {
    const notice = readNotice(body);
    return notice.kind === "objects" ? notice.objects : [];
  });
  const named = new Set(objects.map(({ bucket, key }) => `${bucket}/${key}`));
  for (const [number, { bucket, key }] of objects.entries()) await putLogFile(place, bucket, key, number);
  for (const body of bodies) await place.send(body);
  await addSource(place);
  for (let turn = 0; turn < 2_000 && (await place.queued()) > 0; turn++) {
    await place.leap(turn);
  }
  assert.equal(await place.queued(), 0);
  const source = await place.collector.get("main");
  // The sample of an unsupported version is kept whole; nothing else is.
  const unsupported = bodies.filter((_, index) => names[index]?.includes("unsupported"));
  const aside = await place.collector.aside("main", { limit: 10 });
  assert.deepEqual(
    aside.map(({ body }) => body),
    unsupported,
  );
  const tests = names.filter((name) => name.includes("test-event")).length;
  assert.ok((source.figures.swallowed["test message"] ?? 0) >= tests);
  const { ledger } = place.state;
  const entries = await ledger.entries([...named].map((name) => `s3://${name}`));
  assert.deepEqual(
    entries.map(({ state }) => state),
    Array.from({ length: named.size }, () => "read"),
  );
});

test("random and broken messages never stop the loop, and none that was not understood is deleted", async () => {
  await using place = await openCollectingPlace();
  const random = createRandom("fuzzed messages");
  const good = (number: number) =>
    `AWSLogs/111122223333/CloudTrail/eu-central-1/2026/01/02/111122223333_CloudTrail_eu-central-1_20260102T0310Z_good${number}.json.gz`;
  const seeds = [
    JSON.stringify({ s3Bucket: place.wiring.bucket, s3ObjectKey: [good(0)] }),
    JSON.stringify({ Type: "Notification", Message: JSON.stringify({ s3Bucket: "b", s3ObjectKey: ["k.json"] }) }),
    JSON.stringify({
      Records: [
        {
          eventVersion: "2.1",
          eventSource: "aws:s3",
          eventName: "ObjectCreated:Put",
          s3: { bucket: { name: "b" }, object: { key: "a+b%20c.json.gz" } },
        },
      ],
    }),
    JSON.stringify({ "detail-type": "Object Created", detail: { bucket: { name: "b" }, object: { key: "k.json" } } }),
    JSON.stringify({ Service: "Amazon S3", Event: "s3:TestEvent" }),
  ];
  const bodies = Array.from(
    { length: 120 },
    (_, number) => `${broken(random.pick(seeds), random)}${" ".repeat(number % 7)}`,
  );
  const sqs = await place.sandbox.client("sqs", { accountId: manager });
  const sent: string[] = [];
  for (const MessageBody of bodies) {
    // What SQS itself refuses never comes.
    const isSent = await sqs.call("SendMessage", { QueueUrl: place.wiring.queueUrl, MessageBody }).then(
      () => true,
      () => false,
    );
    if (isSent) sent.push(MessageBody);
  }
  for (const number of [0, 1, 2]) await putLogFile(place, place.wiring.bucket, good(number), number);
  await place.send(JSON.stringify({ s3Bucket: place.wiring.bucket, s3ObjectKey: [good(1), good(2)] }));
  await addSource(place);
  await place.until("main", ({ ledger, figures }) => ledger.read >= 2 && figures.messages >= sent.length);
  for (let turn = 0; turn < 4_000; turn++) {
    const unknown = sent.filter((body) => readNotice(body).kind === "unknown").length;
    if (
      (await place.collector.get("main")).setAside >=
        new Set(sent.filter((body) => readNotice(body).kind === "unknown")).size &&
      unknown > 0
    )
      break;
    await place.leap(turn);
  }
  assert.deepEqual(place.failures, []);
  const kept = new Map<string, number>();
  for (let after = ""; ;) {
    const page = await place.collector.aside("main", { after, limit: 100 });
    for (const { body } of page) kept.set(body, (kept.get(body) ?? 0) + 1);
    after = page.at(-1)?.id ?? "";
    if (page.length === 0) break;
  }
  await place.collector.pause("main");
  place.sandbox.sandbox.clock.advance(13 * 3_600_000);
  for (let empty = 0; empty < 3;) {
    const { Messages = [] } = await sqs.call("ReceiveMessage", {
      QueueUrl: place.wiring.queueUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 3_600,
    });
    for (const { Body = "" } of Messages) kept.set(Body, (kept.get(Body) ?? 0) + 1);
    empty = Messages.length === 0 ? empty + 1 : 0;
  }
  const unread = sent.filter((body) => mustBeKept(body, place.wiring.bucket, new Set([0, 1, 2].map(good))));
  assert.ok(unread.length > 30, "enough of them were broken");
  // One that was set aside may be in the queue still: it would be set aside once more, as the same.
  for (const [body, count] of countsOf(unread)) assert.ok((kept.get(body) ?? 0) >= count, body.slice(0, 200));
});

/** Not understood, or naming a log file that is not there. */
function mustBeKept(body: string, bucket: string, there: ReadonlySet<string>): boolean {
  const notice = readNotice(body);
  if (notice.kind === "unknown") return true;
  if (notice.kind !== "objects") return false;
  return notice.objects.some(
    (object) => /\.json(\.gz)?$/i.test(object.key) && !(object.bucket === bucket && there.has(object.key)),
  );
}

function countsOf(bodies: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const body of bodies) counts.set(body, (counts.get(body) ?? 0) + 1);
  return counts;
}

/** A few characters changed, taken away, doubled or put in. */
function broken(text: string, random: ReturnType<typeof createRandom>): string {
  let result = text;
  for (let times = random.int(4); times >= 0; times--) {
    const [at, length] = [random.int(result.length + 1), random.int(12)];
    const part = result.slice(at, at + length);
    const instead = random.pick([
      "",
      part + part,
      '"',
      "{",
      "\\",
      "\u{1f600}",
      "null",
      "[[[[",
      "9".repeat(40),
      "%zz",
      '"}',
    ] as const);
    result = result.slice(0, at) + instead + result.slice(at + length);
  }
  return result === "" ? "?" : result;
}
