import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { findMembersEnd } from "./gzip-members.ts";
import { inflateWhole, InflatedStream, type InflateLimits } from "./inflate.ts";

const seed = 20;
const text = Buffer.from(Array.from({ length: 3_000 }, (_, index) => `record ${index * 7919}\n`).join(""));

async function inflate(
  pieces: readonly Buffer[],
  limits?: InflateLimits,
): Promise<{ bytes: Buffer; reason: string | undefined }> {
  async function* source(): AsyncGenerator<Buffer> {
    yield* pieces;
  }
  const stream = new InflatedStream(source(), limits);
  const bytes = Buffer.concat(await Array.fromAsync(stream));
  return { bytes, reason: stream.fault?.reason };
}

test("members in any number, fed in pieces of any size, give the whole text", async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 4_000 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(sizes, fc.integer({ min: 1, max: 5_000 }), async (cuts, piece) => {
      const edges = [0, ...cuts.map((cut) => cut * 7).sort((a, b) => a - b), text.length];
      const gz = Buffer.concat(edges.slice(1).map((edge, index) => gzipSync(text.subarray(edges[index] ?? 0, edge))));
      const pieces = Array.from({ length: Math.ceil(gz.length / piece) }, (_, index) =>
        gz.subarray(index * piece, (index + 1) * piece),
      );
      const { bytes, reason } = await inflate(pieces);
      assert.equal(reason, undefined);
      assert.ok(bytes.equals(text));
      assert.ok(inflateWhole(gz)?.equals(text));
    }),
    { seed, numRuns: 25 },
  );
});

test("cut off anywhere, the text is good as far as it goes", async () => {
  const gz = gzipSync(text);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: gz.length - 1 }), async (length) => {
      const { bytes, reason } = await inflate([gz.subarray(0, length)]);
      assert.equal(reason, "gzip-truncated");
      assert.ok(text.subarray(0, bytes.length).equals(bytes));
      assert.equal(inflateWhole(gz.subarray(0, length)), undefined);
    }),
    { seed, numRuns: 40 },
  );
});

test("whatever byte is changed, nothing wrong is taken for whole", async () => {
  const gz = gzipSync(text);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 10, max: gz.length - 1 }),
      fc.integer({ min: 1, max: 255 }),
      async (at, change) => {
        const damaged = Buffer.from(gz);
        damaged[at] = (damaged[at] ?? 0) ^ change;
        const { bytes, reason } = await inflate([damaged]);
        assert.ok(reason !== undefined || bytes.equals(text));
      },
    ),
    { seed, numRuns: 40 },
  );
});

test("what grows past both limits is a bomb, what grows past one is not", async () => {
  const gz = gzipSync(Buffer.alloc(1 << 20));
  assert.equal((await inflate([gz], { inflatedBytesMax: 100_000, ratioMax: 10 })).reason, "bomb");
  assert.equal((await inflate([gz], { inflatedBytesMax: 100_000, ratioMax: 5_000 })).reason, undefined);
  assert.equal((await inflate([gz], { inflatedBytesMax: 2 << 20, ratioMax: 10 })).reason, undefined);
});

test("a source that fails is not mistaken for bad gzip", async () => {
  const stream = new InflatedStream(
    (async function* () {
      yield gzipSync(text).subarray(0, 1_000);
      throw new Error("the disk is gone");
    })(),
  );
  await assert.rejects(Array.fromAsync(stream), /the disk is gone/);
});

test("the end of the members is found behind headers of every kind", () => {
  const plain = gzipSync(text);
  const flags = Buffer.from([0x1f, 0x8b, 8, 4 | 8 | 16 | 2, 0, 0, 0, 0, 0, 3]);
  const extra = Buffer.concat([
    flags,
    Buffer.from([3, 0, 1, 2, 3]),
    Buffer.from("name\0comment\0"),
    Buffer.from([0, 0]),
    plain.subarray(10),
  ]);
  const both = Buffer.concat([plain, extra]);
  assert.equal(findMembersEnd(Buffer.concat([both, Buffer.from("junk")])), both.length);
  assert.equal(findMembersEnd(Buffer.concat([plain, Buffer.from("j")])), plain.length);
  assert.equal(findMembersEnd(both), undefined);
  assert.equal(findMembersEnd(both.subarray(0, -5)), undefined);
  assert.equal(findMembersEnd(Buffer.from("no gzip at all")), undefined);
});
