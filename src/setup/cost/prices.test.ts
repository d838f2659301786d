import assert from "node:assert/strict";
import { test } from "node:test";

import { SetupError } from "../errors.ts";
import { readPriceList } from "./price-list.ts";
import { defaultPrices, type PriceOverrides, priceOf, usageTypes, withPrices } from "./prices.ts";

const own: PriceOverrides = {
  prices: [
    { name: "management-copy", region: "eu-central-1", amount: "1.50", source: "our contract", date: "2026-10-01" },
  ],
};

test("every price has a source, a day, and a form that can be reckoned with", () => {
  for (const { amount, per, source, date } of defaultPrices) {
    assert.match(amount, /^\d+(\.\d+)?$/);
    assert.ok(Number.isSafeInteger(per) && per > 0);
    assert.notEqual(source, "");
    assert.match(date, /^\d{4}-\d\d-\d\d$/);
  }
  for (const name of usageTypes.values()) assert.ok(defaultPrices.some((price) => price.name === name));
});

test("an own price takes the place of the usual one in its region only", () => {
  const prices = withPrices(defaultPrices, own);
  assert.equal(priceOf(prices, "management-copy", "eu-central-1").amount, "1.50");
  assert.equal(priceOf(prices, "management-copy", "eu-central-1").per, 100_000);
  assert.equal(priceOf(prices, "management-copy", "eu-west-1").amount, "2.00");
  assert.equal(priceOf(prices, "data-events", "eu-central-1").amount, "0.10");
  const everywhere = withPrices(prices, {
    prices: [{ name: "management-copy", amount: "1", source: "our contract", date: "2026-11-01" }],
  });
  assert.equal(priceOf(everywhere, "management-copy", "eu-west-1").amount, "1");
  assert.equal(priceOf(everywhere, "management-copy", "eu-central-1").amount, "1.50");
});

const refused: readonly [string, unknown, RegExp][] = [
  ["nothing", undefined, /prices: /],
  ["no list", { prices: {} }, /prices: /],
  ["an empty list", { prices: [] }, /prices: /],
  ["a field too many", { ...own, price: 1 }, /price/],
  [
    "an unknown name",
    { prices: [{ ...own.prices[0], name: "managment" }] },
    /prices\.0\.name: One of .*management-copy/,
  ],
  ["a number", { prices: [{ ...own.prices[0], amount: 2 }] }, /prices\.0\.amount: US dollars as a text/],
  ["a minus", { prices: [{ ...own.prices[0], amount: "-2" }] }, /prices\.0\.amount: US dollars as a text/],
  ["no such day", { prices: [{ ...own.prices[0], date: "2026-02-30" }] }, /prices\.0\.date: A day/],
  ["no region", { prices: [{ ...own.prices[0], region: "Frankfurt" }] }, /prices\.0\.region: A region/],
  ["nobody who says so", { prices: [{ ...own.prices[0], source: "" }] }, /prices\.0\.source: /],
  ["for each of none", { prices: [{ ...own.prices[0], per: 0 }] }, /prices\.0\.per: /],
];

for (const [what, given, message] of refused) {
  test(`prices with ${what} are refused by the field's name`, () => {
    assert.throws(
      () => withPrices(defaultPrices, given),
      (error) => error instanceof SetupError && error.code === "prices-invalid" && message.test(error.message),
    );
  });
}

interface MadeProduct {
  readonly usagetype: string;
  readonly regionCode?: string;
  readonly prices?: Readonly<Record<string, string>>;
  readonly tiers?: readonly (readonly [begin: string, usd: string])[];
}

