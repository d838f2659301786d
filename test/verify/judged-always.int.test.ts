import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import type { AwsClient } from "../../src/aws/index.ts";
import { parseObjectKey } from "../../src/cloudtrail/index.ts";
import { openVerification, type Verification } from "../../src/verify/index.ts";
import { manager, openCollectingPlace, settle, type CollectingPlace } from "../way/collecting.fixture.ts";

const region = "eu-central-1";
const hour = 3_600_000;
const always = new AbortController().signal;

/** Hours of the made-up AWS with something happening in each, before anybody collects. */
async function passHours(place: CollectingPlace, s3: AwsClient<"s3">, hours: number): Promise<void> {
  for (let passed = 0; passed < hours; passed += 1) {
    const before = (await keysOf(s3, place.wiring.bucket)).digests.length;
    for (let third = 0; third < 3; third += 1) {
      const { length } = (await keysOf(s3, place.wiring.bucket)).logFiles;
      await s3.call("ListBuckets", {});
      place.sandbox.sandbox.clock.advance(hour / 3);
      await until(async () => (await keysOf(s3, place.wiring.bucket)).logFiles.length > length);
    }
    await until(async () => (await keysOf(s3, place.wiring.bucket)).digests.length > before);
  }
  // What waits for the last digest arrives.
  place.sandbox.sandbox.clock.advance(10_000);
  await settle();
}

/** Keys of the account that everything happens in, oldest first. */
async function keysOf(s3: AwsClient<"s3">, Bucket: string) {
  const keys: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.call("ListObjectsV2", { Bucket, ...(ContinuationToken && { ContinuationToken }) });
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  const own = keys.filter((key) => key.includes(`/${manager}/`) && key.includes(`/${region}/`)).sort();
  return {
    digests: own.filter((key) => key.includes("-Digest/")),
    logFiles: own.filter((key) => key.includes("/CloudTrail/")),
  };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 2_000; turn += 1) {
    if (await isSo()) return;
    await settle();
  }
  assert.fail("It never came to be");
}

function verificationOf(place: CollectingPlace): Verification {
  const none = () => {
    throw new TypeError("Nobody asks for this here");
  };
  return openVerification({
    store: place.store,
    state: place.state,
    clock: place.sandbox.sandbox.clock,
    reach: (source) => place.collector.reach(source),
    sources: async () => (await place.collector.list()).map(({ name }) => ({ name })),
    seed: 1,
    onFailure: (error) => assert.fail(String(error)),
    audit: none,
    exportCase: none,
    rereadsADay: 0,
  });
}

function deliveredAt(key: string): number {
  const read = parseObjectKey(key);
  return read.ok ? (read.key.deliveredAt ?? 0) : 0;
}

