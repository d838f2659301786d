import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { makeTemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { MadeChain, madeKey, madeKeys, type MadeObject } from "../made-chain.fixture.ts";
import { auditFolder, everything, nameOf, writeCopy } from "./copied-folder.fixture.ts";
import { openFolderPlace } from "./folder-place.ts";
import { readSidecar } from "./sidecar.ts";

const { signal } = new AbortController();
const keys = () => madeKeys("eu-west-1", madeKey("first"));

function objects(chain = new MadeChain().add(3)): MadeObject[] {
  return chain.digests.flatMap((digest) => [digest, ...digest.logFiles]);
}

const open = (path: string) => openFolderPlace({ path, requestsAtOnce: 2, signal });

test("however a bucket was copied, its keys are those that its digests say", async () => {
  const shapes: readonly ((bucket: string) => string)[] = [
    (bucket) => bucket,
    () => "",
    () => "evidence/2026/march",
    () => "another-name",
  ];
  for (const folderOf of shapes) {
    using folder = makeTemporaryFolder();
    writeCopy(folder.path, objects(), { folderOf });
    const { summary, problems } = await auditFolder(folder.path, { keys: keys() });
    assert.deepEqual([problems, summary.logFiles.proven], [{}, 9], folderOf("made-trail"));
  }
});

test("a folder inside of AWSLogs is enough to name", async () => {
  using folder = makeTemporaryFolder();
  writeCopy(folder.path, objects(), { folderOf: () => "" });
  const path = join(folder.path, "AWSLogs", "111122223333", "CloudTrail-Digest");
  cpSync(join(folder.path, "metadata.json"), join(path, "metadata.json"));
  const { summary, problems } = await auditFolder(path, { keys: keys() });
  assert.deepEqual([problems, summary.logFiles.proven], [{}, 9]);
});

test("a link in place of a log file, or of a folder above it, is not followed", async () => {
  using folder = makeTemporaryFolder();
  const made = objects();
  const copy = join(folder.path, "copy");
  writeCopy(copy, made);
  const [log, other] = made.filter(({ key }) => key.includes("/CloudTrail/"));
  assert.ok(log && other);
  const file = join(copy, log.bucket, log.key);
  const outside = join(folder.path, "outside.json.gz");
  renameSync(file, outside);
  symlinkSync(outside, file);
  const { problems, summary } = await auditFolder(copy, { keys: keys() });
  assert.deepEqual(problems, { [nameOf(log.key)]: "missing not-found" });
  assert.equal(summary.logFiles.proven, 8);

  const day = dirname(file);
  const moved = mkdtempSync(join(folder.path, "moved-"));
  rmSync(file);
  renameSync(day, join(moved, "day"));
  symlinkSync(join(moved, "day"), day);
  assert.equal((await auditFolder(copy, { keys: keys() })).summary.logFiles.missing, 9);
});

test("keys that would lead out of the folder are not there", async () => {
  using folder = makeTemporaryFolder();
  writeCopy(folder.path, objects());
  writeFileSync(join(folder.path, "secret"), "…");
  await using place = await open(folder.path);
  for (const key of ["AWSLogs/../../secret", "AWSLogs/../secret", "../secret", "secret", "AWSLogs//x", "AWSLogs/\0"]) {
    assert.deepEqual(await place.get({ bucket: "made-trail", key }, signal), { ok: false, reason: "not-found" }, key);
  }
});

test("keys come in order, of the days that are asked for", async () => {
  using folder = makeTemporaryFolder();
  const chain = new MadeChain().add(30);
  writeCopy(folder.path, objects(chain));
  await using place = await open(folder.path);
  const list = async (span: { from: number; to: number }) =>
    (await Array.fromAsync(place.list("digests", span, signal))).map(({ key }) => key);
  const all = await list(everything);
  assert.deepEqual(all, chain.digests.map(({ key }) => key).sort());
  const day = Date.UTC(2026, 2, 2);
  assert.ok((await list({ from: day, to: day + 1 })).every((key) => key.includes("/2026/03/02/")));
  assert.deepEqual(await place.lanes(signal), [{ accountId: "111122223333", region: "eu-west-1", organizationId: "" }]);
});

test("a digest's own sidecar may be what `aws s3api head-object` prints", async () => {
  using folder = makeTemporaryFolder();
  const made = objects();
  writeCopy(folder.path, made, { hasMetadata: false });
  for (const { bucket, key, metadata: Metadata } of made) {
    if (!key.includes("/CloudTrail-Digest/")) continue;
    writeFileSync(`${join(folder.path, bucket, key)}.metadata.json`, JSON.stringify({ ContentLength: 7, Metadata }));
  }
  const { summary } = await auditFolder(folder.path, { keys: keys() });
  assert.deepEqual([summary.digests.valid, summary.digests.unproven], [3, 0]);
});

test("a signature that the sidecar knows to be missing is a sign of tampering", async () => {
  using folder = makeTemporaryFolder();
  const made = objects();
  writeCopy(folder.path, made);
  const path = join(folder.path, "metadata.json");
  const metadata = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  const [name = ""] = Object.keys(metadata);
  metadata[name] = {};
  writeFileSync(path, JSON.stringify(metadata));
  const { problems } = await auditFolder(folder.path, { keys: keys() });
  assert.equal(problems[nameOf(name)], "broken signature-missing");
});

test("a named file of metadata that is none is refused, one that is found is left alone", async () => {
  using folder = makeTemporaryFolder();
  const path = join(folder.path, "metadata.json");
  writeFileSync(path, "[1, 2");
  assert.equal((await readSidecar(folder.path, undefined)).find(["key"]), undefined);
  await assert.rejects(readSidecar(folder.path, path), { code: "verify-place-unreadable", fault: "user" });
  await assert.rejects(readSidecar(folder.path, join(folder.path, "no.json")), { code: "verify-place-unreadable" });
});

test("what is no folder is refused", async () => {
  using folder = makeTemporaryFolder();
  writeFileSync(join(folder.path, "file"), "");
  mkdirSync(join(folder.path, "empty"));
  await assert.rejects(open(join(folder.path, "file")), { code: "verify-place-unreadable", fault: "user" });
  await assert.rejects(open(join(folder.path, "nothing")), { code: "verify-place-unreadable" });
  await using empty = await open(join(folder.path, "empty"));
  assert.deepEqual(await empty.lanes(signal), []);
});
