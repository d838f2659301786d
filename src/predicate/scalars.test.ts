import assert from "node:assert/strict";
import { test } from "node:test";
import { readAddress, readRange } from "./address.ts";
import { foldAscii } from "./fold.ts";
import { readInstant } from "./instant.ts";
import { printNumber, readNumber } from "./number-text.ts";

test("addresses are read strictly, IPv4 as the part of IPv6 that it is", () => {
  assert.equal(readAddress("::ffff:1.2.3.4"), readAddress("1.2.3.4"));
  assert.equal(readAddress("2001:DB8::1"), readAddress("2001:db8:0:0:0:0:0:1"));
  const not = [
    "",
    "1.2.3",
    "1.2.3.4.5",
    "256.1.1.1",
    "01.2.3.4",
    "1.2.3.4 ",
    "1.2.3.4:80",
    "[::1]",
    "::1%eth0",
    "12345::",
    ":::",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8::",
    "s3.amazonaws.com",
    "AWS Internal",
  ];
  for (const text of not) {
    assert.equal(readAddress(text), undefined, text);
  }
});

test("a range keeps its prefix and no more", () => {
  const range = readRange("10.1.2.3/8");
  assert.ok(range);
  assert.equal(range.first, readAddress("10.0.0.0"));
  assert.equal(range.last, readAddress("10.255.255.255"));
  assert.deepEqual(readRange("1.2.3.4"), readRange("1.2.3.4/32"));
  for (const text of ["10.0.0.0/33", "2001:db8::/129", "10.0.0.0/", "/8", "10.0.0.0/8/8", "10.0.0.0/-1"]) {
    assert.equal(readRange(text), undefined, text);
  }
});

test("instants are read as CloudTrail writes them, and nothing that is no date", () => {
  assert.equal(readInstant("2026-01-02T03:04:05Z"), Date.UTC(2026, 0, 2, 3, 4, 5));
  assert.equal(readInstant("2026-01-02T03:04:05.678912Z"), Date.UTC(2026, 0, 2, 3, 4, 5, 678));
  assert.equal(readInstant("2026-01-02T03:04:05+02:00"), Date.UTC(2026, 0, 2, 1, 4, 5));
  assert.equal(readInstant("20131102T010628Z"), Date.UTC(2013, 10, 2, 1, 6, 28));
  for (const text of [
    "",
    "2026-01-02",
    "2026-02-30T00:00:00Z",
    "2026-01-02T24:00:00Z",
    "2026-01-02T03:04:05",
    "1769-01-02T03:04:05Z",
    "2026-1-2T03:04:05Z",
  ]) {
    assert.equal(readInstant(text), undefined, text);
  }
});

test("a number is what JSON calls one", () => {
  assert.deepEqual(["1", "-1.50", "1e2", "007"].map(readNumber), [1, -1.5, 100, 7]);
  assert.deepEqual(
    ["", " 1", "0x10", "1.", ".5", "1e999", "NaN", "Infinity"].map(readNumber),
    Array.from({ length: 8 }, () => undefined),
  );
  assert.deepEqual([printNumber(-0), printNumber(1e21), printNumber(1.5)], ["0", "1e+21", "1.5"]);
});

test("folding touches A to Z only", () => {
  assert.equal(foldAscii("ABC É \u212a İ"), "abc É \u212a İ");
});
