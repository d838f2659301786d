import assert from "node:assert/strict";
import { test } from "node:test";
import { SteppedClock } from "../../base/clock.ts";
import type { SourceProgress } from "../sources/source.ts";
import { Backfill, type BackfillOptions } from "./backfill.ts";
import { type Branch, branchOfKey } from "./branch.ts";
import { dayOf } from "./days.ts";
import { madeKey, madeSource, openListingPlace, type ListingPlace } from "./listing-place.fixture.ts";
import { MadeBucket } from "./made-bucket.fixture.ts";

const day = 86_400_000;
const start = Date.UTC(2026, 10, 21, 12);
const signal = new AbortController().signal;

async function openBackfill(
  { state, memory }: ListingPlace,
  bucket: MadeBucket,
  clock: SteppedClock,
  options: Partial<BackfillOptions> = {},
) {
  const given: string[] = [];
  const progress: (SourceProgress | undefined)[] = [];
  const troubles: unknown[] = [];
  const branches = () => {
    const found = bucket.keys.map((key) => branchOfKey("logs", key)).filter((branch) => branch !== undefined);
    return [...new Map(found.map((branch): [string, Branch] => [branch.path, branch])).values()];
  };
  const backfill = await Backfill.open({
    ...{ source: madeSource, ledger: state.ledger, clock, memory, lister: bucket, branches },
    from: "all",
    take: async (entries) => void given.push(...entries.map(({ key }) => key)),
    onStrange: () => undefined,
    onTrouble: (error) => void troubles.push(error),
    onProgress: (said) => void progress.push(said),
    ...options,
  });
  /** Goes on until nothing is to be done now. */
  const settle = async (stepsMax = Infinity) => {
    for (let steps = 0; steps < stepsMax; steps++) {
      const at = await backfill.step(signal);
      if (at === undefined || at > clock.now()) return;
    }
  };
  return { backfill, given, progress, troubles, settle };
}

/** Years of a company that had pauses. */
function fill(bucket: MadeBucket): string[] {
  const keys: string[] = [];
  for (const daysAgo of [0, 1, 2, 3, 4, 30, 31, 300, 301, 700, 1_500]) {
    for (const region of ["eu-central-1", "us-east-1"]) {
      if (region === "us-east-1" && daysAgo % 2 === 1) continue;
      keys.push(madeKey(start - daysAgo * day, `d${daysAgo}`, { region }));
    }
  }
  for (const key of keys) bucket.put(key);
  return keys;
}

const dayIn = (key: string) => /\d{4}\/\d\d\/\d\d/.exec(key)?.[0] ?? "";

test("years are read the newest day first, but for the days that are looked into anyway", async () => {
  await using place = await openListingPlace();
  const clock = new SteppedClock(start);
  const bucket = new MadeBucket(2);
  const keys = fill(bucket).filter((key) => !/_d[01]\./.test(key));
  const { given, progress, settle } = await openBackfill(place, bucket, clock);
  await settle();
  assert.deepEqual(given.toSorted(), keys.toSorted());
  assert.deepEqual(given.map(dayIn), given.map(dayIn).toSorted().toReversed());
  assert.deepEqual(
    [progress[0], progress.at(-1)].map((said) => [said?.done, said?.total, said?.unit]),
    [
      [0, 1_499, "days"],
      [1_498, 1_499, "days"],
    ],
  );
  assert.match(progress[0]?.what ?? "", /^Reading 2022-10-13 to 2026-11-19/);
  // Months without log files cost nothing.
  assert.ok(bucket.asked.length < 60, `${bucket.asked.length} listings`);
});

test("it begins at the day that was given", async () => {
  await using place = await openListingPlace();
  const clock = new SteppedClock(start);
  const bucket = new MadeBucket();
  fill(bucket);
  const { given, settle } = await openBackfill(place, bucket, clock, { from: dayOf(start - 30 * day) });
  await settle();
  assert.deepEqual([...new Set(given.map((key) => /_(d\d+)\./.exec(key)?.[1]))], ["d2", "d3", "d4", "d30"]);
  const earlier = await openBackfill(place, bucket, clock, { from: dayOf(start - 300 * day) });
  await earlier.settle();
  assert.deepEqual([...new Set(earlier.given.map((key) => /_(d\d+)\./.exec(key)?.[1]))], ["d31", "d300"]);
});

test("it goes on where it was stopped, and does nothing when all is done", async () => {
  await using place = await openListingPlace();
  const clock = new SteppedClock(start);
  const bucket = new MadeBucket();
  const keys = fill(bucket).filter((key) => !/_d[01]\./.test(key));
  const given: string[] = [];
  for (let runs = 0; runs < 30; runs++) {
    const run = await openBackfill(place, bucket, clock);
    await run.settle(2);
    given.push(...run.given);
    clock.advance(day / 2);
  }
  assert.deepEqual(given.toSorted(), keys.toSorted());
  bucket.asked.length = 0;
  const done = await openBackfill(place, bucket, clock);
  await done.settle();
  assert.deepEqual([bucket.asked, done.given, await done.backfill.step(signal)], [[], [], undefined]);
});

test("a day that is refused half-way is read again, and other branches go on meanwhile", async () => {
  await using place = await openListingPlace();
  const clock = new SteppedClock(start);
  const bucket = new MadeBucket(2);
  const many = Array.from({ length: 7 }, (_, number) => madeKey(start - 3 * day, `n${number}`));
  const other = [3, 4, 5].map((daysAgo) => madeKey(start - daysAgo * day, "o", { region: "us-east-1" }));
  for (const key of [...many, ...other]) bucket.put(key);
  let isRefused = true;
  bucket.onPage = (folder, page) => {
    if (isRefused && folder.includes("eu-central-1/2026/11/18/") && page === 2) throw new Error("The connection broke");
  };
  const { given, troubles, settle } = await openBackfill(place, bucket, clock);
  await settle();
  assert.deepEqual(given.toSorted(), [...many.slice(0, 4), ...other].toSorted());
  assert.equal(troubles.length, 1);
  isRefused = false;
  clock.advance(2_000);
  await settle();
  assert.deepEqual(given.toSorted(), [...many, ...other].toSorted());
});

test("a branch that shows up later is read from before as well", async () => {
  await using place = await openListingPlace();
  const clock = new SteppedClock(start);
  const bucket = new MadeBucket();
  fill(bucket);
  const { given, settle } = await openBackfill(place, bucket, clock);
  await settle();
  given.length = 0;
  const late = madeKey(start - 400 * day, "x", { accountId: "444455556666" });
  bucket.put(late);
  await settle();
  assert.deepEqual(given, [late]);
});