test("what is collected from the made-up AWS is proven; a late digest, a changed, a deleted and an injected log file are named", async () => {
  await using place = await openCollectingPlace();
  const { bucket: Bucket } = place.wiring;
  const s3 = await place.sandbox.client("s3", { accountId: manager });
  // A source looks for digests from the day on which it ran first: the hours that follow may go past midnight.
  await place.addQueue("main", { auditEverySeconds: 60 });
  await until(async () => (await place.collector.get("main")).lookedAt !== undefined);
  await place.collector.pause("main");
  await passHours(place, s3, 5);
  const { digests, logFiles } = await keysOf(s3, Bucket);
  assert.ok(digests.length >= 5 && logFiles.length >= 5, `${digests.length} digests, ${logFiles.length} log files`);
  // One hour's digest is held back; two hours before it files are changed, deleted and injected.
  const [first = "", second = "", , held = "", next = ""] = digests;
  const [from, to] = [deliveredAt(held) - hour, deliveredAt(held)];
  const inHeld = logFiles.filter((key) => deliveredAt(key) >= from + 60_000 && deliveredAt(key) < to - 60_000);
  // Not of the first hour: a file may bear a minute in which the chain had not begun yet.
  const isBefore = (at: number) => at > deliveredAt(first) + 60_000 && at < deliveredAt(second) - 60_000;
  const before = logFiles.filter((key) => isBefore(deliveredAt(key)));
  const [changed = "", deleted = ""] = before;
  assert.ok(inHeld.length > 0 && deleted !== "" && next !== "", `${inHeld.length} held, ${before.length} before`);
  const kept = await s3.call("GetObject", { Bucket, Key: held });
  const Body = Buffer.from((await kept.Body?.transformToByteArray()) ?? []);
  await s3.call("DeleteObject", { Bucket, Key: held });
  await s3.call("DeleteObject", { Bucket, Key: deleted });
  await s3.call("PutObject", { Bucket, Key: changed, Body: gzipSync(`{"Records":[]}`) });
  const injected = changed.replace(/[^_]+$/, "injectedInjected.json.gz");
  await s3.call("PutObject", { Bucket, Key: injected, Body: gzipSync(`{"Records":[]}`) });

  await place.collector.resume("main");
  const wanted = digests.length - 1;
  const chain = `${manager}/${region}`;
  const collected = async () => {
    place.sandbox.sandbox.clock.advance(5_000);
    const rows = await place.store.proofs.chainsSince(0);
    const own = rows.find((row) => row.chain.startsWith(chain) && !row.chain.endsWith("backfill"));
    if (own === undefined) return false;
    const stored = await place.store.proofs.digests(own.chain, { limit: 100 });
    const names = [...logFiles.filter((key) => key !== deleted), injected].map((key) => `s3://${Bucket}/${key}`);
    return stored.length >= wanted && (await place.store.proofs.readLogFiles(names)).size === names.length;
  };
  await until(collected);
  await using verification = verificationOf(place);
  await verification.judgeNow(always);

  const verdict = async (key: string) => {
    const name = `s3://${Bucket}/${key}`;
    const row = (await place.store.proofs.verdicts([name])).get(name);
    return `${row?.verdict} ${row?.reason}`.trim();
  };
  const open = async () => {
    const all = await verification.findings(
      { from: 0, to: 4e12, isOpen: true, accountId: manager, region },
      { limit: 100 },
    );
    return all.map(({ kind }) => kind).sort();
  };
  assert.equal(await verdict(changed), "broken content-differs");
  assert.equal(await verdict(injected), "undeclared not-named");
  for (const key of inHeld) assert.equal(await verdict(key), "unproven digest-missing");
  // The source tries the deleted one some times before it is called missing.
  await until(async () => {
    place.sandbox.sandbox.clock.advance(60_000);
    await verification.judgeNow(always);
    return (await verdict(deleted)) === "missing not-found";
  });
  assert.deepEqual(await open(), ["digest-missing", "log-broken", "log-missing"]);
  const rest = logFiles.filter(
    (key) => ![changed, deleted, ...inHeld].includes(key) && deliveredAt(key) < to - 2 * hour,
  );
  for (const key of rest) assert.equal(await verdict(key), "proven", key);

  await s3.call("PutObject", { Bucket, Key: held, Body, Metadata: kept.Metadata ?? {} });
  await until(async () => {
    place.sandbox.sandbox.clock.advance(60_000);
    await settle();
    return (await place.store.proofs.digest(`s3://${Bucket}/${held}`)) !== undefined;
  });
  await verification.judgeNow(always);
  for (const key of inHeld) assert.equal(await verdict(key), "proven", key);
  assert.deepEqual(await open(), ["log-broken", "log-missing"]);
  // Nobody hears of it twice, and events have their verdict.
  const [read] = [...(await place.store.proofs.readLogFiles([`s3://${Bucket}/${inHeld[0] ?? ""}`])).values()];
  const view = (await verification.verdictsOf([read?.logFile ?? ""])).get(read?.logFile ?? "");
  assert.match(view?.sentence ?? "", /^Proven: the digest of .* names it/);
  const overview = await verification.overview({ from: 0, to: 4e12 });
  assert.deepEqual([overview.logFiles.broken, overview.logFiles.missing, overview.logFiles.undeclared], [1, 1, 1]);
  // Of what no digest names is told when no digest for late log files has named it either.
  await until(async () => {
    place.sandbox.sandbox.clock.advance(600_000);
    await settle();
    await verification.judgeNow(always);
    return (await open()).includes("log-undeclared");
  });
  assert.deepEqual(place.failures, []);
});
