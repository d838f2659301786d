import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encodeFrame, frameKinds, FrameReader, type Frame } from "./frames.ts";

const seed = 20;
const anyFrame = fc.record(
  {
    id: fc.integer({ min: 0, max: 0xffff_ffff }),
    kind: fc.constantFrom(...frameKinds),
    payload: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  },
  { noNullPrototype: true },
);

test("frames come out as they went in, however the wire cuts them", () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(fc.array(anyFrame, { maxLength: 10 }), cuts, (frames, sizes) => {
      const bytes = Buffer.concat(frames.flatMap(({ id, kind, payload }) => encodeFrame(id, kind, payload)));
      const found: Frame[] = [];
      const reader = new FrameReader((frame) => found.push({ ...frame, payload: Buffer.from(frame.payload) }));
      for (let at = 0, turn = 0; at < bytes.length; turn++) {
        const size = sizes[turn % sizes.length] ?? 1;
        reader.push(bytes.subarray(at, at + size));
        at += size;
      }
      assert.deepEqual(found, frames);
    }),
    { seed, numRuns: 200 },
  );
});

test("a kind that nobody knows ends the conversation", () => {
  const [header, body] = encodeFrame(1, "done", "x");
  if (!header || !body) throw new Error("A frame has a header and a body");
  header.writeUInt8(99, 8);
  assert.throws(() => new FrameReader(() => undefined).push(Buffer.concat([header, body])), /Unknown frame kind/);
});
