import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readAddress, readRange } from "../../predicate/index.ts";
import { AddressRangesBuilder } from "./address-ranges.ts";
import { printRange, rangeOf } from "./entry-forms.ts";

function build(...texts: string[]) {
  const builder = new AddressRangesBuilder();
  for (const [index, text] of texts.entries()) {
    const range = rangeOf(text);
    assert.ok(range, text);
    builder.add(range.first, range.last, index);
  }
  return builder.build();
}

function find(ranges: ReturnType<typeof build>, text: string): string | undefined {
  const address = readAddress(text);
  assert.ok(address !== undefined, text);
  const found = ranges.find(address);
  return found === undefined ? undefined : printRange(found);
}

test("an address is found in the range that it lies in, at its edges too", () => {
  const ranges = build("203.0.113.0/24", "198.51.100.7", "2001:db8::/32", "192.0.2.3-192.0.2.9");
  assert.equal(ranges.size, 4);
  assert.equal(find(ranges, "203.0.113.0"), "203.0.113.0/24");
  assert.equal(find(ranges, "203.0.113.255"), "203.0.113.0/24");
  assert.equal(find(ranges, "203.0.114.0"), undefined);
  assert.equal(find(ranges, "198.51.100.7"), "198.51.100.7");
  assert.equal(find(ranges, "198.51.100.6"), undefined);
  assert.equal(find(ranges, "2001:db8:ffff::1"), "2001:db8::/32");
  assert.equal(find(ranges, "2001:db9::1"), undefined);
  assert.equal(find(ranges, "192.0.2.9"), "192.0.2.3-192.0.2.9");
  assert.equal(find(ranges, "0.0.0.0"), undefined);
  assert.equal(find(ranges, "255.255.255.255"), undefined);
});

test("of a network in a network the wider one counts, whichever came first", () => {
  for (const texts of [
    ["203.0.113.0/25", "203.0.113.0/24", "203.0.113.200"],
    ["203.0.113.200", "203.0.113.0/24", "203.0.113.0/25"],
  ]) {
    const ranges = build(...texts);
    assert.equal(ranges.size, 1);
    assert.equal(find(ranges, "203.0.113.201"), "203.0.113.0/24");
  }
});

test("what is found is what looking at each range finds", () => {
  const network = fc
    .tuple(fc.nat({ max: 0xffff }), fc.integer({ min: 16, max: 32 }), fc.boolean())
    .map(([low, bits, isIpv6]) =>
      isIpv6 ? `2001:db8::${low.toString(16)}/${bits + 96}` : `203.0.${low >> 8}.${low & 255}/${bits}`,
    );
  const address = fc
    .tuple(fc.nat({ max: 0xffff }), fc.boolean())
    .map(([low, isIpv6]) => (isIpv6 ? `2001:db8::${low.toString(16)}` : `203.0.${low >> 8}.${low & 255}`));
  fc.assert(
    fc.property(fc.array(network, { maxLength: 20 }), address, (networks, text) => {
      const found = find(build(...networks), text);
      const number = readAddress(text) ?? 0n;
      const holds = networks.some((one) => {
        const range = readRange(one);
        return range !== undefined && range.first <= number && number <= range.last;
      });
      assert.equal(found !== undefined, holds);
    }),
    { seed: 7 },
  );
});

test("a network is printed as it is written, and read again is the same", () => {
  for (const text of ["203.0.113.0/24", "198.51.100.7", "2001:db8::/32", "2001:db8::1", "192.0.2.3-192.0.2.9"]) {
    const range = rangeOf(text);
    assert.ok(range);
    assert.equal(printRange(range), text);
  }
});
