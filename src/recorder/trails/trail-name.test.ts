import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { AwsError } from "../../aws/index.ts";
import { checkTrailName } from "./trail-name.ts";

const letters = "abcdefghijklmnopqrstuvwxyz";
const digits = "0123456789";
const ends = new Set([...letters, ...letters.toUpperCase(), ...digits]);
const signs = new Set([".", "_", "-"]);

/** The rules of API Reference, CreateTrail, said sign by sign. */
function isNaivelyGood(name: string): boolean {
  const all = [...name];
  if (name.length < 3 || name.length > 128) return false;
  if (!all.every((sign) => ends.has(sign) || signs.has(sign))) return false;
  if (!ends.has(all[0] ?? "") || !ends.has(all.at(-1) ?? "")) return false;
  for (let at = 1; at < all.length; at += 1) {
    if (signs.has(all[at - 1] ?? "") && signs.has(all[at] ?? "")) return false;
  }
  const parts = name.split(".");
  const isNumber = (part: string) =>
    part.length > 0 && part.length < 4 && [...part].every((sign) => digits.includes(sign));
  return !(parts.length === 4 && parts.every(isNumber));
}

function isTaken(name: string): boolean {
  try {
    checkTrailName(name);
    return true;
  } catch (error) {
    assert.ok(error instanceof AwsError);
    assert.equal(error.code, "InvalidTrailNameException");
    return false;
  }
}

test("a trail's name is taken exactly when the rules of CreateTrail's page say so", () => {
  const nearly = fc.string({ unit: fc.constantFrom(..."aZ019.._--"), maxLength: 12 });
  const long = fc.integer({ min: 120, max: 135 }).map((length) => "a".repeat(length));
  const address = fc
    .array(fc.integer({ min: 0, max: 1200 }), { minLength: 3, maxLength: 5 })
    .map((all) => all.join("."));
  fc.assert(
    fc.property(fc.oneof(nearly, long, address, fc.string({ maxLength: 10 })), (name) => {
      assert.equal(isTaken(name), isNaivelyGood(name), name);
    }),
    { numRuns: 3000, seed: 20261120 },
  );
});
