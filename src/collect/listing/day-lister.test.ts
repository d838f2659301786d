import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../../base/seeded-random.ts";
import { SteppedClock } from "../../base/clock.ts";
import { DayLister, type DayListerOptions } from "./day-lister.ts";
import { dayOf } from "./days.ts";
import { ledgerObject } from "../sources/object-taker.ts";
import { madeDigestKey, madeKey, madeSource, openListingPlace, type ListingPlace } from "./listing-place.fixture.ts";
import { MadeBucket } from "./made-bucket.fixture.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.UTC(2026, 10, 21, 12);
const signal = new AbortController().signal;

interface Listing {
  readonly lister: DayLister;
  readonly given: string[];
  readonly troubles: unknown[];
  /** Does all that is due. */
  readonly settle: () => Promise<void>;
}

async function openLister(
  { state, memory }: ListingPlace,
  bucket: MadeBucket,
  clock: SteppedClock,
  options: Partial<DayListerOptions> = {},
): Promise<Listing> {
  const given: string[] = [];
  const troubles: unknown[] = [];
  const lister = await DayLister.open({
    ...{ source: madeSource, ledger: state.ledger, clock, memory, lister: bucket },
    roots: [{ bucket: "logs", prefix: "" }],
    everyMs: minute,
    take: async (entries) => void given.push(...entries.map(({ key }) => key)),
    onTrouble: (error) => void troubles.push(error),
    ...options,
  });
  const settle = async () => {
    while ((await lister.lookOnce(signal)) <= clock.now());
  };
  return { lister, given, troubles, settle };
}

test("a file whose name sorts before files already read is found, hours later and days later", async () => {
  await using place = await openListingPlace();
  const clock = new SteppedClock(start);
  const bucket = new MadeBucket();
  bucket.put(madeKey(start, "m"));
  const { given, settle } = await openLister(place, bucket, clock);
  await settle();
  assert.deepEqual(given, [madeKey(start, "m")]);

  clock.advance(3 * hour);
  await settle();
  bucket.put(madeKey(start - 5 * hour, "a"));
  clock.advance(minute);
  await settle();
  assert.deepEqual(given.slice(1), [madeKey(start - 5 * hour, "a")]);

  for (const [later, within] of [
    [1, 10 * minute],
    [5, hour],
    [20, day],
  ] as const) {
    clock.advance(later * day);
    await settle();
    const late = madeKey(start, `late${later}`);
    bucket.put(late);
    clock.advance(within);
    await settle();
    assert.equal(given.at(-1), late, `${later} days later`);
  }
});

test("every file is given exactly once, in whatever order files come, the bucket fails, and the program restarts", async () => {
  for (const seed of [1, 2]) {
    await using place = await openListingPlace();
    const fraction = seededRandom(seed);
    const below = (limit: number) => Math.floor(fraction() * limit);
    const clock = new SteppedClock(start);
    const bucket = new MadeBucket(3);
    bucket.onPage = () => {
      if (fraction() < 0.03) throw new Error("The connection broke");
    };
    let listing = await openLister(place, bucket, clock, { everyMs: 5 * minute });
    const given: string[] = [];
    const accounts = ["111122223333", "444455556666"];
    for (let step = 0; step < 120; step++) {
      for (let files = below(4); files > 0; files--) {
        const lateness = fraction() < 0.2 ? below(10 * day) : below(hour);
        // What was meant for days before the source began is not asked for.
        const at = Math.max(clock.now() - lateness, start - (start % day));
        const accountId = accounts[below(2)] ?? "";
        const region = fraction() < 0.5 ? "eu-central-1" : "us-east-1";
        const organizationId = fraction() < 0.3 ? { organizationId: "o-exampleorgid" } : {};
        bucket.put(madeKey(at, `${below(1e9)}`, { accountId, region, ...organizationId }));
      }
      clock.advance(below(3 * hour));
      await listing.settle();
      if (fraction() < 0.05) {
        given.push(...listing.given);
        listing = await openLister(place, bucket, clock, { everyMs: 5 * minute });
      }
    }
    bucket.onPage = () => undefined;
    for (const wait of [minute, day]) {
      clock.advance(wait);
      await listing.settle();
    }
    given.push(...listing.given);
    assert.deepEqual(given.toSorted(), bucket.keys.toSorted(), `seed ${seed}`);
  }
});

test("after a stop of months, all that came meanwhile is read", async () => {
  await using place = await openListingPlace();
  const clock = new SteppedClock(start);
  const bucket = new MadeBucket();
  bucket.put(madeKey(start, "a"));
  const before = await openLister(place, bucket, clock);
  await before.settle();
  for (let days = 0; days < 70; days += 7) bucket.put(madeKey(start + days * day, "b"));
  clock.advance(70 * day);
  const after = await openLister(place, bucket, clock);
  await after.settle();
  assert.deepEqual(new Set(after.given), new Set(bucket.keys.filter((key) => key.includes("_b."))));
  const looks = await place.memory.all("listing");
  clock.advance(minute);
  bucket.asked.length = 0;
  await after.settle();
  assert.deepEqual(
    bucket.asked.filter((folder) => !folder.includes("/2027/01/30/")),
    [],
    JSON.stringify([...looks]),
  );
});

