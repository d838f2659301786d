import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { type LastingState } from "../../../base/lasting.ts";
import { openState } from "../../lasting/sqlite-state.ts";
import { testWorld } from "../call.fixture.ts";
import { s3Faults } from "./faults.ts";
import { readBody, refusedWith, testS3 } from "./s3.fixture.ts";
import { openS3State } from "./s3-state.ts";

const Bucket = "company-logs";

test("objects can be lost, changed, cut, doubled and swapped, without a notice", async (t) => {
  const { call, s3, sent } = await testS3(t);
  await call("CreateBucket", { Bucket });
  await call("PutBucketNotificationConfiguration", {
    Bucket,
    NotificationConfiguration: { EventBridgeConfiguration: {} },
  });
  for (const [Key, body] of Object.entries({ a: "aaaa", b: "bbbbbb", c: "cccc", d: "dddd" })) {
    await call("PutObject", { Bucket, Key }, { body });
  }
  sent.length = 0;
  const faults = s3Faults(s3);
  const get = async (Key: string) => readBody(await call("GetObject", { Bucket, Key }));
  await faults.changeByte(Bucket, "a", 1);
  assert.equal(await get("a"), "a`aa");
  await faults.truncate(Bucket, "b");
  assert.equal(await get("b"), "bbb");
  await faults.duplicate(Bucket, "c", "c again");
  await faults.lose(Bucket, "c");
  await assert.rejects(get("c"), refusedWith("NoSuchKey"));
  assert.equal(await get("c again"), "cccc");
  await faults.swap(Bucket, "b", "d");
  assert.deepEqual([await get("b"), await get("d")], ["dddd", "bbb"]);
  assert.deepEqual(sent, []);
  await assert.rejects(faults.lose(Bucket, "never there"), refusedWith("NoSuchKey"));
});

test("an encrypted object can be doubled and cut too", async (t) => {
  const { call, s3 } = await testS3(t);
  await call("CreateBucket", { Bucket });
  await call("PutObject", { Bucket, Key: "k", ServerSideEncryption: "aws:kms" }, { body: "0123456789" });
  const faults = s3Faults(s3);
  await faults.duplicate(Bucket, "k", "l");
  await faults.truncate(Bucket, "k", 3);
  assert.equal(await readBody(await call("GetObject", { Bucket, Key: "k" })), "012");
  assert.equal(await readBody(await call("GetObject", { Bucket, Key: "l" })), "0123456789");
});

test("after a restart everything is there again, and what was half written is gone", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "trailwarden-s3-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "state.sqlite");
  const open = (state: LastingState) => openS3State({ ...testWorld({ folder }), state });
  const state = openState(path);
  const first = await open(state);
  const put = async (key: string) => {
    const { piece } = await first.bytes.write(oneOf(key), { algorithms: [], sizeBytesMax: 100 });
    return piece;
  };
  const kept = await put("kept");
  const orphan = await put("moved, but never put");
  const half = join(folder, "s3", "incoming", "half");
  writeFileSync(half, "half of it");
  first.objects.put({
    ...first.objects.nextVersion(true),
    ...{ bucket: Bucket, key: "k", at: 0, ownerId: "1", isDeleteMarker: false, eTag: '"x"', sizeBytes: 4 },
    ...{ pieces: [kept], headers: { contentType: "x" }, metadata: {}, storageClass: "STANDARD", tags: [], acl: [] },
    encryption: { kind: "AES256" },
  });
  state.close();

  const again = openState(path);
  const second = await open(again);
  const found = second.objects.latest(Bucket, "k");
  assert.ok(found?.isDeleteMarker === false);
  assert.equal(second.objects.version(Bucket, "k", found.versionId)?.sequence, found.sequence);
  assert.ok(second.objects.nextVersion(true).sequence > found.sequence);
  assert.ok(existsSync(second.bytes.pathOf(kept.file)));
  assert.ok(!existsSync(second.bytes.pathOf(orphan.file)));
  assert.deepEqual(readdirSync(join(folder, "s3", "incoming")), []);
  again.close();
});

async function* oneOf(text: string): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield Buffer.from(text);
}
