import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { clientFor, loadOperations, type ServiceName } from "../../src/aws/index.ts";
import { playStory, stories, storyAccounts } from "../../src/sandbox/stories/index.ts";
import { type OpenedOutlets, openOutlets } from "./open-outlets.fixture.ts";
import { openRecording, type Recording } from "./open-recording.fixture.ts";
import { holdsSecret, markedInput, secretsIn, spellings } from "./secret-members.fixture.ts";
import { type SeenCall, watchCalls } from "./watch-calls.fixture.ts";

const accountId = storyAccounts.shop;

let recording: Recording;
let outlets: OpenedOutlets;
let seen: ReadonlyMap<string, SeenCall>;

before(async () => {
  recording = await openRecording("secrets");
  outlets = await openOutlets(recording.opened, accountId);
  seen = watchCalls(recording.opened.sandbox);
});

after(() => recording[Symbol.asyncDispose]());

/** Everything that records become, by where it lies. */
async function everythingRecorded(): Promise<ReadonlyMap<string, string>> {
  await recording.opened.sandbox.delivery.deliverNow();
  const texts = new Map<string, string>();
  texts.set("log files", (await recording.delivered()).map((record) => JSON.stringify(record)).join("\n"));
  texts.set("log group", (await outlets.logMessages()).join("\n"));
  texts.set("bus", (await outlets.busMessages()).join("\n"));
  texts.set("journal", (await recording.journal()).join("\n"));
  const { folder } = recording.opened;
  for (const name of await readdir(folder)) {
    if (/^(?:history|audit)\.sqlite/.test(name)) texts.set(name, await readFile(join(folder, name), "latin1"));
  }
  return texts;
}

function placesOf(secret: string, texts: ReadonlyMap<string, string>): readonly string[] {
  return [...texts].flatMap(([place, text]) => (text.includes(secret) ? [place] : []));
}

/** Calls beyond the stories whose answers hold secrets. */
const secretAnswers: readonly (readonly [ServiceName, string, object])[] = [
  ["iam", "CreateVirtualMFADevice", { VirtualMFADeviceName: "phone" }],
  ["sts", "GetSessionToken", {}],
  ["sts", "GetFederationToken", { Name: "partner" }],
  ["kms", "GenerateRandom", { NumberOfBytes: 32 }],
];

test("no secret that was handed out or sent in the stories is in any record, wherever records go", async (t) => {
  for (const story of stories) await playStory(story, recording.stage);
  for (const [service, operation, input] of secretAnswers) await callAnyhow(service, operation, input);
  const secrets = new Map<string, string>();
  for (const { service, operation, isFromService, input, output } of seen.values()) {
    // What services write to log groups and queues are the records themselves.
    if (isFromService) continue;
    const model = (await loadOperations(service)).operations.get(operation);
    if (model === undefined) continue;
    const found = [...secretsIn(service, model.input, input), ...secretsIn(service, model.output, output)];
    for (const spelling of found.flatMap(spellings)) {
      if (!secrets.has(spelling)) secrets.set(spelling, `${service} ${operation}`);
    }
  }
  const texts = await everythingRecorded();
  for (const [place, text] of texts) assert.ok(place.startsWith("audit") || text.length > 10_000, `${place} is empty`);
  const leaks = [...secrets].flatMap(([secret, of]) => placesOf(secret, texts).map((place) => `${of} in ${place}`));
  assert.deepEqual([...new Set(leaks)], []);
  const operations = new Set(secrets.values());
  t.diagnostic(`${secrets.size} spellings of secrets of ${[...operations].join(", ")}`);
  for (const one of [
    "iam CreateAccessKey",
    "sts AssumeRole",
    "kms GenerateDataKey",
    "sqs SendMessage",
    "sns Publish",
  ]) {
    assert.ok(operations.has(one), one);
  }
});

test("no operation with a place for a secret shows what was sent there, done or refused", async (t) => {
  const { sandbox } = recording.opened;
  const calls: { readonly name: string; readonly marker: string; requestId: string | undefined }[] = [];
  for (const [service, { operations }] of sandbox.services) {
    const model = await loadOperations(service);
    for (const name of Object.keys(operations)) {
      const operation = model.operations.get(name);
      if (operation === undefined || !holdsSecret(service, operation.input)) continue;
      const marker = `hunter2-${service}-${name}-9f3b`;
      const input = markedInput(service, operation.input, marker);
      calls.push({ name: `${service} ${name}`, marker, requestId: await callAnyhow(service, name, input) });
    }
  }
  const texts = await everythingRecorded();
  const journal = texts.get("journal") ?? "";
  const leaks = calls.flatMap(({ name, marker }) =>
    spellings(marker).flatMap((spelling) => placesOf(spelling, texts).map((place) => `${name} in ${place}`)),
  );
  assert.deepEqual([...new Set(leaks)], []);
  const unrecorded = calls.filter(({ requestId }) => requestId === undefined || !journal.includes(requestId));
  assert.deepEqual(
    unrecorded.map(({ name }) => name),
    [],
  );
  t.diagnostic(`${calls.length} operations: ${calls.map(({ name }) => name).join(", ")}`);
  assert.ok(calls.length > 30);
});

/** Makes a call that may be refused; answers its request id. */
async function callAnyhow(service: ServiceName, operation: string, input: object): Promise<string | undefined> {
  const { sandbox } = recording.opened;
  let requestId: string | undefined;
  await using client = await clientFor(service, {
    endpoint: sandbox.url,
    region: "eu-central-1",
    credentials: sandbox.administrator(accountId),
    maxAttempts: 1,
    onAnswer: (answer) => void (requestId = answer.requestId),
  });
  await client.call(operation as never, input as never).catch(() => undefined);
  return requestId;
}
