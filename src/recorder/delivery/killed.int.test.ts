import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

import { type CloudTrailRecord, type Digest, readDigest } from "../../cloudtrail/index.ts";
import { objectsIn } from "./folder-bucket.fixture.ts";

const program = fileURLToPath(new URL("./record-at-full-speed.fixture.ts", import.meta.url));

/** Moments after the first promise, in milliseconds; chosen once by chance. */
const lives = [260, 35, 420, 7, 150];

test("killed while it records and delivers, it loses nothing that it promised and delivers nothing twice", async () => {
  const folder = await mkdtemp(join(tmpdir(), "trailwarden-killed-"));
  const realStart = String(Date.now());
  const promised: string[] = [];
  const began = performance.now();
  try {
    for (const [life, milliseconds] of lives.entries()) {
      promised.push(...(await live([folder, `life${life}`, realStart], milliseconds)));
    }
    const seconds = lives.reduce((sum, one) => sum + one, 0) / 1000;
    await live([folder, "last", realStart, "finish"], undefined);

    const objects = await objectsIn(`${folder}/bucket`);
    const records = objects.filter(({ key }) => key.includes("/CloudTrail/")).flatMap(({ body }) => recordsIn(body));
    const delivered = records.map(({ eventID }) => eventID ?? "");
    assert.ok(promised.length > 1000 * seconds, `${promised.length} records in ${seconds} s`);
    const arrived = new Set(delivered);
    const missing = promised.filter((id) => !arrived.has(id));
    assert.equal(missing.length, 0, `${missing.length} of ${promised.length} are missing`);
    assert.equal(new Set(delivered).size, delivered.length);

    const digests = objects
      .filter(({ key }) => key.includes("/CloudTrail-Digest/"))
      .map(({ key, body, metadata }) => ({ key, bytes: gunzipSync(body), metadata, digest: digestIn(body) }));
    const named = digests.flatMap(({ digest }) => digest.logFiles.map(({ s3Object }) => s3Object)).sort();
    const files = objects.map(({ key }) => key).filter((key) => key.includes("/CloudTrail/"));
    assert.deepEqual(named, files.sort());
    for (const isBackfill of [false, true]) {
      const chain = digests
        .filter(({ key }) => key.includes("_backfill") === isBackfill)
        .sort((a, b) => (a.key < b.key ? -1 : 1));
      for (const [index, { digest }] of chain.entries()) {
        const before = chain[index - 1];
        assert.equal(digest.previousDigestS3Object, before?.key ?? null);
        assert.equal(digest.previousDigestSignature, before?.metadata["signature"] ?? null);
        assert.equal(digest.previousDigestHashValue, before === undefined ? null : sha256(before.bytes));
        if (!isBackfill && before) assert.equal(digest.digestStartTime, before.digest.digestEndTime);
      }
    }
    assert.ok(digests.length > 3);
    assert.ok(performance.now() - began < 60_000);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** Lets the program live for a while after its first promise and kills it; or, without a while, waits for its end. */
async function live(words: readonly string[], milliseconds: number | undefined): Promise<readonly string[]> {
  const child = spawn(process.execPath, [program, ...words], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = Promise.withResolvers<void>();
  let said = "";
  child.stdout.on("data", (bytes: Buffer) => {
    if (said === "" && milliseconds !== undefined) setTimeout(() => child.kill("SIGKILL"), milliseconds);
    said += bytes.toString("utf8");
  });
  child.on("close", () => ended.resolve());
  await ended.promise;
  if (milliseconds === undefined) assert.equal(child.exitCode, 0);
  else assert.equal(child.signalCode, "SIGKILL");
  // The last line may have been cut by the kill.
  return said.split("\n").slice(0, -1);
}

function recordsIn(body: Uint8Array): readonly CloudTrailRecord[] {
  return (JSON.parse(gunzipSync(body).toString("utf8")) as { readonly Records: CloudTrailRecord[] }).Records;
}

function digestIn(body: Uint8Array): Digest {
  const read = readDigest(gunzipSync(body));
  assert.ok(read.ok);
  return read.digest;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
