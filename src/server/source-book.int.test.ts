import assert from "node:assert/strict";
import { test } from "node:test";
import { makeTemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import type { QueueSource } from "../setup/index.ts";
import { openServices } from "./services.ts";
import { sourceBook } from "./source-book.ts";

const queue: QueueSource = {
  name: "prod",
  queueUrl: "https://sqs.eu-central-1.amazonaws.com/111122223333/trailwarden-111122223333",
  region: "eu-central-1",
  accountId: "111122223333",
  roleArn: "arn:aws:iam::111122223333:role/trailwarden",
  externalId: "trailwarden-example",
  bucketRoleArn: "arn:aws:iam::777788889999:role/trailwarden-logs",
  endpoint: undefined,
  secrets: {},
};

test("a queue is collected by one source, however often it is asked for, with the roles of its accounts", async () => {
  using folder = makeTemporaryFolder();
  // Nothing is collected: the collector is not started.
  await using services = await openServices({ dataDirectory: folder.path, now: Date.now });
  const { collector } = services;
  const book = sourceBook(collector);
  assert.deepEqual([await book.ensureQueue(queue), await book.ensureQueue(queue)], ["prod", "prod"]);
  const [source, ...others] = await collector.list();
  assert.deepEqual([source?.type, source?.place, others.length], ["queue", queue.queueUrl, 0]);
  const { roleArn, externalId, bucketRoleArn, bucketExternalId } = source?.settings ?? {};
  assert.deepEqual(
    [roleArn, externalId, bucketRoleArn, bucketExternalId],
    [queue.roleArn, queue.externalId, queue.bucketRoleArn, queue.externalId],
  );
});

test("a name that is taken gets a number, and a source that rests goes on when it is asked for again", async () => {
  using folder = makeTemporaryFolder();
  await using services = await openServices({ dataDirectory: folder.path, now: Date.now });
  const { collector } = services;
  const book = sourceBook(collector);
  await book.ensureQueue(queue);
  const other = { ...queue, queueUrl: `${queue.queueUrl}-other` };
  assert.equal(await book.ensureQueue(other), "prod-2");
  await book.rest("prod-2");
  assert.equal((await collector.get("prod-2")).status, "paused");
  await book.rest("no-such-source");
  assert.equal(await book.ensureQueue(other), "prod-2");
  assert.notEqual((await collector.get("prod-2")).status, "paused");
});
