import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { makeLogFile, makeRecord } from "../fixtures/made-record.ts";
import { Search } from "../../src/search/index.ts";
import { manager, openCollectingPlace, settle, type CollectingPlace } from "./collecting.fixture.ts";

/** Each test has a source of its own there, which it removes; those that push the clock forward come last. */
let place: CollectingPlace;
before(async () => {
  place = await openCollectingPlace();
});
after(() => place[Symbol.asyncDispose]());

test("accounts are named as Organizations names them, where the source may ask", async () => {
  const { accessKeyId, secretAccessKey } = place.sandbox.sandbox.administrator(manager);
  const settings = { queueUrl: place.wiring.queueUrl, region: "eu-central-1", endpoint: place.sandbox.sandbox.url };
  await place.collector.add({ name: "named", type: "queue", settings, secrets: { accessKeyId, secretAccessKey } });
  await place.until("named", async () =>
    (await place.collector.accounts()).some(({ organizationId }) => organizationId !== undefined),
  );
  const known = (await place.collector.accounts()).find(({ id }) => id === "111122223333");
  assert.ok(known !== undefined && known.name !== "" && known.status === "ACTIVE");
  await place.sandbox.sandbox.delivery.deliverNow();
  await place.until("named", ({ figures }) => figures.logFiles > 0);
  assert.equal((await place.collector.accounts()).find(({ id }) => id === "111122223333")?.name, known.name);
  await place.collector.remove("named");
});

test("a source's first event is found by the number of its account, and the source is online with its time", async () => {
  const account = "123456789123";
  const s3 = await place.sandbox.client("s3", { accountId: manager });
  const Key = `AWSLogs/${account}/CloudTrail/eu-central-1/2026/01/02/${account}_CloudTrail_eu-central-1_20260102T0310Z_first.json.gz`;
  const record = makeRecord(101, { recipientAccountId: account });
  await s3.call("PutObject", { Bucket: place.wiring.bucket, Key, Body: gzipSync(makeLogFile([record])) });
  const { sqsQueue, send } = await emptyQueue("first-event");
  await send(JSON.stringify({ s3Bucket: place.wiring.bucket, s3ObjectKey: [Key] }));
  const { accessKeyId, secretAccessKey } = place.sandbox.sandbox.administrator(manager);
  const settings = { queueUrl: sqsQueue, region: "eu-central-1", endpoint: place.sandbox.sandbox.url };
  const secrets = { accessKeyId, secretAccessKey };
  const { source: added } = await place.collector.add({ name: "first", type: "queue", settings, secrets });
  assert.deepEqual([added.status, added.figures.lastEventAt], ["waiting", undefined]);
  const source = await place.until("first", ({ figures }) => figures.events === 1);
  assert.deepEqual([source.status, source.figures.lastEventAt], ["online", Date.parse(String(record["eventTime"]))]);
  const search = new Search(place.store, () => place.sandbox.sandbox.clock.now());
  const page = await search.page({ query: "*123456789123*", limit: 10, order: "newest" });
  assert.deepEqual(
    page.events.map(({ id }) => id),
    [record["eventID"]],
  );
  await place.collector.remove("first");
});

test("a call in the made-up AWS is found in the store, through trail, bucket, topic and queue", async () => {
  const iam = await place.sandbox.client("iam", { accountId: "111122223333" });
  await iam.call("CreateUser", { UserName: "mary" });
  await place.sandbox.sandbox.delivery.deliverNow();
  const added = await place.addQueue("all");
  assert.deepEqual([added.status, added.isBuiltIn], ["waiting", false]);
  const source = await place.until("all", ({ figures }) => figures.events > 0 && figures.logFiles >= 2);
  assert.deepEqual([source.status, source.setAside, source.place], ["online", 0, place.wiring.queueUrl]);
  const { rows } = await place.store.page({
    predicate: { kind: "field", path: ["eventName"], test: { op: "equals", values: ["createuser"], cased: false } },
    order: "newest",
    limit: 10,
  });
  assert.ok(rows.some(({ account }) => account === "111122223333"));
  await place.until("all", async () => (await place.queued()) === 0);
  const totals = await place.collector.totals({});
  assert.deepEqual([totals.read, totals.waiting, totals.failing], [totals.known, 0, 0]);
  assert.ok((await place.collector.accounts()).some(({ id }) => id === "111122223333"));
  assert.deepEqual(place.failures, []);
  await place.collector.remove("all");
});

test("a source that is paused leaves its messages, and goes on where it stopped; removed, its events stay", async () => {
  await place.addQueue("paused");
  assert.equal((await place.collector.pause("paused")).status, "paused");
  await place.sandbox.sandbox.delivery.deliverNow();
  await settle();
  assert.ok((await place.queued()) > 0);
  await place.collector.resume("paused");
  await place.until("paused", async ({ figures }) => figures.events > 0 && (await place.queued()) === 0);
  const { events } = await place.store.statistics();
  await place.collector.remove("paused");
  assert.deepEqual(await place.collector.list(), []);
  assert.equal((await place.store.statistics()).events, events);
  assert.ok((await place.collector.totals({})).read > 0);
  await assert.rejects(place.collector.get("paused"), { code: "source-unknown" });
});

