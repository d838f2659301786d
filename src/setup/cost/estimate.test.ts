import assert from "node:assert/strict";
import { test } from "node:test";

import { estimate } from "./estimate.ts";
import { digestListingsInMonth, listingsInMonth } from "./habits.ts";
import {
  allS3Data,
  home,
  makeAccount,
  makeCell,
  makeDataCell,
  makeTrail,
  makeVolumes,
  managementOnly,
  shop,
  staging,
  trailPrices,
} from "./made-account.fixture.ts";
import { defaultPrices, type PriceName } from "./prices.ts";
import { assumedVolumes, type Volumes } from "./volumes.ts";

const topicArn = `arn:aws:sns:${home}:${shop}:trailwarden`;
const keyArn = `arn:aws:kms:${home}:${shop}:key/11111111-2222-3333-4444-555555555555`;
const gigabyte = 2 ** 30;

/** Two regions with a file every five minutes in one, and every hour in the other. */
function delivered(bucket: string, ...places: readonly (readonly [region: string, files: number, bytes: number])[]) {
  return places.map(([region, files, bytes]) => ({ place: `s3://${bucket}`, accountId: shop, region, files, bytes }));
}

function amountsOf(lines: readonly { readonly id: string; readonly item: PriceName; readonly microDollars: number }[]) {
  const amounts = new Map<string, number>();
  for (const { item, microDollars } of lines) amounts.set(item, (amounts.get(item) ?? 0) + microDollars);
  return Object.fromEntries(amounts);
}

test("a trail that is made, encrypted, notified and fetched costs what its parts cost", () => {
  const after = makeTrail("trailwarden", {
    value: { bucket: "b", topicArn, keyArn, validatesLogFiles: true, logGroupArn: "arn:aws:logs:…" },
  });
  const volumes = makeVolumes([makeCell(2_000_000, { bytes: 3 * gigabyte })], {
    delivered: delivered("b", [home, 8_000, 2 * gigabyte], ["eu-central-1", 2_000, gigabyte]),
  });
  const bill = estimate({
    account: makeAccount([]),
    change: { after },
    volumes,
    prices: defaultPrices,
    makesKey: true,
  });
  const amounts = amountsOf(bill.lines);
  // 10,000 log files + 2 regions × 720 digests = 11,440 writes, as many reads, 2 regions × listings
  const listings = 2 * (listingsInMonth + digestListingsInMonth);
  assert.equal(amounts["s3-writes"], Math.round(11_440 * 5) + Math.round(listings * 5)); // $0.005 / 1,000
  assert.equal(amounts["s3-reads"], 4_576); // 11,440 × $0.0004 / 1,000 = $0.004576
  // a tenth of 3 GB, and 1,440 digests of 2 KiB: (322,122,547 + 2,949,120) / 2^30 × $0.023 = $0.006963
  assert.equal(amounts["s3-storage"], 6_963);
  assert.equal(amounts["sns-publishes"], 5_000); // 10,000 × $0.50 / 1,000,000 = $0.005
  // 129,600 waits of twenty seconds + 10,000 receives + 10,000 deletes = 149,600 × $0.40 / 1,000,000 = $0.05984
  assert.equal(amounts["sqs-requests"], 59_840);
  // each GetObject is a Decrypt: 10,000 × $0.03 / 10,000 = $0.03
  assert.equal(amounts["kms-requests"], 30_000);
  assert.equal(amounts["kms-key"], 1_000_000); // $1.00
  assert.equal(amounts["logs-ingestion"], 1_500_000); // 3 GB × $0.50 = $1.50
  assert.equal(amounts["management-first-copy"], 0);
  assert.equal(
    bill.totalMicroDollars,
    Object.values(amounts).reduce((sum, amount) => sum + amount, 0),
  );
  assert.equal(bill.change?.beforeMicroDollars, 0);
  assert.equal(bill.change.addedMicroDollars, bill.totalMicroDollars);
});

test("KMS decrypts are charged by the files that are fetched, and not at all where none are", () => {
  const trail = makeTrail("one", { value: { bucket: "b", keyArn } });
  const volumes = makeVolumes([makeCell(1)], { delivered: delivered("b", [home, 150_000, 0]) });
  const account = makeAccount([trail]);
  const fetched = estimate({ account, volumes, prices: trailPrices, collects: [trail.arn] });
  // 150,000 × $0.03 / 10,000 = $0.45
  assert.equal(amountsOf(fetched.lines)["kms-requests"], 450_000);
  const left = estimate({ account, volumes, prices: trailPrices });
  assert.equal(amountsOf(left.lines)["kms-requests"], undefined);
  assert.equal(left.totalMicroDollars, 0);
});

