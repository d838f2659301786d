import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { makeEventId, makeLogFile, makeRecord } from "../../../../test/fixtures/made-record.ts";
import { openSandbox, sandboxAccount, sandboxRegion, type TestSandbox } from "../../../sandbox/sandbox.fixture.ts";
import { openStoredPlace } from "../source-place.fixture.ts";
import { eventsSource } from "./events-source.ts";

const minute = 60_000;

async function openQueue(sandbox: TestSandbox) {
  const sqs = await sandbox.client("sqs");
  const { QueueUrl = "" } = await sqs.call("CreateQueue", { QueueName: "events" });
  return {
    QueueUrl,
    async send(bodies: readonly string[]) {
      for (let at = 0; at < bodies.length; at += 10) {
        const some = bodies.slice(at, at + 10);
        await sqs.call("SendMessageBatch", {
          QueueUrl,
          Entries: some.map((MessageBody, index) => ({ Id: `${index}`, MessageBody })),
        });
      }
    },
    async left() {
      const names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
      const { Attributes = {} } = await sqs.call("GetQueueAttributes", { QueueUrl, AttributeNames: [...names] });
      return names.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
    },
  };
}

async function openEvents(sandbox: TestSandbox, QueueUrl: string, fields: Readonly<Record<string, unknown>> = {}) {
  const { clock, url } = sandbox.sandbox;
  const { accessKeyId, secretAccessKey } = sandbox.sandbox.administrator(sandboxAccount);
  const settings = eventsSource.settings.parse({ queueUrl: QueueUrl, region: sandboxRegion, endpoint: url, ...fields });
  const place = await openStoredPlace({ clock, secrets: { accessKeyId, secretAccessKey }, access: settings });
  const running = eventsSource.run(settings, place.context);
  running.catch(() => undefined);
  return {
    ...place,
    settings,
    events: async () => (await place.store.statistics()).events,
    async [Symbol.asyncDispose]() {
      place.stopping.abort(new DOMException("Stopped", "AbortError"));
      await running.catch(() => undefined);
      await place[Symbol.asyncDispose]();
    },
  };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await isSo())) {
    assert.ok(Date.now() < end, "It did not come to be");
    await pause(50);
  }
}

function envelope(detail: object, type = "AWS API Call via CloudTrail"): string {
  return JSON.stringify({ version: "0", id: "e", "detail-type": type, source: "aws.s3", detail });
}

test("events are stored, many in one file, and their messages are gone then", async () => {
  await using sandbox = await openSandbox();
  const queue = await openQueue(sandbox);
  const bodies = Array.from({ length: 200 }, (_, number) => envelope(makeRecord(number)));
  await queue.send([...bodies, ...bodies.slice(0, 40)]);
  await using place = await openEvents(sandbox, queue.QueueUrl);
  await until(async () => (await queue.left()) === 0);
  const { events, logFiles } = await place.store.statistics();
  assert.equal(events, 200);
  assert.ok(logFiles < 100, `${logFiles} files`);
  assert.equal(place.watch.figures.events, 200);
  const [file] = await place.store.logFiles(1);
  assert.match(file?.name ?? "", /^events:\/\/127\.0\.0\.1:\d+\/\S*events\/[0-9a-f]{32}$/);
  assert.deepEqual(place.watch.troubles, []);
});

test("an event is shown with its log file when that comes, and counted as open until then", async () => {
  await using sandbox = await openSandbox();
  const queue = await openQueue(sandbox);
  await queue.send([1, 2, 3].map((number) => envelope(makeRecord(number))));
  await using place = await openEvents(sandbox, queue.QueueUrl);
  await until(async () => (await place.events()) === 3);
  const olderThan = sandbox.sandbox.clock.now();
  const open = async () => (await place.store.unreconciled({ olderThan })).map(({ events }) => events);
  assert.deepEqual(await open(), [3]);
  const name = "s3://logs/AWSLogs/111122223333/CloudTrail/eu-central-1/2026/01/02/a.json.gz";
  const bytes = gzipSync(makeLogFile([1, 2, 4].map((number) => makeRecord(number))));
  await place.intake.take({ name, version: "1", source: "bucket", lane: "a", content: { bytes } });
  assert.deepEqual(await open(), [1]);
  const [whole] = await place.store.event(makeEventId(1));
  const fileOf = async (id = "") => (await place.store.logFile(id))?.name;
  assert.equal(await fileOf(whole?.event.logFile), name);
  assert.match((await fileOf(whole?.seenFirstIn)) ?? "", /^events:/);
  assert.equal(await place.events(), 4);
});

test("what is no event goes aside from a queue that has brought some, and other events of the bus are swallowed", async () => {
  await using sandbox = await openSandbox();
  const { clock } = sandbox.sandbox;
  const queue = await openQueue(sandbox);
  await queue.send([
    "hello",
    envelope({ state: "running" }, "EC2 Instance State-change Notification"),
    envelope(makeRecord(1)),
    envelope(makeRecord(2, { recipientAccountId: "999988887777" })),
  ]);
  await using place = await openEvents(sandbox, queue.QueueUrl, { exceptAccounts: ["9999-8888-7777"] });
  await until(async () => {
    clock.advance(minute);
    await pause(100);
    return (await queue.left()) === 0;
  });
  assert.equal(await place.events(), 1);
  const [aside] = await place.state.sources.aside("one", { limit: 10 });
  assert.deepEqual([aside?.body, aside?.reason], ["hello", "The message is no JSON object"]);
  assert.deepEqual(place.watch.figures.swallowed, {
    "account that is not selected": 1,
    "event of EventBridge that is none of CloudTrail's": 1,
    "message that was set aside": 1,
  });
  assert.equal((await place.sendAgain({ id: "1", body: "hello" })).isDone, false);
  assert.deepEqual(await place.sendAgain({ id: "1", body: envelope(makeRecord(3)) }), { isDone: true, reason: "" });
  assert.equal(await place.events(), 2);
});

test("nothing is deleted from a queue that belongs to somebody else", async () => {
  await using sandbox = await openSandbox();
  const { clock } = sandbox.sandbox;
  const queue = await openQueue(sandbox);
  const bodies = [...Array.from({ length: 6 }, (_, number) => `order ${number}`), envelope({ a: 1 }, "Order Placed")];
  await queue.send(bodies);
  await using place = await openEvents(sandbox, queue.QueueUrl);
  await until(async () => {
    clock.advance(minute);
    await pause(100);
    return place.watch.figures.messages > 4 * bodies.length;
  });
  assert.equal(await queue.left(), bodies.length);
  assert.equal(place.watch.hintNow?.code, "queue-not-ours");
  const findings = await Array.fromAsync(eventsSource.check(place.settings, place.context), ({ code }) => code);
  assert.deepEqual(findings.slice(0, 2), ["ok", "ok"]);
});