/** A price list in AWS's bulk format. */
function makeList(products: readonly MadeProduct[], fields: Readonly<Record<string, unknown>> = {}) {
  const skus = products.map((product, index) => [`SKU${index}`, product] as const);
  const dimension = (beginRange: string, pricePerUnit: Readonly<Record<string, string>>) => ({
    rateCode: `X.${beginRange}`,
    unit: "Events",
    beginRange,
    endRange: "Inf",
    description: "per event",
    pricePerUnit,
  });
  return {
    formatVersion: "v1.0",
    offerCode: "AWSCloudTrail",
    version: "20261101000000",
    publicationDate: "2026-11-01T10:20:30Z",
    products: Object.fromEntries(
      skus.map(([sku, { usagetype, regionCode }]) => [
        sku,
        { sku, productFamily: "Management Tools", attributes: { servicecode: "AWSCloudTrail", usagetype, regionCode } },
      ]),
    ),
    terms: {
      OnDemand: Object.fromEntries(
        skus.map(([sku, { prices, tiers }]) => [
          sku,
          {
            [`${sku}.JRTCKXETXF`]: {
              sku,
              priceDimensions: Object.fromEntries(
                (tiers === undefined
                  ? [dimension("0", prices ?? {})]
                  : tiers.map(([begin, usd]) => dimension(begin, { USD: usd }))
                ).map((one) => [one.rateCode, one]),
              ),
            },
          },
        ]),
      ),
    },
    ...fields,
  };
}

test("a price list of AWS's is read, by the usage types of the bill", () => {
  const regionCode = "eu-central-1";
  const { prices, others, unread } = readPriceList(
    makeList([
      { usagetype: "EUC1-FreeEventsRecorded", regionCode, prices: { USD: "0.0000000000" } },
      { usagetype: "EUC1-PaidEventsRecorded", regionCode, prices: { USD: "0.0000230000" } },
      { usagetype: "EUC1-DataEventsRecorded", regionCode, prices: { USD: "0.0000011500" } },
      { usagetype: "EUC1-NetworkEventsRecorded", regionCode, prices: { USD: "0.0000010000" } },
      { usagetype: "EUC1-InsightsEvents", regionCode, prices: { USD: "0.0000035000" } },
      { usagetype: "EUC1-DataInsightsEvents", regionCode, prices: { USD: "0.0000003000" } },
      { usagetype: "EUC1-Ingestion-Bytes-1yearstore-Live-CloudTrail-Logs", regionCode, prices: { USD: "0.75" } },
    ]),
  );
  assert.deepEqual(
    prices.map(({ name, region, amount, per }) => [name, region, amount, per]),
    [
      ["management-first-copy", "eu-central-1", "0", 100_000],
      ["management-copy", "eu-central-1", "2.3", 100_000],
      ["data-events", "eu-central-1", "0.115", 100_000],
      ["network-events", "eu-central-1", "0.1", 100_000],
      ["management-insights", "eu-central-1", "0.35", 100_000],
      ["data-insights", "eu-central-1", "0.03", 100_000],
    ],
  );
  assert.deepEqual([others, unread], [1, []]);
  assert.deepEqual(
    [prices[0]?.date, prices[0]?.source],
    ["2026-11-01", "AWS price list of AWSCloudTrail, version 20261101000000"],
  );
});

test("of a price with steps the first counts, and what cannot be read is named", () => {
  const { prices, unread } = readPriceList(
    makeList([
      {
        usagetype: "USE1-DataEventsRecorded",
        regionCode: "us-east-1",
        tiers: [
          ["1000", "0.0000005"],
          ["0", "0.000001"],
        ],
      },
      { usagetype: "CNN1-DataEventsRecorded", regionCode: "cn-north-1", prices: { CNY: "0.0000068" } },
      { usagetype: "DataEventsRecorded", prices: { USD: "0.000001" } },
    ]),
  );
  assert.deepEqual(
    prices.map(({ region, amount }) => [region, amount]),
    [["us-east-1", "0.1"]],
  );
  assert.deepEqual(unread, [
    { sku: "SKU1", sentence: "It has no price in US dollars" },
    { sku: "SKU2", sentence: "It says no region" },
  ]);
});

test("what is no price list of CloudTrail's is refused", () => {
  const bad: readonly [unknown, RegExp][] = [
    [undefined, /file: /],
    [makeList([], { offerCode: "AmazonS3" }), /offerCode: The list of AWSCloudTrail/],
    [makeList([], { publicationDate: "yesterday" }), /publicationDate: An instant/],
    [makeList([], { terms: {} }), /terms\.OnDemand: /],
  ];
  for (const [given, message] of bad) {
    assert.throws(
      () => readPriceList(given),
      (error) => error instanceof SetupError && error.code === "prices-invalid" && message.test(error.message),
    );
  }
});
