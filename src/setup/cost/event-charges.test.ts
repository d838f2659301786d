import assert from "node:assert/strict";
import { test } from "node:test";

import { insightsOf } from "./event-charges.ts";
import { estimate } from "./estimate.ts";
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
  trailPrices as prices,
} from "./made-account.fixture.ts";

const dollars = (amount: number) => Math.round(amount * 1_000_000);

test("the first copy of management events is free", () => {
  const bill = estimate({
    account: makeAccount([makeTrail("one")]),
    volumes: makeVolumes([makeCell(1_000_000)]),
    prices,
  });
  // 1,000,000 events, first copy: nothing
  assert.equal(bill.totalMicroDollars, 0);
  const line = bill.lines.find(({ item }) => item === "management-first-copy");
  assert.equal(line?.quantity, 1_000_000);
  assert.match(line.free, /first copy .* is free/);
});

test("the second copy of management events is charged, and the pricing page's own example comes out", () => {
  // "150,000 management events" to two trails and "2M data events" to one (aws.amazon.com/cloudtrail/pricing):
  // 150,000 × $2.00 / 100,000 = $3.00; 2,000,000 × $0.10 / 100,000 = $2.00; together $5.00
  const trails = [makeTrail("one", { selectors: { advanced: [managementOnly, allS3Data] } }), makeTrail("two")];
  const bill = estimate({
    account: makeAccount(trails),
    volumes: makeVolumes([makeCell(150_000), makeDataCell(2_000_000)]),
    prices,
  });
  const amounts = Object.fromEntries(bill.lines.map(({ item, microDollars }) => [item, microDollars]));
  assert.equal(amounts["management-first-copy"], 0);
  assert.equal(amounts["management-copy"], dollars(3));
  assert.equal(amounts["data-events"], dollars(2));
  assert.equal(bill.totalMicroDollars, dollars(5));
});

test("two trails of single regions that differ are both free", () => {
  const single = { value: { isMultiRegion: false } };
  const trails = [makeTrail("one", single), makeTrail("two", { ...single, homeRegion: "eu-central-1" })];
  const volumes = makeVolumes([makeCell(500_000), makeCell(300_000, { region: "eu-central-1" })]);
  const bill = estimate({ account: makeAccount(trails), volumes, prices });
  // each is the first copy of its region
  assert.equal(bill.totalMicroDollars, 0);
  assert.deepEqual(
    bill.lines.map(({ item, quantity }) => [item, quantity]).filter(([item]) => item === "management-first-copy"),
    [
      ["management-first-copy", 300_000],
      ["management-first-copy", 500_000],
    ],
  );
  assert.deepEqual(
    bill.warnings.map(({ kind }) => kind).filter((kind) => kind.startsWith("single") || kind.startsWith("covered")),
    [],
  );
});

test("one of all regions beside one of a single region is charged for that region", () => {
  const trails = [makeTrail("all"), makeTrail("one", { homeRegion: "eu-central-1", value: { isMultiRegion: false } })];
  const volumes = makeVolumes([makeCell(500_000), makeCell(300_000, { region: "eu-central-1" })]);
  const bill = estimate({ account: makeAccount(trails), volumes, prices });
  // 300,000 of eu-central-1 × $2.00 / 100,000 = $6.00; us-east-1 has one copy
  assert.equal(bill.totalMicroDollars, dollars(6));
  assert.deepEqual(bill.lines.find(({ item }) => item === "management-copy")?.places, [
    { accountId: shop, region: "eu-central-1", quantity: 300_000 },
  ]);
  assert.ok(bill.warnings.some(({ kind }) => kind === "single-and-multi-region"));
});

