import assert from "node:assert/strict";
import { test } from "node:test";

import type { TrailView } from "../account/account.ts";
import { estimate } from "./estimate.ts";
import {
  allS3Data,
  makeAccount,
  makeCell,
  makeTrail,
  makeVolumes,
  managementOnly,
  shop,
  trailPrices as prices,
} from "./made-account.fixture.ts";
import { assumedVolumes } from "./volumes.ts";

const volumes = makeVolumes([makeCell(100_000), makeCell(400_000, { service: "kms.amazonaws.com" })]);

function kindsFor(after: TrailView, trails: readonly TrailView[] = []) {
  return estimate({ account: makeAccount(trails), change: { after }, volumes, prices }).warnings.map(
    ({ kind }) => kind,
  );
}

test("each thing to know before a trail is made is said where it applies, and not elsewhere", () => {
  const one = makeTrail("one");
  const always = ["broken-bucket", "bucket-charges"];
  assert.deepEqual(kindsFor(one), always);
  const cases: readonly [string, TrailView, readonly TrailView[]][] = [
    ["covered-already", one, [makeTrail("other")]],
    ["single-and-multi-region", one, [makeTrail("other", { value: { isMultiRegion: false } })]],
    ["own-bucket-loop", { ...one, selectors: { advanced: [allS3Data] } }, []],
    ["kms-flood", one, [makeTrail("other")]],
    ["kms-flood", makeTrail("one", { value: { logGroupArn: "arn:aws:logs:…" } }), []],
    ["charged-decrypts", makeTrail("one", { value: { keyArn: "arn:aws:kms:…" } }), []],
    ["digests", makeTrail("one", { value: { validatesLogFiles: true } }), []],
    ["organization", makeTrail("one", { value: { isOrganization: true } }), []],
    ["log-group", makeTrail("one", { value: { logGroupArn: "arn:aws:logs:…" } }), []],
  ];
  for (const [kind, after, trails] of cases) {
    assert.ok(
      kindsFor(after, trails).some((found) => found === kind),
      kind,
    );
  }
});

test("a second trail says which one records already, and what the copy costs", () => {
  const bill = estimate({
    account: makeAccount([makeTrail("old")]),
    change: { after: makeTrail("new") },
    volumes,
    prices,
  });
  const warning = bill.warnings.find(({ kind }) => kind === "covered-already");
  // 500,000 × $2.00 / 100,000 = $10.00
  assert.equal(warning?.microDollars, 10_000_000);
  assert.match(
    warning.sentence,
    /^The trail old records management events that new records too; .* \(\$10\.00 a month\)$/,
  );
  assert.match(bill.warnings.find(({ kind }) => kind === "kms-flood")?.sentence ?? "", /400,000 a month/);
});

test("a second trail is told of although no event was counted yet", () => {
  const bill = estimate({
    account: makeAccount([makeTrail("old")]),
    change: { after: makeTrail("new") },
    volumes: makeVolumes([], { basis: { kind: "measured", from: 0, to: 1, days: [], unknown: [shop] } }),
    prices,
  });
  assert.ok(bill.warnings.some(({ kind }) => kind === "covered-already"));
  assert.deepEqual(bill.unknowns, [`No events of account ${shop} are stored; its bill is not known`]);
});

test("a copy without KMS is no flood", () => {
  const selectors = {
    advanced: [
      {
        FieldSelectors: [...managementOnly.FieldSelectors, { Field: "eventSource", NotEquals: ["kms.amazonaws.com"] }],
      },
    ],
  };
  const bill = estimate({
    account: makeAccount([makeTrail("old")]),
    change: { after: makeTrail("new", { selectors }) },
    volumes,
    prices,
  });
  assert.ok(bill.warnings.every(({ kind }) => kind !== "kms-flood"));
  // 100,000 of EC2 × $2.00 / 100,000 = $2.00
  assert.equal(bill.change?.addedMicroDollars, 2_000_000);
});

test("a trail that cannot deliver is told of with its error", () => {
  const account = makeAccount([makeTrail("one", { deliveryError: "AccessDenied" })]);
  const [warning, ...others] = estimate({ account, volumes, prices }).warnings;
  assert.match(warning?.sentence ?? "", /one cannot deliver \(AccessDenied\); .* 30 days/);
  assert.deepEqual(others, []);
});

test("what a bill cannot know is said", () => {
  const odd = makeTrail("odd", { isLogging: undefined, selectors: undefined });
  const strange = makeTrail("strange", { selectors: { advanced: [{ Fields: "new" }] } });
  const data = makeTrail("data", { selectors: { advanced: [managementOnly, allS3Data] } });
  const account = makeAccount([odd, strange, data], {
    unread: [{ what: "The region ap-south-1", code: "AccessDenied", sentence: "The role may not" }],
  });
  const counted = makeVolumes([makeCell(1_000_000, { region: "eu-central-1" })], {
    basis: { kind: "measured", from: 0, to: 1, days: [{ accountId: shop, days: 0.25 }], unknown: [] },
  });
  assert.deepEqual(estimate({ account, volumes: counted, prices }).unknowns, [
    `The month of account ${shop} is reckoned from 6.0 hours only`,
    "The region ap-south-1 could not be looked at: The role may not",
    "The trail data asks for data events, and none are stored: what they cost is known when they have been recorded for some days",
    "Whether the trail odd logs may not be asked; it is taken for logging",
    "What the trail odd records could not be read; all management events are taken for it",
    "What the trail strange records could not be read; all management events are taken for it",
    "For eu-central-1 prices of us-east are taken; a price list of AWS's says their own",
  ]);
});

test("assumed volumes say that they are, and whether somebody gave them", () => {
  const account = makeAccount([makeTrail("one"), makeTrail("two")]);
  const guessed = estimate({ account, volumes: assumedVolumes([{ accountId: shop, region: "us-east-1" }]), prices });
  // 500,000 × $2.00 / 100,000 = $10.00
  assert.equal(guessed.totalMicroDollars, 10_000_000);
  assert.match(guessed.unknowns.join(), /are a guess/);
  const said = assumedVolumes([{ accountId: shop, region: "us-east-1", managementWrites: 30_000 }]);
  const given = estimate({ account, volumes: said, prices });
  // 30,000 × $2.00 / 100,000 = $0.60
  assert.equal(given.totalMicroDollars, 600_000);
  assert.match(given.unknowns.join(), /are those that were given/);
});
