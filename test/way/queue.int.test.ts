import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { startQueueSource, type QueueSourceFigures } from "../../src/collect/index.ts";
import { ensureCollectionWiring, type CollectionWiring } from "../../src/sandbox/index.ts";
import { openSandbox, type TestSandbox } from "../../src/sandbox/sandbox.fixture.ts";
import { EventStore } from "../../src/store/index.ts";
import { makeLogFile, makeRecord } from "../fixtures/made-record.ts";
import { makeTemporaryFolder } from "../fixtures/temporary-folder.ts";

const manager = "123456789012";

interface Place extends AsyncDisposable {
  readonly sandbox: TestSandbox;
  readonly wiring: CollectionWiring;
  readonly store: EventStore;
  readonly problems: string[];
  /** Collects until the figures are as wanted; then stops. */
  collectUntil(isEnough: (figures: QueueSourceFigures) => boolean | Promise<boolean>): Promise<QueueSourceFigures>;
  /** What is in the queue, in flight or not. */
  queued(): Promise<number>;
}

async function openPlace(): Promise<Place> {
  const stack = new AsyncDisposableStack();
  const folder = stack.use(makeTemporaryFolder());
  const sandbox = stack.use(await openSandbox());
  const wiring = await ensureCollectionWiring(sandbox.sandbox);
  const store = stack.use(await EventStore.open({ directory: join(folder.path, "data"), now: Date.now }));
  const problems: string[] = [];
  const sqs = await sandbox.client("sqs", { accountId: manager });
  return {
    sandbox,
    wiring,
    store,
    problems,
    async collectUntil(isEnough) {
      await using source = await startQueueSource(
        {
          name: "queue",
          queueUrl: wiring.queueUrl,
          region: wiring.region,
          endpoint: sandbox.sandbox.url,
          credentials: wiring.credentials,
          folder: join(folder.path, "incoming"),
          customUserAgent: "trailwarden-test",
          onProblem: (problem) => void problems.push(problem),
        },
        { store, now: Date.now },
      );
      for (let turn = 0; turn < 600 && !(await isEnough(source.figures())); turn++) await settle();
      assert.ok(await isEnough(source.figures()), JSON.stringify(source.figures()));
      return source.figures();
    },
    async queued() {
      const names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
      const { Attributes = {} } = await sqs.call("GetQueueAttributes", {
        QueueUrl: wiring.queueUrl,
        AttributeNames: [...names],
      });
      return names.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
    },
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

/** Lets the servers of this process and the engine's go on. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 50));
}

test("a call in the made-up AWS is found in the store, through trail, bucket, topic and queue", async () => {
  await using place = await openPlace();
  const iam = await place.sandbox.client("iam", { accountId: "111122223333" });
  await iam.call("CreateUser", { UserName: "mary" });
  await place.sandbox.sandbox.delivery.deliverNow();
  const figures = await place.collectUntil(({ events, logFiles }) => events > 0 && logFiles >= 2);
  assert.deepEqual(place.problems, []);
  assert.equal(figures.unknown, 0);
  const { rows } = await place.store.page({
    predicate: { kind: "field", path: ["eventName"], test: { op: "equals", values: ["createuser"], cased: false } },
    order: "newest",
    limit: 10,
  });
  assert.ok(rows.some(({ account }) => account === "111122223333"));
  assert.equal(await place.queued(), 0, "what is stored is deleted from the queue");
});

test("a message stays in the queue until its log file can be read, then is stored once", async () => {
  await using place = await openPlace();
  await place.sandbox.sandbox.delivery.deliverNow();
  const before = await place.collectUntil(({ events }) => events > 0);
  const sqs = await place.sandbox.client("sqs", { accountId: manager });
  const s3 = await place.sandbox.client("s3", { accountId: manager });
  const key = `AWSLogs/${manager}/CloudTrail/eu-central-1/2026/11/21/late.json.gz`;
  const notice = JSON.stringify({ s3Bucket: place.wiring.bucket, s3ObjectKey: [key] });
  await sqs.call("SetQueueAttributes", { QueueUrl: place.wiring.queueUrl, Attributes: { VisibilityTimeout: "0" } });
  await sqs.call("SendMessage", { QueueUrl: place.wiring.queueUrl, MessageBody: notice });
  await place.collectUntil(() => place.problems.some((problem) => problem.includes("late.json.gz")));
  assert.equal(await place.queued(), 1);
  const Body = gzipSync(makeLogFile([makeRecord(1), makeRecord(2)]));
  await s3.call("PutObject", { Bucket: place.wiring.bucket, Key: key, Body });
  const after = await place.collectUntil(({ events }) => events >= 2);
  assert.ok(before.events > 0 && after.events >= 2);
  assert.equal(await place.queued(), 0);
  await sqs.call("SendMessage", { QueueUrl: place.wiring.queueUrl, MessageBody: notice });
  const again = await place.collectUntil(async ({ messages }) => messages >= 1 && (await place.queued()) === 0);
  assert.equal(again.logFiles, 0, "the same file again is not read again");
});

test("a message that says nothing known stays where it is and is counted; its neighbours are read", async () => {
  await using place = await openPlace();
  const sqs = await place.sandbox.client("sqs", { accountId: manager });
  await sqs.call("SendMessage", { QueueUrl: place.wiring.queueUrl, MessageBody: "What is this?" });
  await place.sandbox.sandbox.delivery.deliverNow();
  const figures = await place.collectUntil(({ events, unknown }) => events > 0 && unknown > 0);
  assert.ok(figures.logFiles > 0);
  assert.match(place.problems.join("\n"), /stays there: The message is no JSON object/);
  assert.equal(await place.queued(), 1);
});
