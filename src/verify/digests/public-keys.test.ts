import assert from "node:assert/strict";
import { test } from "node:test";
import { madeKey } from "../made-chain.fixture.ts";
import { VerifyError } from "../errors.ts";
import { Keys, keysFromListing, publicKeyOf } from "./public-keys.ts";

const { der, fingerprint } = madeKey("first");
const Value = der.toString("base64");

test("a listing is read as AWS CLI prints it, old and new, and the fingerprint is that of the bytes", () => {
  const [key, older] = keysFromListing(
    {
      PublicKeyList: [
        {
          Value,
          Fingerprint: fingerprint,
          ValidityStartTime: "2021-07-01T00:00:00+00:00",
          ValidityEndTime: "2021-08-30T00:00:00Z",
        },
        { Value, ValidityStartTime: 1_625_097_600.0, ValidityEndTime: 1_630_281_600 },
      ],
      NextToken: null,
    },
    "us-west-1",
  );
  assert.deepEqual(key, older);
  assert.deepEqual(key, {
    ...{ region: "us-west-1", fingerprint, der: Buffer.from(der) },
    ...{ validFrom: Date.parse("2021-07-01"), validTo: Date.parse("2021-08-30") },
  });
  assert.deepEqual(keysFromListing({ PublicKeyList: [] }, "us-west-1"), []);
});

const times = { ValidityStartTime: 0, ValidityEndTime: 1 };

test("what is no listing is refused with what to give", () => {
  for (const value of [
    undefined,
    [],
    {},
    { PublicKeyList: [{}] },
    { PublicKeyList: [{ Value: "-----BEGIN", ...times }] },
    { PublicKeyList: [{ Value: "A".repeat(10_000), ...times }] },
    { PublicKeyList: [{ Value, ...times, ValidityEndTime: "some day" }] },
    { PublicKeyList: Array.from({ length: 10_001 }, () => ({ Value, ...times })) },
  ]) {
    assert.throws(
      () => keysFromListing(value, "us-west-1"),
      (error) => error instanceof VerifyError && error.code === "verify-keys-unreadable" && error.help !== undefined,
    );
  }
});

test("no key is forgotten: one that is told again is valid for both times, and each has its region", () => {
  const keys = new Keys();
  keys.add([publicKeyOf({ region: "eu-west-1", der, validFrom: 10, validTo: 20 })]);
  keys.add([publicKeyOf({ region: "eu-west-1", der, validFrom: 15, validTo: 30 })]);
  const { validFrom, validTo } = keys.find("eu-west-1", fingerprint.toUpperCase()) ?? {};
  assert.deepEqual([validFrom, validTo, keys.all().length], [10, 30, 1]);
  assert.equal(keys.find("us-east-1", fingerprint), undefined);
});