test("a filter keeps noise out of the store and counts it; what was stored before stays", async () => {
  const s3 = await place.sandbox.client("s3", { accountId: manager });
  const put = async (name: string, numbers: readonly number[]) => {
    const Key = `AWSLogs/111122223333/CloudTrail/eu-central-1/2026/01/02/111122223333_CloudTrail_eu-central-1_20260102T0310Z_${name}.json.gz`;
    const records = numbers.map((number) => makeRecord(number, number % 2 === 0 ? { eventName: "Decrypt" } : {}));
    await s3.call("PutObject", { Bucket: place.wiring.bucket, Key, Body: gzipSync(makeLogFile(records)) });
    await place.send(JSON.stringify({ s3Bucket: place.wiring.bucket, s3ObjectKey: [Key] }));
  };
  const source = await place.addQueue("filtered");
  await assert.rejects(place.collector.addFilter({ name: "noise", query: "eventName:" }), { code: "query-invalid" });
  await assert.rejects(place.collector.addFilter({ name: "noise", query: "" }), { code: "filter-drops-all" });
  await put("before", [1, 2, 3, 4]);
  await place.until("filtered", ({ figures }) => figures.events >= source.figures.events + 4);
  await place.collector.addFilter({ name: "noise", query: "eventName:Decrypt recipientAccountId:111122223333" });
  const { events, duplicates } = (await place.collector.get("filtered")).figures;
  await put("after", [3, 4, 5, 6, 7, 8]);
  const after = await place.until(
    "filtered",
    async ({ figures }) => figures.logFiles > 1 && (await place.queued()) === 0,
  );
  assert.deepEqual([after.figures.events - events, after.figures.duplicates - duplicates], [2, 1]);
  const [filter] = await place.collector.filters();
  assert.deepEqual([filter?.name, filter?.dropped], ["noise", 3]);
  const [file] = (await place.store.logFiles(50)).filter(({ name }) => name.includes("after"));
  assert.deepEqual([file?.records, file?.stored, file?.duplicates, file?.dropped], [6, 2, 1, 3]);
  const delays = await place.store.deliveryDelays({ from: 0, to: Date.now() + 1e12, limit: 100 });
  const own = delays.find(({ account, service }) => account === "111122223333" && service === "s3.amazonaws.com");
  assert.equal(own?.delivered.max, 5 * 60 + 55 - 1);
  await place.collector.removeFilter("noise");
  await assert.rejects(place.collector.removeFilter("noise"), { code: "filter-unknown" });
  await place.collector.remove("filtered");
});

test("a test makes a call that changes nothing and tells when its event can be searched", async () => {
  await place.addQueue("tested");
  const steps: string[] = [];
  const options = { waitMs: 600_000, isCallAllowed: true };
  for await (const step of place.collector.test("tested", options, new AbortController().signal)) {
    steps.push(step.kind);
    if (step.kind === "finding") assert.ok(step.finding.isGood, step.finding.sentence);
    if (step.kind === "called") await place.sandbox.sandbox.delivery.deliverNow();
  }
  assert.deepEqual(
    [...new Set(steps)].filter((kind) => kind !== "waiting"),
    ["finding", "called", "searchable"],
  );
  await place.collector.remove("tested");
});