test("a second trail adds its copy, and its end saves that copy and no more", () => {
  const [one, two] = [makeTrail("one"), makeTrail("a-second")];
  const volumes = makeVolumes([makeCell(500_000)]);
  const added = estimate({ account: makeAccount([one]), change: { after: two }, volumes, prices: trailPrices });
  // 500,000 × $2.00 / 100,000 = $10.00
  assert.equal(added.change?.addedMicroDollars, 10_000_000);
  assert.deepEqual(
    added.lines.filter(({ microDollars }) => microDollars > 0).map(({ item, trailArn }) => [item, trailArn]),
    [["management-copy", two.arn]],
  );
  const ended = estimate({
    account: makeAccount([one, two]),
    change: { before: two, after: { ...two, isLogging: false } },
    volumes,
    prices: trailPrices,
  });
  assert.equal(ended.change?.addedMicroDollars, -10_000_000);
  assert.deepEqual(
    ended.change.lines.map(({ addedMicroDollars }) => addedMicroDollars),
    [-10_000_000],
  );
});

test("a change of a trail that is there adds what it adds to that trail, said or not", () => {
  const before = makeTrail("one", { selectors: { advanced: [managementOnly] } });
  const after = { ...before, insights: ["ApiErrorRateInsight Management"] };
  const account = makeAccount([before, makeTrail("other")]);
  const ask = { account, volumes: makeVolumes([makeCell(100_000)]), prices: trailPrices };
  // 100,000 × $0.35 / 100,000 = $0.35; the copy of $2.00 was there before
  for (const change of [{ before, after }, { after }]) {
    assert.equal(estimate({ ...ask, change }).change?.addedMicroDollars, 350_000);
  }
});

test("ending the only trail saves nothing: its copy is the free one", () => {
  const one = makeTrail("one");
  const volumes = makeVolumes([makeCell(5_000_000)]);
  const ended = estimate({ account: makeAccount([one]), change: { before: one }, volumes, prices: trailPrices });
  assert.equal(ended.change?.addedMicroDollars, 0);
  assert.deepEqual(ended.lines, []);
});

test("a trail of one region made one of all is charged where another is already", () => {
  const one = makeTrail("one", { value: { isMultiRegion: false } });
  const other = makeTrail("other", { homeRegion: "eu-central-1", value: { isMultiRegion: false } });
  const bill = estimate({
    account: makeAccount([one, other]),
    change: { before: one, after: { ...one, value: { ...one.value, isMultiRegion: true } } },
    volumes: makeVolumes([makeCell(900_000), makeCell(150_000, { region: "eu-central-1" })]),
    prices: trailPrices,
  });
  // 150,000 of eu-central-1 × $2.00 / 100,000 = $3.00
  assert.equal(bill.change?.addedMicroDollars, 3_000_000);
  assert.deepEqual(
    bill.warnings.filter(({ kind }) => kind === "single-and-multi-region").map(({ microDollars }) => microDollars),
    [3_000_000],
  );
});

test("a trail that records the data events of its own bucket pays for its own deliveries", () => {
  const before = makeTrail("one", { value: { bucket: "b", validatesLogFiles: true } });
  const after = { ...before, selectors: { advanced: [managementOnly, allS3Data] } };
  const volumes = makeVolumes([makeCell(1_000)], {
    delivered: delivered("b", [home, 900_000, 0], ["eu-central-1", 98_560, 0]),
  });
  const ask = { account: makeAccount([before]), change: { before, after }, volumes, prices: trailPrices };
  // 998,560 log files + 1,440 digests = 1,000,000 PutObject × $0.10 / 100,000 = $1.00
  const written = estimate({ ...ask, collects: [] });
  assert.equal(written.change?.addedMicroDollars, 1_000_000);
  const warning = written.warnings.find(({ kind }) => kind === "own-bucket-loop");
  assert.equal(warning?.microDollars, 1_000_000);
  assert.match(warning.sentence, /its own bucket b: .*\(\$1\.00 a month\)/);
  // and 998,560 GetObject, when they are fetched: + $0.99856
  const fetched = estimate(ask);
  assert.equal(fetched.warnings.find(({ kind }) => kind === "own-bucket-loop")?.microDollars, 1_998_560);
});