test("days from before the source began are left alone, unless a first day is given", async () => {
  await using place = await openListingPlace();
  const clock = new SteppedClock(start);
  const bucket = new MadeBucket();
  bucket.put(madeKey(start - 3 * day, "old"));
  bucket.put(madeKey(start, "new"));
  const today = await openLister(place, bucket, clock);
  await today.settle();
  clock.advance(2 * day);
  await today.settle();
  assert.deepEqual(today.given, [madeKey(start, "new")]);
  const earlier = await openLister(place, bucket, clock, { fromDay: dayOf(start - 5 * day) });
  await earlier.settle();
  assert.deepEqual(earlier.given, [madeKey(start - 3 * day, "old")]);
});

test("today is looked into every minute, older days more rarely, and only the day's folders are listed", async () => {
  await using place = await openListingPlace();
  const clock = new SteppedClock(start);
  const bucket = new MadeBucket();
  bucket.put(madeKey(start, "a"));
  const { settle } = await openLister(place, bucket, clock, { fromDay: dayOf(start - 40 * day) });
  await settle();
  clock.advance(day);
  await settle();
  bucket.asked.length = 0;
  for (let passed = 0; passed < 60; passed++) {
    clock.advance(minute);
    await settle();
  }
  const times = (days: number) => {
    const folder = new Date(start + (1 - days) * day).toISOString().slice(0, 10).replaceAll("-", "/");
    return bucket.asked.filter((asked) => asked.endsWith(`/${folder}/`)).length;
  };
  assert.deepEqual(
    [times(0), times(1), times(2), times(3), times(7), times(8), times(30), times(31)],
    [60, 6, 6, 1, 1, 0, 0, 0],
  );
});

test("accounts that are not asked for are not listed, and folders of others are left alone", async () => {
  await using place = await openListingPlace();
  const clock = new SteppedClock(start);
  const bucket = new MadeBucket();
  const keys = ["111122223333", "444455556666", "777788889999"].map((accountId) => madeKey(start, "a", { accountId }));
  for (const key of keys) bucket.put(key);
  const extra = ["AWSLogs/111122223333/Config/eu-central-1/2026/11/21/x.json.gz", "backups/tables.zip", "readme.txt"];
  for (const key of extra) bucket.put(key);
  const { given, settle } = await openLister(place, bucket, clock, {
    whyNot: (id) => (id === "444455556666" ? "left out" : undefined),
  });
  await settle();
  assert.deepEqual(given, [keys[0], keys[2]]);
  assert.deepEqual(
    bucket.asked.filter((folder) => /444455556666|Config/.test(folder)),
    [],
  );
});

test("both layouts, prefixes further up, and all kinds are found, digests among them", async () => {
  await using place = await openListingPlace();
  const clock = new SteppedClock(start);
  const bucket = new MadeBucket();
  const organizationId = "o-exampleorgid";
  const logs = [
    madeKey(start, "a"),
    madeKey(start, "a", { organizationId }),
    madeKey(start, "a", { prefix: "audit/company", organizationId, accountId: "444455556666" }),
    madeKey(start, "a", { type: "CloudTrail-Insight" }),
    madeKey(start, "a", { type: "CloudTrail-NetworkActivity" }),
    madeKey(start, "a", { type: "CloudTrail-Aggregated" }),
  ];
  const digest = madeDigestKey(start);
  const named = madeKey(start, "a", { type: "CloudTrail-Digest" });
  for (const key of [...logs, digest, named]) bucket.put(key);
  const strange = new Map<string, number>();
  const onStrange = (kind: string, count: number) => void strange.set(kind, (strange.get(kind) ?? 0) + count);
  const folder = `${logs[0]?.slice(0, logs[0].lastIndexOf("/")) ?? ""}/`;
  bucket.put(folder, { sizeBytes: 0 });
  const { given, settle } = await openLister(place, bucket, clock, { onStrange });
  await settle();
  clock.advance(minute);
  await settle();
  assert.deepEqual(given.toSorted(), [...logs, digest].toSorted());
  assert.deepEqual(Object.fromEntries(strange), { "no digest by its name": 1, folder: 1 });
  const entries = await place.state.ledger.entries([digest, named].map((key) => `s3://logs/${key}`));
  assert.deepEqual(entries.map(({ state, kind, listedAt }) => [state, kind, listedAt]).toSorted(), [
    ["left out", "digest", start],
    ["waiting", "digest", start],
  ]);
});