test("messages of a queue that is somebody else's stay there, and the source says so", async () => {
  const sqs = await place.sandbox.client("sqs", { accountId: manager });
  const { QueueUrl = "" } = await sqs.call("CreateQueue", { QueueName: "orders" });
  const bodies = Array.from({ length: 6 }, (_, number) => `{"order":${number}}`);
  for (const MessageBody of bodies) await sqs.call("SendMessage", { QueueUrl, MessageBody });
  const { accessKeyId, secretAccessKey } = place.sandbox.sandbox.administrator(manager);
  const settings = { queueUrl: QueueUrl, region: "eu-central-1", endpoint: place.sandbox.sandbox.url };
  await place.collector.add({ name: "orders", type: "queue", settings, secrets: { accessKeyId, secretAccessKey } });
  const source = await place.until("orders", ({ sentence }) => sentence.includes("name no log file"));
  assert.equal(source.status, "waiting");
  for (let turn = 0; turn < 8; turn++) {
    place.sandbox.sandbox.clock.advance(61_000);
    await settle();
  }
  await place.collector.pause("orders");
  place.sandbox.sandbox.clock.advance(120_000);
  const seen = new Set<string>();
  for (let turn = 0; turn < 10 && seen.size < bodies.length; turn++) {
    const { Messages = [] } = await sqs.call("ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10 });
    for (const { Body = "" } of Messages) seen.add(Body);
  }
  assert.deepEqual(seen, new Set(bodies));
  assert.equal((await place.collector.get("orders")).setAside, 0);
  await place.collector.remove("orders");
});

test("a queue that falls silent while its bucket fills is told, and the files are read from the bucket", async () => {
  const { clock } = place.sandbox.sandbox;
  const s3 = await place.sandbox.client("s3", { accountId: manager });
  const { sqsQueue, send } = await emptyQueue("silent");
  const put = async (number: number) => {
    const day = new Date(clock.now()).toISOString().slice(0, 10);
    const name = `111122223333_CloudTrail_eu-central-1_${day.replaceAll("-", "")}T0000Z_silent${number}.json.gz`;
    const Key = `silent/AWSLogs/111122223333/CloudTrail/eu-central-1/${day.replaceAll("-", "/")}/${name}`;
    await s3.call("PutObject", {
      Bucket: place.wiring.bucket,
      Key,
      Body: gzipSync(makeLogFile([makeRecord(200 + number)])),
    });
    return JSON.stringify({ s3Bucket: place.wiring.bucket, s3ObjectKey: [Key] });
  };
  const { accessKeyId, secretAccessKey } = place.sandbox.sandbox.administrator(manager);
  const endpoint = place.sandbox.sandbox.url;
  const settings = { queueUrl: sqsQueue, region: "eu-central-1", endpoint, auditEverySeconds: 60 };
  await place.collector.add({ name: "silent", type: "queue", settings, secrets: { accessKeyId, secretAccessKey } });
  await send(await put(1));
  await place.until("silent", ({ figures }) => figures.events === 1);
  for (const number of [2, 3]) await put(number);
  clock.advance(16 * 60_000);
  const source = await place.until(
    "silent",
    ({ sentence, figures }) => figures.events === 3 && sentence.includes("told of nothing"),
  );
  assert.match(source.sentence, /while 2 log files came into the bucket; they were read from there/);
  assert.match(source.help ?? "", /subscribed/);
  await place.collector.remove("silent");
});

test("a message stays in the queue until its log file can be read, then is stored once", async () => {
  await using place = await openCollectingPlace();
  const s3 = await place.sandbox.client("s3", { accountId: manager });
  const Key = `AWSLogs/${manager}/CloudTrail/eu-central-1/2026/11/21/late.json.gz`;
  const notice = JSON.stringify({ s3Bucket: place.wiring.bucket, s3ObjectKey: [Key] });
  await place.send(notice);
  await place.addQueue("main");
  const before = await place.until("main", ({ ledger }) => ledger.failing === 1);
  const [missing] = await place.collector.missing({}, { limit: 10 });
  assert.equal(missing?.key, Key);
  assert.match(missing.problem ?? "", /is not there/);
  assert.equal(await place.queued(), 1);
  const Body = gzipSync(makeLogFile([makeRecord(1), makeRecord(2)]));
  await s3.call("PutObject", { Bucket: place.wiring.bucket, Key, Body });
  place.sandbox.sandbox.clock.advance(10_000);
  const after = await place.until("main", ({ figures }) => figures.events === before.figures.events + 2);
  assert.equal(after.ledger.failing, 0);
  place.sandbox.sandbox.clock.advance(10_000);
  await place.until("main", async () => (await place.queued()) === 0);
  await place.send(notice);
  const again = await place.until("main", async () => (await place.queued()) === 0);
  const files = (await place.store.logFiles(50)).filter(({ name }) => name.includes("late"));
  assert.deepEqual(
    files.map(({ records, stored, duplicates }) => [records, stored, duplicates]),
    [[2, 2, 0]],
  );
  assert.equal(again.figures.logFiles, after.figures.logFiles, "the same file again is not read again");
});

test("a message that says nothing known is set aside, whole, when it has come three times; its neighbours are read", async () => {
  await using place = await openCollectingPlace();
  await place.send("What is this?");
  await place.sandbox.sandbox.delivery.deliverNow();
  await place.addQueue("main");
  await place.until("main", ({ figures }) => figures.logFiles > 0);
  for (let turn = 0; turn < 1_000 && (await place.collector.get("main")).setAside === 0; turn++) await place.leap(turn);
  const [message] = await place.collector.aside("main", { limit: 10 });
  assert.deepEqual([message?.body, message?.reason], ["What is this?", "The message is no JSON object"]);
  await place.until("main", async () => (await place.queued()) === 0);
  const sent = await place.collector.sendAgain("main");
  assert.deepEqual(sent, { done: 0, left: [{ id: message?.id, reason: "The message is no JSON object" }] });
  await place.collector.dropAside("main", [message?.id ?? ""]);
  assert.equal((await place.collector.get("main")).setAside, 0);
});

/** A queue that nobody else sends to. */
async function emptyQueue(QueueName: string): Promise<{ sqsQueue: string; send: (body: string) => Promise<void> }> {
  const sqs = await place.sandbox.client("sqs", { accountId: manager });
  const { QueueUrl = "" } = await sqs.call("CreateQueue", { QueueName });
  return {
    sqsQueue: QueueUrl,
    async send(MessageBody) {
      await sqs.call("SendMessage", { QueueUrl, MessageBody });
    },
  };
}
