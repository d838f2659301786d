import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { defaultPrices, priceOf, usageTypes, withPrices } from "./prices.ts";

const page = readFileSync(new URL("../../../docs/cost.md", import.meta.url), "utf8");

test("the page on cost names every price, what it is for, and its name on the bill", () => {
  const rows = [...page.matchAll(/^\| `([a-z0-9-]+)` \| (\S+) [^|]*\|(?: `(\w+)`)? \|$/gm)];
  const shown = rows.map(([, name = "", per = "", usageType]) => [name, per, usageType]);
  const counts = new Map([
    [2 ** 30, "2^30"],
    [1, "one"],
  ]);
  const usageTypeOf = (name: string) => [...usageTypes].find(([, of]) => of === name)?.[0];
  assert.deepEqual(
    shown,
    defaultPrices.map(({ name, per }) => [name, counts.get(per) ?? per.toLocaleString("en"), usageTypeOf(name)]),
  );
});

test("the own prices on the page are taken", () => {
  const example: unknown = JSON.parse(/```json\n([^`]+)```/.exec(page)?.[1] ?? "");
  assert.equal(priceOf(withPrices(defaultPrices, example), "management-copy", "eu-central-1").source, "our contract");
});