test("a trail of reads beside one of writes has no second copy", () => {
  const ofReads = (value: string) => ({
    selectors: {
      advanced: [{ FieldSelectors: [...managementOnly.FieldSelectors, { Field: "readOnly", Equals: [value] }] }],
    },
  });
  const trails = [makeTrail("reads", ofReads("true")), makeTrail("writes", ofReads("false"))];
  const volumes = makeVolumes([makeCell(400_000), makeCell(100_000, { readOnly: false })]);
  // no event is recorded twice
  const account = makeAccount(trails);
  assert.equal(estimate({ account, volumes, prices }).totalMicroDollars, 0);
  // a third one of all: 500,000 × $2.00 / 100,000 = $10.00
  const more = makeAccount([...trails, makeTrail("zall")]);
  assert.equal(estimate({ account: more, volumes, prices }).totalMicroDollars, dollars(10));
});

test("an organization's trail over a member's own makes the member's a second copy", () => {
  const organization = makeTrail("organization", { ownerAccountId: staging, value: { isOrganization: true } });
  const account = makeAccount([makeTrail("own"), organization]);
  const volumes = makeVolumes([makeCell(250_000), makeCell(40_000, { region: "eu-central-1", readOnly: false })]);
  const bill = estimate({ account, volumes, prices });
  // (250,000 + 40,000) × $2.00 / 100,000 = $5.80, on top of the free copy that the organization's trail has
  assert.equal(bill.totalMicroDollars, dollars(5.8));
  const copy = bill.lines.find(({ item }) => item === "management-copy");
  assert.match(copy?.trailArn ?? "", /trail\/own$/);
  assert.match(copy?.why ?? "", /The trail organization records them already/);
});

test("an organization's trail is free for members without a trail, and a second copy for those with one", () => {
  const organization = makeTrail("organization", { value: { isOrganization: true } });
  const own = makeTrail("own", { ownerAccountId: staging });
  const volumes = makeVolumes([makeCell(1_000_000), makeCell(600_000, { accountId: staging })]);
  const bill = estimate({
    account: makeAccount([]),
    members: [makeAccount([own], { accountId: staging })],
    change: { after: organization },
    volumes,
    prices,
  });
  // staging's 600,000 × $2.00 / 100,000 = $12.00; the shop's own are the first copy
  assert.equal(bill.totalMicroDollars, dollars(12));
  assert.deepEqual(bill.lines.find(({ item }) => item === "management-copy")?.places, [
    { accountId: staging, region: home, quantity: 600_000 },
  ]);
});

test("every copy of data and of network activity events is charged, the first too", () => {
  const network = {
    FieldSelectors: [
      { Field: "eventCategory", Equals: ["NetworkActivity"] },
      { Field: "eventSource", Equals: ["s3.amazonaws.com"] },
    ],
  };
  const selectors = { advanced: [allS3Data, network] };
  const trails = [makeTrail("one", { selectors }), makeTrail("two", { selectors })];
  const volumes = makeVolumes([
    makeDataCell(700_000),
    makeCell(300_000, { category: "NetworkActivity", service: "s3.amazonaws.com", readOnly: undefined }),
    makeCell(900_000, { category: "NetworkActivity", service: "ec2.amazonaws.com", readOnly: undefined }),
  ]);
  // 2 × (700,000 + 300,000) × $0.10 / 100,000 = $2.00; nobody asks for EC2's
  assert.equal(estimate({ account: makeAccount(trails), volumes, prices }).totalMicroDollars, dollars(2));
});

test("Insights count the guide's way: 300,000 events with 30,000 writes are 330,000", () => {
  const insights = ["ApiCallRateInsight Management", "ApiErrorRateInsight Management"];
  const volumes = makeVolumes([makeCell(270_000), makeCell(30_000, { readOnly: false })]);
  const bill = estimate({ account: makeAccount([makeTrail("one", { insights })]), volumes, prices });
  // call rate 30,000 + error rate 300,000 = 330,000; × $0.35 / 100,000 = $1.155
  const lines = bill.lines.filter(({ item }) => item === "management-insights");
  assert.equal(
    lines.reduce((sum, { quantity }) => sum + quantity, 0),
    330_000,
  );
  assert.equal(bill.totalMicroDollars, dollars(1.155));
});

