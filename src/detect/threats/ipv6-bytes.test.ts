import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readAddress } from "../../predicate/index.ts";
import { readIpv6 } from "./ipv6-bytes.ts";

/** Read out of the middle of a line, as one of a table is. */
function read(text: string): bigint | undefined {
  const words = new Uint32Array(6);
  const isRead = readIpv6(Buffer.from(`1:2,${text},::`), [4, 4 + text.length], words, 1);
  assert.deepEqual([words[0], words[5]], [0, 0]);
  return isRead ? words.subarray(1, 5).reduce((address, word) => (address << 32n) | BigInt(word), 0n) : undefined;
}

test("an address is read from its bytes as it is from its text", () => {
  const group = fc.oneof(fc.constant(""), fc.constant("0"), fc.stringMatching(/^[0-9a-fA-F]{1,4}$/));
  const written = fc.array(group, { minLength: 1, maxLength: 9 }).map((groups) => groups.join(":"));
  const nearly = fc.stringMatching(/^[0-9a-fg:]{0,12}$/);
  fc.assert(
    fc.property(fc.oneof(fc.ipV6(), written, nearly), (text) => {
      if (!text.includes(".")) assert.equal(read(text), readAddress(text), text);
    }),
    { seed: 7, numRuns: 5_000 },
  );
});

test("both ends, a gap of no width, and what only looks like an address", () => {
  for (const text of ["::", "::1", "1::", "2001:DB8::ffff", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8"]) {
    assert.equal(read(text), readAddress(text), text);
    assert.ok(read(text) !== undefined, text);
  }
  for (const text of ["", ":", "1", ":1", "1:", ":::", "1::2::3", "12345::", "1:2:3:4:5:6:7:8:9", "1:2:3:4::5:6:7:8"]) {
    assert.deepEqual([read(text), readAddress(text)], [undefined, undefined], text);
  }
});
