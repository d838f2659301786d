import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createRandom, weighted } from "./random.ts";
import { formatInstant, printRecord, type MadeUpRecord } from "./record.ts";

const runs = { seed: 11, numRuns: 200 };

test("a seed gives the same sequence, and a fork does not depend on what was drawn before", () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(20), (seed, drawn) => {
      const [one, other] = [createRandom(seed), createRandom(seed)];
      for (let index = 0; index < drawn; index += 1) assert.equal(one.fraction(), other.fraction());
      assert.equal(one.fork("a").uuid(), createRandom(seed).fork("a").uuid());
      assert.notEqual(one.fork("a").uuid(), one.fork("b").uuid());
    }),
    runs,
  );
});

test("identifiers have the length and the letters that were asked for", () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 70 }), (seed, length) => {
      const random = createRandom(seed);
      assert.match(random.hex(length), new RegExp(`^[0-9a-f]{${length}}$`));
      assert.match(random.capitals(length), new RegExp(`^[A-Z2-7]{${length}}$`));
      assert.match(random.letters(length), new RegExp(`^[A-Za-z0-9]{${length}}$`));
      assert.match(random.base64(length), new RegExp(`^[A-Za-z0-9+/]{${length}}$`));
      assert.match(random.uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }),
    runs,
  );
});

test("whole numbers are drawn evenly", () => {
  const random = createRandom("even");
  const counts = Array.from({ length: 10 }, () => 0);
  for (let index = 0; index < 20_000; index += 1) {
    const drawn = random.int(10);
    counts[drawn] = (counts[drawn] ?? 0) + 1;
  }
  for (const count of counts) assert.ok(count > 1800 && count < 2200, String(count));
});

test("a weighted table holds each choice as often as its weight says, and none of no weight", () => {
  const table = weighted(
    [
      [3, "often"],
      [1, "seldom"],
      [0, "never"],
    ],
    400,
  );
  assert.equal(table.filter((choice) => choice === "often").length, 300);
  assert.ok(!table.includes("never"));
});

test("instants are printed to the second, whatever was printed before", () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }), (date) => {
      assert.equal(formatInstant(date.getTime()), `${date.toISOString().slice(0, 19)}Z`);
    }),
    runs,
  );
});

test("printing a record with a kept identity gives the text that JSON.stringify gives", () => {
  const identity = { type: "IAMUser", userName: 'M"ary' };
  const record: MadeUpRecord = {
    eventVersion: "1.11",
    userIdentity: identity,
    eventTime: "2026-11-20T00:00:00Z",
    awsRegion: "us-east-1",
    errorCode: undefined,
    eventID: "1",
    eventType: "AwsApiCall",
    recipientAccountId: "111122223333",
    eventCategory: "Management",
  };
  for (let turn = 0; turn < 2; turn += 1) assert.equal(printRecord(record), JSON.stringify(record));
  const { userIdentity: _, ...without } = record;
  assert.equal(printRecord(without), JSON.stringify(without));
});