test("a trail that leaves its own bucket out of its data events has no loop", () => {
  const without = (arn: string) => ({
    advanced: [
      managementOnly,
      { FieldSelectors: [...allS3Data.FieldSelectors, { Field: "resources.ARN", NotStartsWith: [arn] }] },
    ],
  });
  const volumes = makeVolumes([makeCell(1)], { delivered: delivered("b", [home, 1_000, 0]) });
  const kinds = (arn: string) => {
    const trail = makeTrail("one", { value: { bucket: "b" }, selectors: without(arn) });
    return estimate({ account: makeAccount([trail]), volumes, prices: trailPrices }).warnings.map(({ kind }) => kind);
  };
  assert.ok(!kinds("arn:aws:s3:::b/").includes("own-bucket-loop"));
  assert.ok(kinds("arn:aws:s3:::other/").includes("own-bucket-loop"));
});

test("a loop that was there while events were counted is not counted again", () => {
  const trail = makeTrail("one", { value: { bucket: "b" }, selectors: { advanced: [allS3Data] } });
  const volumes = makeVolumes([makeDataCell(2_000_000, { readOnly: false })], {
    delivered: delivered("b", [home, 1_000_000, 0]),
  });
  const account = makeAccount([trail]);
  const bill = estimate({ account, volumes, prices: trailPrices });
  // 2,000,000 × $0.10 / 100,000 = $2.00, of which the loop's 1,000,000 are $1.00
  assert.equal(bill.totalMicroDollars, 2_000_000);
  assert.equal(bill.warnings.find(({ kind }) => kind === "own-bucket-loop")?.microDollars, 1_000_000);
  const assumed: Volumes = { ...volumes, basis: { kind: "assumed", sentence: "" } };
  assert.equal(estimate({ account, volumes: assumed, prices: trailPrices }).totalMicroDollars, 3_000_000);
});

test("digests are one an hour for each region and account, whether something happened or not", () => {
  const regions = Array.from({ length: 17 }, (_, index) => `eu-west-${index}`);
  const trail = makeTrail("one", {
    homeRegion: "eu-west-1",
    value: { validatesLogFiles: true, isOrganization: true },
  });
  const prices = defaultPrices;
  const account = makeAccount([trail], { regions });
  const bill = estimate({ account, volumes: makeVolumes([], { accounts: [shop, staging] }), prices });
  // 24 × 30 × 17 = 12,240 for each of two accounts; × $0.005 / 1,000 = $0.1224
  const writes = bill.lines.find(({ item }) => item === "s3-writes");
  assert.equal(writes?.quantity, 24_480);
  assert.equal(writes.microDollars, 122_400);
  assert.match(
    bill.warnings.find(({ kind }) => kind === "digests")?.sentence ?? "",
    /24,480 digests .*\$0\.12 a month/,
  );
});

test("log files that are kept longer cost more, and what is never deleted is said to grow", () => {
  const trail = makeTrail("one", { value: { bucket: "b" } });
  const volumes = makeVolumes([makeCell(1)], { delivered: delivered("b", [home, 0, 100 * gigabyte]) });
  const storage = (retentionDays?: number) =>
    estimate({ account: makeAccount([trail]), volumes, prices: defaultPrices, retentionDays }).lines.find(
      ({ item }) => item === "s3-storage",
    );
  // 100 GB are 10 GB packed: × $0.023 = $0.23 for a month's; 360 days: twelve times = $2.76
  assert.equal(storage()?.microDollars, 230_000);
  assert.match(storage()?.why ?? "", /each month adds as much again/);
  assert.equal(storage(360)?.microDollars, 2_760_000);
});

test("files that nobody counted are guessed, and said to be at most", () => {
  const trail = makeTrail("one");
  const bill = estimate({
    account: makeAccount([trail]),
    volumes: makeVolumes([makeCell(1_000_000), makeCell(3, { region: "eu-central-1" })]),
    prices: defaultPrices,
  });
  const writes = bill.lines.find(({ item }) => item === "s3-writes");
  // one each five minutes where much happens (8,640), three where three events are
  assert.equal(writes?.quantity, 8_643);
  assert.equal(writes.isAtMost, true);
});

test("the same bill comes out again from JSON", () => {
  const after = makeTrail("two", { value: { keyArn, validatesLogFiles: true } });
  const bill = estimate({
    account: makeAccount([makeTrail("one")]),
    change: { after },
    volumes: assumedVolumes([{ accountId: shop, region: home }]),
    prices: defaultPrices,
  });
  assert.deepEqual(JSON.parse(JSON.stringify(bill)), bill);
});
