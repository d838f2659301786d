import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { SteppedClock } from "../../base/clock.ts";
import { openSandbox, sandboxAccount, sandboxRegion } from "../../sandbox/sandbox.fixture.ts";
import { madeDigestKey, madeKey } from "../listing/listing-place.fixture.ts";
import type { FileOutcome, Intake } from "../intake/intake.ts";
import { ledgerObject, ObjectTaker } from "./object-taker.ts";
import { openSourcePlace, type SourcePlace } from "./source-place.fixture.ts";
import type { DigestDesk } from "./source.ts";
import { takeUpDue } from "./take-up-due.ts";

const start = Date.parse("2026-11-21T08:12:00Z");
const bucket = "example-logs";
const minute = 60_000;

interface Place extends AsyncDisposable {
  readonly clock: SteppedClock;
  readonly source: SourcePlace;
  readonly taker: ObjectTaker;
  /** Names of log files that went to the intake. */
  readonly read: readonly string[];
  put(key: string, metadata?: Record<string, string>): Promise<void>;
}

/** A source's hands over a bucket of the made-up AWS, without a store. */
async function openPlace(options: { readonly digests?: DigestDesk; readonly leftOut?: string } = {}): Promise<Place> {
  await using stack = new AsyncDisposableStack();
  const aws = stack.use(await openSandbox());
  const { sandbox } = aws;
  const s3 = await aws.client("s3");
  const LocationConstraint = sandboxRegion;
  await s3.call("CreateBucket", { Bucket: bucket, CreateBucketConfiguration: { LocationConstraint } });
  const { accessKeyId, secretAccessKey } = sandbox.administrator(sandboxAccount);
  const clock = new SteppedClock(start);
  const read: string[] = [];
  const source = stack.use(
    await openSourcePlace({
      clock,
      secrets: { accessKeyId, secretAccessKey },
      access: { region: sandboxRegion, endpoint: sandbox.url },
      intake: intakeInto(read),
      ...(options.digests === undefined ? {} : { digests: options.digests }),
    }),
  );
  const whyNot = (id: string) => (id === options.leftOut ? `Account ${id} is left out of this source` : undefined);
  const parts = stack.move();
  return {
    ...{ clock, source, read },
    taker: new ObjectTaker(source.context, { region: sandboxRegion, whyNot }),
    put: (Key, Metadata = {}) =>
      s3.call("PutObject", { Bucket: bucket, Key, Body: gzipSync("{}"), Metadata }).then(() => undefined),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

function intakeInto(read: string[]): Intake {
  return {
    room: (_lane, bytes) => Promise.resolve({ bytes, [Symbol.dispose]: () => undefined }),
    take({ name, version }) {
      read.push(name);
      const counts = { records: 1, stored: 1, duplicates: 0, rejected: 0, dropped: 0, lastEventAt: undefined };
      return Promise.resolve<FileOutcome>({ name, version, kind: "records", note: "", ...counts });
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

test("a digest goes to its desk with its metadata, once, and is no log file", async () => {
  await using place = await openPlace();
  const { taker, source, read } = place;
  const { signal } = source.stopping;
  const key = madeDigestKey(start);
  await place.put(key, { signature: "0a1b" });
  const heard = await Promise.all([1, 2].map(() => taker.hear({ bucket, key }, signal)));
  heard.push(await taker.hear({ bucket, key }, signal));
  assert.deepEqual(heard, [{ kind: "read" }, { kind: "read" }, { kind: "read" }]);
  assert.deepEqual(source.digests, [
    { source: "one", bucket, key, bytes: gzipSync("{}"), metadata: { signature: "0a1b" } },
  ]);
  assert.deepEqual([read, source.watch.figures.logFiles, source.watch.figures.swallowed], [[], 0, {}]);
  const totals = await source.state.ledger.totals({});
  assert.deepEqual([totals.known, totals.digests], [0, { known: 1, read: 1, failing: 0 }]);
});

test("a digest that cannot be kept is tried again, and the source does not fail over it", async () => {
  let isFull = true;
  const kept: string[] = [];
  const digests: DigestDesk = {
    take: ({ key }) => (isFull ? Promise.reject(new Error("No room")) : Promise.resolve(void kept.push(key))),
  };
  await using place = await openPlace({ digests });
  const { taker, source, clock } = place;
  const { signal } = source.stopping;
  const key = madeDigestKey(start);
  await place.put(key);
  const first = await taker.hear({ bucket, key }, signal);
  assert.ok(first.kind === "later");
  assert.deepEqual(source.watch.troubles, []);
  isFull = false;
  assert.equal(await taker.takeDue(0, signal), 0);
  clock.advance(first.afterMs);
  assert.equal(await taker.takeDue(0, signal), 1);
  assert.deepEqual(kept, [key]);
});

test("digests of accounts that were not selected are left out, and so is what only lies among digests", async () => {
  await using place = await openPlace({ leftOut: "444455556666" });
  const { taker, source } = place;
  const { signal } = source.stopping;
  const other = madeDigestKey(start, { accountId: "444455556666" });
  const strange = madeKey(start, "a", { type: "CloudTrail-Digest" });
  for (const key of [other, strange]) {
    await place.put(key);
    assert.deepEqual(await taker.hear({ bucket, key }, signal), { kind: "left out" });
  }
  assert.deepEqual(source.digests, []);
  assert.deepEqual(source.watch.figures.swallowed, { "account that is not selected": 1, "no digest by its name": 1 });
});

test("a log file that nobody heard of is fetched some minutes after a digest has named it", async () => {
  await using place = await openPlace();
  const { taker, source, clock, read } = place;
  const stop = new AbortController();
  const running = takeUpDue(taker, clock, stop.signal);
  const key = madeKey(start - 90 * minute, "a");
  await place.put(key);
  const { ledger } = source.state;
  const [entry] = await ledger.note("named", [ledgerObject({ bucket, key }, "one", start)], clock.now());
  assert.deepEqual([entry?.state, entry?.noticedAt, entry?.listedAt], ["waiting", undefined, undefined]);
  for (let waited = 0; waited <= 6 * minute && read.length === 0; waited += 10_000) {
    clock.advance(10_000);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await until(async () => (await ledger.totals({})).read === 1);
  stop.abort();
  await running;
  assert.deepEqual(read, [`s3://${bucket}/${key}`]);
  const totals = await ledger.totals({});
  assert.deepEqual([totals.named, totals.read, totals.noticed, totals.listed], [1, 1, 0, 0]);
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 10_000 && !(await isSo()); turn++) await new Promise((resolve) => setTimeout(resolve, 5));
}
