import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { makeLogFile, makeRecord } from "../../../../test/fixtures/made-record.ts";
import { systemClock } from "../../../base/clock.ts";
import type { PushResponse } from "../source.ts";
import { openSourcePlace, openStoredPlace, type SourcePlace } from "../source-place.fixture.ts";
import { pushSource } from "./push-source.ts";
import { makeToken } from "./push-token.ts";

/** One store for all; each test posts records of its own numbers. */
const { store, intake, ...stored } = await openStoredPlace({ clock: systemClock });
after(() => stored[Symbol.asyncDispose]());

let lastNumber = 0;
/** Numbers of records that no other test posts. */
function newNumbers(count: number): readonly number[] {
  return Array.from({ length: count }, () => ++lastNumber);
}

async function openPush(settings: Readonly<Record<string, unknown>> = {}) {
  const { secrets, shown } = makeToken();
  const place = await openSourcePlace({ clock: systemClock, secrets, intake });
  const before = await store.statistics();
  const running = pushSource.run(pushSource.settings.parse(settings), place.context);
  running.catch(() => undefined);
  const authorization = `Bearer ${shown["token"]}`;
  return {
    place,
    token: shown["token"] ?? "",
    /** What the store holds since this was opened. */
    async stored() {
      const { events, logFiles } = await store.statistics();
      return { events: events - before.events, logFiles: logFiles - before.logFiles };
    },
    post: (body: string | Buffer | AsyncIterable<Uint8Array>, headers: Readonly<Record<string, string>> = {}) =>
      place.push({ headers: { Authorization: authorization, ...headers }, body: chunksOf(body) }),
    async [Symbol.asyncDispose]() {
      place.stopping.abort();
      await running.catch(() => undefined);
      await place[Symbol.asyncDispose]();
    },
  };
}

async function* chunksOf(body: string | Buffer | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (typeof body === "string" || Buffer.isBuffer(body)) {
    const bytes = Buffer.from(body);
    for (let at = 0; at < bytes.length; at += 64 * 1024) yield bytes.subarray(at, at + 64 * 1024);
  } else yield* body;
}

const counts = (records: number, stored: number) => ({
  records,
  stored,
  duplicates: records - stored,
  rejected: 0,
});

const envelope = (number: number) => ({
  version: "0",
  id: `envelope-${number}`,
  "detail-type": "AWS API Call via CloudTrail",
  source: "aws.s3",
  account: "111122223333",
  detail: makeRecord(number),
});

const logsMessage = (numbers: readonly number[]) =>
  JSON.stringify({
    messageType: "DATA_MESSAGE",
    logEvents: numbers.map((number) => ({ id: `${number}`, message: JSON.stringify(makeRecord(number)) })),
  });

const bodies: readonly [string, (numbers: readonly number[]) => string | Buffer, Readonly<Record<string, string>>?][] =
  [
    ["a log file", (numbers) => makeLogFile(numbers.map((number) => makeRecord(number)))],
    [
      "a compressed log file",
      (numbers) => gzipSync(makeLogFile(numbers.map((number) => makeRecord(number)))),
      { "content-encoding": "gzip" },
    ],
    ["records, one a line", (numbers) => numbers.map((number) => `${JSON.stringify(makeRecord(number))}\n`).join("")],
    ["events of EventBridge", (numbers) => numbers.map((number) => JSON.stringify(envelope(number))).join("\n")],
    ["what CloudWatch Logs sends", (numbers) => gzipSync(logsMessage(numbers))],
    [
      "what LookupEvents answers",
      (numbers) =>
        JSON.stringify({ Events: numbers.map((number) => ({ CloudTrailEvent: JSON.stringify(makeRecord(number)) })) }),
    ],
  ];

for (const [what, bodyOf, headers] of bodies) {
  test(`${what} can be posted, and the same again stores nothing`, async () => {
    await using push = await openPush();
    const body = bodyOf(newNumbers(2));
    assert.deepEqual(await push.post(body, headers), { status: 200, headers: {}, body: counts(2, 2) });
    assert.equal((await push.stored()).events, 2);
    assert.deepEqual((await push.post(body, headers)).body, counts(2, 0));
    assert.equal((await push.stored()).events, 2);
  });
}

test("posts without the token are refused before they are read, however it is given", async () => {
  await using push = await openPush({ tokenHeader: "X-Key" });
  const { place, token } = push;
  const [number = 0] = newNumbers(1);
  const body = JSON.stringify(makeRecord(number));
  const statusFor = async (headers: Readonly<Record<string, string>>) =>
    (await place.push({ headers, body: chunksOf(body) })).status;
  for (const headers of [
    {},
    { authorization: "" },
    { authorization: "Bearer" },
    { authorization: "Bearer wrong" },
    { authorization: `Bearer ${token}x` },
    { "x-other": token },
  ]) {
    assert.equal(await statusFor(headers), 401);
  }
  assert.equal((await push.stored()).events, 0);
  for (const headers of [
    { authorization: `bearer ${token}` },
    { authorization: `Basic ${Buffer.from(`any:${token}`).toString("base64")}` },
    { "x-key": token },
  ]) {
    assert.equal(await statusFor(headers), 200);
  }
});

function firehosePost(requestId: string, records: readonly (string | Buffer)[]): string {
  const data = records.map((record) => ({ data: Buffer.from(record).toString("base64") }));
  return JSON.stringify({ requestId, timestamp: 1_578_090_901_599, records: data });
}