test("folders of digests are looked into more rarely than those of log files", async () => {
  await using place = await openListingPlace();
  const clock = new SteppedClock(start);
  const bucket = new MadeBucket();
  bucket.put(madeKey(start, "a"));
  bucket.put(madeDigestKey(start));
  const { settle } = await openLister(place, bucket, clock, { everyMs: minute });
  await settle();
  bucket.asked.length = 0;
  for (let minutes = 0; minutes < 60; minutes++) {
    clock.advance(minute);
    await settle();
  }
  const looks = (folder: RegExp) => bucket.asked.filter((path) => folder.test(path)).length;
  assert.deepEqual([looks(/CloudTrail\/.*2026\/11\/21/), looks(/CloudTrail-Digest\/.*2026\/11\/21/)], [60, 6]);
  assert.equal(looks(/CloudTrail-Digest\/.*2026\/11\/20/), 0);
});

test("a source that began before digests were collected takes up those that it left out, and looks for all since then", async () => {
  await using place = await openListingPlace();
  const clock = new SteppedClock(start);
  const bucket = new MadeBucket();
  const digests = [madeDigestKey(start - 40 * day), madeDigestKey(start - 35 * day), madeDigestKey(start)];
  for (const key of digests) bucket.put(key);
  const began = start - 36 * day;
  await place.memory.set(new Map([["listing", { began, looks: { "2026-11-21": start - minute } }]]));
  const [, , last] = digests;
  const { ledger } = place.state;
  const entry = ledgerObject({ bucket: "logs", key: last ?? "" }, madeSource, start);
  await ledger.note("listed", [entry], start);
  await ledger.markLeftOut([{ name: entry.name, problem: "It is no log file: digest" }], start);
  const { given, settle } = await openLister(place, bucket, clock);
  await settle();
  assert.deepEqual(given, [digests[1]]);
  const due = await ledger.due(madeSource, { now: start, heardBefore: start - 1, limit: 9 });
  assert.deepEqual(
    due.map(({ key }) => key),
    [last],
  );

  // Only once: what is left out for another reason stays so.
  await ledger.markLeftOut([{ name: entry.name, problem: "Account 111122223333 is left out of this source" }], start);
  await openLister(place, bucket, clock);
  const [again] = await ledger.entries([entry.name]);
  assert.equal(again?.state, "left out");
});

test("a new account is listed as soon as somebody hears of a file of it", async () => {
  await using place = await openListingPlace();
  const clock = new SteppedClock(start);
  const bucket = new MadeBucket();
  bucket.put(madeKey(start, "a"));
  const { lister, given, settle } = await openLister(place, bucket, clock);
  await settle();
  const key = madeKey(start, "b", { accountId: "444455556666", region: "ap-east-1" });
  bucket.put(key);
  lister.hearOf({ bucket: "logs", key });
  lister.hearOf({ bucket: "elsewhere", key: madeKey(start, "c", { accountId: "777788889999" }) });
  clock.advance(minute);
  await settle();
  assert.deepEqual(given.slice(1), [key]);
  assert.equal(lister.branches.length, 2);
});

test("an object that was overwritten after it was read is given again", async () => {
  await using place = await openListingPlace();
  const clock = new SteppedClock(start);
  const bucket = new MadeBucket();
  const key = madeKey(start, "a");
  bucket.put(key, { etag: "1" });
  const { given, settle } = await openLister(place, bucket, clock);
  await settle();
  await place.state.ledger.markRead([{ name: `s3://logs/${key}`, records: 1, version: "1" }], clock.now());
  for (const etag of ["1", "2"]) {
    bucket.put(key, { etag });
    clock.advance(minute);
    await settle();
  }
  assert.deepEqual(given, [key, key]);
});

test("a folder that is refused does not keep the others from being listed, and is told of until it is listed", async () => {
  await using place = await openListingPlace();
  const clock = new SteppedClock(start);
  const bucket = new MadeBucket();
  const [open, refused] = [madeKey(start, "a"), madeKey(start, "a", { region: "us-east-1" })];
  bucket.put(open);
  bucket.put(refused);
  let isRefused = true;
  bucket.onPage = (folder) => {
    if (isRefused && /us-east-1\/2026/.test(folder)) throw new Error("Refused");
  };
  let looked = 0;
  const { given, troubles, settle } = await openLister(place, bucket, clock, { onLooked: () => looked++ });
  await settle();
  const after = looked;
  clock.advance(10 * minute);
  await settle();
  assert.deepEqual([given, looked], [[open], after]);
  assert.ok(troubles.length >= 2);
  isRefused = false;
  clock.advance(minute);
  await settle();
  assert.deepEqual(given, [open, refused]);
  assert.ok(looked > after);
});
