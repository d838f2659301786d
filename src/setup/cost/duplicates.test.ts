import assert from "node:assert/strict";
import { test } from "node:test";

import { findDuplicates } from "./duplicates.ts";
import { estimate } from "./estimate.ts";
import {
  allS3Data,
  makeAccount,
  makeCell,
  makeDataCell,
  makeTrail,
  makeVolumes,
  managementOnly,
  staging,
  trailPrices as prices,
} from "./made-account.fixture.ts";

test("of three trails two are second copies, and the organization's is kept", () => {
  const organization = makeTrail("zz-organization", { ownerAccountId: staging, value: { isOrganization: true } });
  const single = makeTrail("single", { value: { isMultiRegion: false } });
  const account = makeAccount([single, makeTrail("all"), organization]);
  const volumes = makeVolumes([makeCell(200_000), makeCell(100_000, { region: "eu-central-1" })]);
  const duplicates = findDuplicates({ account, volumes, prices });
  // all: (200,000 + 100,000) × $2.00 / 100,000 = $6.00; single: 200,000 of its region × $2.00 / 100,000 = $4.00
  assert.deepEqual(
    duplicates.map(({ trailName, keeps, microDollars, hasMore }) => [
      trailName,
      keeps.trailName,
      microDollars,
      hasMore,
    ]),
    [
      ["all", "zz-organization", 6_000_000, false],
      ["single", "zz-organization", 4_000_000, false],
    ],
  );
  // what is found is what the bill has as further copies, no cent more
  assert.equal(estimate({ account, volumes, prices }).totalMicroDollars, 10_000_000);
});

test("one trail has no duplicate, whatever it costs", () => {
  const account = makeAccount([makeTrail("one", { selectors: { advanced: [managementOnly, allS3Data] } })]);
  assert.deepEqual(
    findDuplicates({ account, volumes: makeVolumes([makeCell(10), makeDataCell(1_000_000)]), prices }),
    [],
  );
});

test("trails of different regions are no duplicates", () => {
  const single = { value: { isMultiRegion: false } };
  const account = makeAccount([makeTrail("one", single), makeTrail("two", { ...single, homeRegion: "eu-central-1" })]);
  const volumes = makeVolumes([makeCell(200_000), makeCell(100_000, { region: "eu-central-1" })]);
  assert.deepEqual(findDuplicates({ account, volumes, prices }), []);
});

test("a trail that has more than the other is to be narrowed, not stopped", () => {
  const account = makeAccount([
    makeTrail("a-all"),
    makeTrail("data-too", { selectors: { advanced: [managementOnly, allS3Data] } }),
  ]);
  const [only, ...others] = findDuplicates({
    account,
    volumes: makeVolumes([makeCell(100_000), makeDataCell(500_000)]),
    prices,
  });
  // the second copy of 100,000 management events: $2.00; its data events are nobody's second copy
  assert.equal(only?.microDollars, 2_000_000);
  assert.equal(only.hasMore, true);
  assert.match(only.help, /take out of data-too what both record/);
  assert.deepEqual(others, []);
});

test("trails of different buckets' data events are not taken for duplicates", () => {
  const ofBucket = (name: string) => ({
    selectors: {
      advanced: [
        {
          FieldSelectors: [
            ...allS3Data.FieldSelectors,
            { Field: "resources.ARN", StartsWith: [`arn:aws:s3:::${name}/`] },
          ],
        },
      ],
    },
  });
  const account = makeAccount([makeTrail("one", ofBucket("one")), makeTrail("two", ofBucket("two"))]);
  assert.deepEqual(findDuplicates({ account, volumes: makeVolumes([makeDataCell(100_000)]), prices }), []);
});

test("all data events recorded twice are a duplicate for half of what they cost", () => {
  const selectors = { advanced: [allS3Data] };
  const account = makeAccount([makeTrail("one", { selectors }), makeTrail("two", { selectors })]);
  // 3,000,000 × $0.10 / 100,000 = $3.00 for the second
  const duplicates = findDuplicates({ account, volumes: makeVolumes([makeDataCell(3_000_000)]), prices });
  assert.deepEqual(
    duplicates.map(({ trailName, microDollars }) => [trailName, microDollars]),
    [["two", 3_000_000]],
  );
});