async function viaFirehose(
  { place, token }: { readonly place: SourcePlace; readonly token: string },
  body: string | Buffer,
  id = "request-1",
): Promise<PushResponse> {
  return place.push({
    headers: {
      "x-amz-firehose-protocol-version": "1.0",
      "x-amz-firehose-request-id": id,
      "x-amz-firehose-access-key": token,
    },
    body: chunksOf(body),
  });
}

test("Data Firehose is answered in its own form, also when it posts the same once more", async () => {
  await using push = await openPush();
  const [first = 0, second = 0, ...others] = newNumbers(4);
  const records = [JSON.stringify(makeRecord(first)), JSON.stringify(envelope(second)), gzipSync(logsMessage(others))];
  const began = Date.now();
  for (const body of [firehosePost("request-1", records), gzipSync(firehosePost("request-1", records))]) {
    const answer = await viaFirehose(push, body);
    assert.equal(answer.status, 200);
    const { requestId, timestamp } = answer.body as { requestId: string; timestamp: number };
    assert.equal(requestId, "request-1");
    assert.ok(timestamp >= began);
  }
  assert.equal((await push.stored()).events, 4);
  assert.equal((await push.stored()).logFiles, 1);
});

test("a post of Data Firehose that cannot be used is answered with what was wrong", async () => {
  await using push = await openPush();
  const cases: readonly [string, RegExp][] = [
    ["{", /is no JSON/],
    ['{"records":1}', /not in the form/],
    [firehosePost("request-1", ["nothing of CloudTrail"]), /./],
  ];
  for (const [body, message] of cases) {
    const answer = await viaFirehose(push, body);
    assert.equal(answer.status, 422);
    const { requestId, errorMessage } = answer.body as { requestId: string; errorMessage: string };
    assert.equal(requestId, "request-1");
    assert.match(errorMessage, message);
  }
  const bomb = await viaFirehose(push, firehosePost("request-1", [gzipSync(Buffer.alloc(300 * 1024 * 1024))]));
  assert.equal(bomb.status, 422);
  const { status, body } = await push.place.push({
    headers: { "x-amz-firehose-request-id": "7", "x-amz-firehose-access-key": "wrong" },
    body: chunksOf("{}"),
  });
  assert.deepEqual([status, (body as { requestId: string }).requestId], [401, "7"]);
});

test("what holds no records is refused with the reason, and what holds some is taken", async () => {
  await using push = await openPush();
  const [number = 0] = newNumbers(1);
  const statusOf = async (body: string | Buffer, headers = {}) => (await push.post(body, headers)).status;
  assert.equal(await statusOf(""), 400);
  assert.equal(await statusOf("hello"), 422);
  assert.equal(await statusOf('{"a":1}'), 422);
  assert.equal(await statusOf("\x89PNG\r\n\x1a\n"), 422);
  assert.equal(await statusOf(JSON.stringify(makeRecord(number)), { "content-encoding": "br" }), 415);
  const { status, body } = await push.post(`${JSON.stringify(makeRecord(number))}\n{"a":1}\n`);
  assert.deepEqual([status, body], [200, { records: 2, stored: 1, duplicates: 0, rejected: 1 }]);
});

test("a large post goes over the disk and leaves nothing there; one that is too large is refused", async () => {
  await using push = await openPush({ mebibytesMax: 1 });
  const records = newNumbers(700).map((number) => JSON.stringify(makeRecord(number)));
  assert.deepEqual((await push.post(records.join("\n"))).body, counts(700, 700));
  const large = newNumbers(3_000)
    .map((number) => JSON.stringify(makeRecord(number)))
    .join("\n");
  assert.equal((await push.post(large)).status, 413);
  assert.deepEqual(readdirSync(push.place.context.folder), []);
  assert.equal((await push.stored()).events, 700);
});

test("a post that breaks off stores nothing and leaves nothing", async () => {
  await using push = await openPush();
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(`${JSON.stringify(makeRecord(1))}\n${" ".repeat(300 * 1024)}`);
    throw new Error("aborted");
  }
  assert.equal((await push.post(broken())).status, 400);
  assert.deepEqual(readdirSync(push.place.context.folder), []);
  assert.equal((await push.stored()).events, 0);
});

test("more posts at once than are allowed are asked to come again, and then nothing is missing", async () => {
  await using push = await openPush({ postsAtOnce: 2 });
  const left = [...newNumbers(12)];
  let waits = 0;
  const send = async (number: number): Promise<void> => {
    const { status, headers } = await push.post(JSON.stringify(makeRecord(number)));
    if (status === 200) return;
    assert.equal(status, 429);
    assert.equal(headers["retry-after"], "1");
    waits++;
    left.push(number);
  };
  while (left.length > 0) await Promise.all(left.splice(0).map(send));
  assert.ok(waits > 0);
  assert.equal((await push.stored()).events, 12);
});

test("a source that is stopped answers who is in the middle of a post, and takes no more", async () => {
  const push = await openPush();
  const never = new Promise<never>(() => undefined);
  async function* endless(): AsyncGenerator<Uint8Array> {
    yield Buffer.from("{");
    await never;
  }
  const answer = push.post(endless());
  await push[Symbol.asyncDispose]();
  assert.equal((await answer).status, 503);
  assert.equal((await push.post(JSON.stringify(makeRecord(1)))).status, 503);
});
