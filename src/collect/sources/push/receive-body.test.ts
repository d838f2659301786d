import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { makeTemporaryFolder } from "../../../../test/fixtures/temporary-folder.ts";
import { SteppedClock } from "../../../base/clock.ts";
import { receiveBody, type ReceiveOptions } from "./receive-body.ts";

function optionsFor(folder: string, clock = new SteppedClock(0)): ReceiveOptions {
  return { folder, clock, bytesMax: 1024 * 1024, signal: new AbortController().signal };
}

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  // A connection uses its memory again.
  const same = Buffer.alloc(size);
  for (let at = 0; at < bytes.length; at += size) {
    const length = bytes.copy(same, 0, at, at + size);
    yield same.subarray(0, length);
  }
}

for (const size of [1, 1_000, 256 * 1024, 256 * 1024 + 1, 1024 * 1024]) {
  test(`a body of ${size} bytes is received as it was sent`, async () => {
    using folder = makeTemporaryFolder();
    const bytes = Buffer.from(Array.from({ length: size }, (_, index) => index % 251));
    const received = await receiveBody(pieces(bytes, 60_000), optionsFor(folder.path));
    assert.ok(received.ok);
    const { content, sizeBytes, sha256 } = received.body;
    assert.equal(sizeBytes, size);
    assert.equal(sha256, createHash("sha256").update(bytes).digest("hex"));
    assert.deepEqual("path" in content ? readFileSync(content.path) : content.bytes, bytes);
    await received.body[Symbol.asyncDispose]();
    assert.deepEqual(readdirSync(folder.path), []);
  });
}

test("a body that is larger than it may be is given up, and nothing of it stays", async () => {
  using folder = makeTemporaryFolder();
  const received = await receiveBody(pieces(Buffer.alloc(1024 * 1024 + 1), 60_000), optionsFor(folder.path));
  assert.deepEqual(received, { ok: false, reason: "too-large" });
  assert.deepEqual(readdirSync(folder.path), []);
});

test("a body that does not end in time is given up", async () => {
  using folder = makeTemporaryFolder();
  const clock = new SteppedClock(0);
  const never = new Promise<never>(() => undefined);
  async function* slow(): AsyncGenerator<Uint8Array> {
    yield Buffer.from("{");
    await never;
  }
  const receiving = receiveBody(slow(), optionsFor(folder.path, clock));
  clock.advance(180_000);
  assert.deepEqual(await receiving, { ok: false, reason: "too-slow" });
});