test("Insights count all data events for each type, and each trail by itself (User Guide's examples 2 and 4)", () => {
  const selectors = { advanced: [managementOnly, allS3Data] };
  const both = ["ApiCallRateInsight", "ApiErrorRateInsight"].flatMap((type) => [`${type} Management`, `${type} Data`]);
  const example4 = makeVolumes([
    makeCell(270_000),
    makeCell(30_000, { readOnly: false }),
    makeDataCell(340_000),
    makeDataCell(60_000, { readOnly: false }),
  ]);
  const one = estimate({
    account: makeAccount([makeTrail("one", { selectors, insights: both })]),
    volumes: example4,
    prices,
  });
  // 330,000 × $0.35 / 100,000 = $1.155; 800,000 × $0.03 / 100,000 = $0.24; 400,000 data × $0.10 / 100,000 = $0.40
  assert.equal(one.totalMicroDollars, dollars(1.155 + 0.24 + 0.4));

  const [a, b] = [
    makeTrail("a", { insights: ["ApiCallRateInsight Management"] }),
    makeTrail("b", { insights: ["ApiErrorRateInsight Management"] }),
  ];
  const example2 = makeVolumes([makeCell(710_000), makeCell(90_000, { readOnly: false })]);
  const two = estimate({ account: makeAccount([a, b]), volumes: example2, prices });
  // a: 90,000 × $0.35 / 100,000 = $0.315; b: 800,000 × $0.35 / 100,000 = $2.80; second copy 800,000 × $2 / 100,000 = $16
  const insightsOfTrail = (name: string) =>
    two.lines.filter(({ item, trailArn }) => item === "management-insights" && trailArn.endsWith(name));
  assert.deepEqual(
    insightsOfTrail("/a").map(({ quantity, microDollars }) => [quantity, microDollars]),
    [[90_000, dollars(0.315)]],
  );
  assert.deepEqual(
    insightsOfTrail("/b").map(({ quantity, microDollars }) => [quantity, microDollars]),
    [[800_000, dollars(2.8)]],
  );
  assert.equal(two.totalMicroDollars, dollars(0.315 + 2.8 + 16));
});

test("Insights without a category are those on management events, and no other category has any", () => {
  const insights = ["ApiCallRateInsight", "ApiErrorRateInsight Data"];
  assert.deepEqual(insightsOf(insights, { category: "Management", isRead: false }), ["ApiCallRateInsight"]);
  assert.deepEqual(insightsOf(insights, { category: "Management", isRead: true }), []);
  assert.deepEqual(insightsOf(insights, { category: "Data", isRead: true }), ["ApiErrorRateInsight Data"]);
  assert.deepEqual(insightsOf(insights, { category: "NetworkActivity", isRead: true }), []);
});

test("a trail that does not log costs nothing and takes no free copy", () => {
  const trails = [makeTrail("a-stopped", { isLogging: false }), makeTrail("logs")];
  const bill = estimate({ account: makeAccount(trails), volumes: makeVolumes([makeCell(100_000)]), prices });
  assert.equal(bill.totalMicroDollars, 0);
  assert.ok(bill.lines.every(({ trailArn }) => trailArn.endsWith("/logs")));
});

test("a trail without global services leaves those of us-east-1 out", () => {
  const trails = [makeTrail("all"), makeTrail("one", { value: { isMultiRegion: false, hasGlobalEvents: false } })];
  const volumes = makeVolumes([makeCell(100_000), makeCell(50_000, { service: "iam.amazonaws.com" })]);
  // only EC2's 100,000 are recorded twice: $2.00
  assert.equal(estimate({ account: makeAccount(trails), volumes, prices }).totalMicroDollars, dollars(2));
});

test("what selectors ask beyond the counts is said to be the most that it can be", () => {
  const some = {
    FieldSelectors: [...allS3Data.FieldSelectors, { Field: "resources.ARN", StartsWith: ["arn:aws:s3:::reports/"] }],
  };
  const trail = makeTrail("one", { selectors: { advanced: [some] } });
  const bill = estimate({ account: makeAccount([trail]), volumes: makeVolumes([makeDataCell(100_000)]), prices });
  const line = bill.lines.find(({ item }) => item === "data-events");
  assert.equal(line?.microDollars, dollars(0.1));
  assert.equal(line.isAtMost, true);
});
