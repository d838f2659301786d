import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { unpackGzip } from "./unpack-gzip.ts";

const bytesMax = 1_000_000;
const text = Buffer.from(JSON.stringify({ Records: Array.from({ length: 50 }, (_, index) => ({ index })) }));
const sound = gzipSync(text);

test("a file of one member is unpacked, and there is nothing else to say of it", () => {
  assert.deepEqual(unpackGzip(sound, { bytesMax }), { bytes: text, members: 1, bytesBehind: 0, fault: undefined });
});

test("what is not compressed is given as it is", () => {
  assert.deepEqual(unpackGzip(text, { bytesMax }), { bytes: text, members: 0, bytesBehind: 0, fault: undefined });
  assert.equal(unpackGzip(Buffer.alloc(0), { bytesMax }).members, 0);
});

test("further members are counted, an empty one too", () => {
  for (const more of [Buffer.from("more"), Buffer.alloc(0)]) {
    const both = unpackGzip(Buffer.concat([sound, gzipSync(more)]), { bytesMax });
    assert.deepEqual([both.members, both.bytesBehind, both.fault], [2, 0, undefined]);
    assert.deepEqual(both.bytes, Buffer.concat([text, more]));
  }
});

test("bytes behind the last member are counted, zeros and what looks like another member's beginning too", () => {
  const behinds = [
    Buffer.alloc(7),
    Buffer.from("x"),
    Buffer.from("no gzip at all"),
    Buffer.from([0x1f, 0x8b, 0x08, 1, 2, 3, 4, 5]),
  ];
  for (const behind of behinds) {
    const { bytes, members, bytesBehind, fault } = unpackGzip(Buffer.concat([sound, behind]), { bytesMax });
    assert.deepEqual([members, bytesBehind, fault], [1, behind.length, undefined], behind.toString("hex"));
    assert.deepEqual(bytes, text);
  }
});

test("a file that is cut off is said to be, wherever it was cut", () => {
  for (let length = 18; length < sound.length; length += 7) {
    assert.equal(unpackGzip(sound.subarray(0, length), { bytesMax }).fault, "cut-off", String(length));
  }
});

test("a changed checksum is damage", () => {
  const changed = Buffer.from(sound);
  changed.writeUInt8(changed.readUInt8(changed.length - 6) ^ 1, changed.length - 6);
  assert.equal(unpackGzip(changed, { bytesMax }).fault, "damaged");
});

test("no more is unpacked than asked for", () => {
  const bomb = gzipSync(Buffer.alloc(5_000_000));
  assert.equal(unpackGzip(bomb, { bytesMax }).fault, "too-large");
});
