import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { Readable } from "node:stream";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { makeTemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { MadeChain } from "../made-chain.fixture.ts";
import { VerifyError } from "../errors.ts";
import { nameOf } from "../names.ts";
import type { CaseClaims, LogFileEntry } from "./case-contents.ts";
import { madeAsk, MadeWorld } from "./made-case.fixture.ts";
import { openCaseExport } from "./open-case-export.ts";
import { readCase } from "./read-case.ts";

interface Manifest {
  readonly claims: CaseClaims;
  readonly logFiles: readonly LogFileEntry[];
  readonly digests: readonly {
    readonly name: string;
    readonly how: string;
    readonly verdict: string;
    readonly chain: string;
  }[];
  readonly gaps: readonly { readonly kind: string }[];
  readonly awsCli: readonly { readonly words: readonly string[] }[];
  readonly files: readonly { readonly path: string; readonly size: number; readonly sha256: string }[];
  readonly logFilesLeftOut: number;
}

function manifestOf(files: ReadonlyMap<string, Buffer>): Manifest {
  return JSON.parse(files.get("manifest.json")?.toString("utf8") ?? "") as Manifest;
}

/** A word that stands in one record of a log file and in no other. */
function wordOf(world: MadeWorld, index: number): string {
  const record = world.logFiles[index]?.records[0]?.toString("utf8") ?? "";
  return (JSON.parse(record) as { eventID: string }).eventID;
}

test("a case holds the events, their log files and digests as their buckets hold them, and a digest on each side", async () => {
  const chain = new MadeChain().add(6);
  const world = new MadeWorld([chain]);
  const files = await world.open({ query: wordOf(world, 7), isLean: true });
  const manifest = manifestOf(files);
  const file = world.logFiles[7];
  assert.ok(file !== undefined);
  assert.deepEqual(files.get("events.ndjson"), Buffer.concat([file.records[0] ?? Buffer.alloc(0), Buffer.from("\n")]));
  assert.deepEqual(files.get(`s3/${file.object.bucket}/${file.object.key}`), file.object.bytes);
  assert.deepEqual(
    manifest.digests.map(({ name, how, verdict }) => [name, how, verdict]),
    chain.digests.slice(1, 4).map((digest) => [nameOf(digest), "as-stored", "valid"]),
  );
  for (const digest of chain.digests.slice(1, 4)) {
    assert.deepEqual(files.get(`s3/${digest.bucket}/${digest.key}`), digest.bytes);
  }
  assert.deepEqual(manifest.claims, {
    events: 1,
    eventsProven: 1,
    logFiles: 1,
    logFilesProven: 1,
    digests: 3,
    digestsValid: 3,
    isAllProven: true,
    sentence: manifest.claims.sentence,
  });
  assert.equal(manifest.logFilesLeftOut, 2);
});

test("metadata and keys have the forms of S3 and ListPublicKeys, and the manifest names every file", async () => {
  const chain = new MadeChain().add(3);
  const files = await new MadeWorld([chain]).open();
  const metadata = JSON.parse(files.get("metadata.json")?.toString("utf8") ?? "") as Record<
    string,
    Record<string, string>
  >;
  const [first] = chain.digests;
  assert.ok(first !== undefined);
  assert.deepEqual(metadata[`${first.bucket}/${first.key}`], {
    signature: first.signature,
    "signature-algorithm": "SHA256withRSA",
    "start-time": "2026-03-01T10:01:31Z",
    "end-time": "2026-03-01T11:01:31Z",
    "trail-name": "made",
    "home-region": "eu-west-1",
    account: "111122223333",
  });
  const { PublicKeyList: keys } = JSON.parse(files.get("public-keys.json")?.toString("utf8") ?? "") as {
    PublicKeyList: Record<string, string>[];
  };
  assert.deepEqual(
    keys.map(({ Value, Fingerprint, Region }) => [
      createHash("md5")
        .update(Buffer.from(Value ?? "", "base64"))
        .digest("hex"),
      Region,
      Fingerprint === first.json["digestPublicKeyFingerprint"],
    ]),
    [[keys[0]?.["Fingerprint"], "eu-west-1", true]],
  );
  const named = manifestOf(files).files;
  assert.deepEqual(
    [...named.map(({ path }) => path), "manifest.json", "manifest.sha256"].toSorted(),
    [...files.keys()].toSorted(),
  );
  for (const { path, size, sha256 } of named) {
    const bytes = files.get(path) ?? Buffer.alloc(0);
    assert.deepEqual([size, sha256], [bytes.length, createHash("sha256").update(bytes).digest("hex")], path);
  }
});

test("a log file that is gone or was changed is made anew from its records, and is proven", async () => {
  const world = new MadeWorld([new MadeChain().add(3)]);
  const [gone, changed, behind] = world.logFiles.map(({ object }) => object);
  assert.ok(gone && changed && behind);
  world.objects.delete(nameOf(gone));
  world.objects.set(nameOf(changed), { ...changed, bytes: gzipSync('{"Records":[]}') });
  world.objects.set(nameOf(behind), { ...behind, bytes: Buffer.concat([behind.bytes, gzipSync("")]) });
  const files = await world.open();
  const { logFiles, claims } = manifestOf(files);
  assert.equal(claims.isAllProven, true);
  for (const object of [gone, changed, behind]) {
    const entry = logFiles.find(({ name }) => name === nameOf(object));
    assert.deepEqual([entry?.how, entry?.verdict], ["rebuilt", "proven"]);
    assert.match(entry?.sentence ?? "", /^Proven: .* made anew from the records/);
    assert.deepEqual(gunzipSync(files.get(entry?.path ?? "") ?? ""), gunzipSync(object.bytes));
  }
});

test("what is gone, changed or unreadable and cannot be made anew is listed with its reason, and its events are not proven", async () => {
  const world = new MadeWorld([new MadeChain().add(2)]);
  const [gone, changed, locked] = world.logFiles.map(({ object }) => object);
  assert.ok(gone && changed && locked);
  world.objects.delete(nameOf(gone));
  world.objects.set(nameOf(changed), { ...changed, bytes: gzipSync('{"Records":[]}') });
  const { proofs, fetch } = world.options();
  const files = await world.open(
    {},
    {
      proofs: { ...proofs, async *rawOf() {} },
      async fetch(bucket, key, signal) {
        if (key === locked.key) throw new Error("AccessDenied: <nobody> may read this");
        return fetch(bucket, key, signal);
      },
    },
  );
  const { logFiles, claims } = manifestOf(files);
  const seen = [gone, changed, locked].map((object) => logFiles.find(({ name }) => name === nameOf(object)));
  assert.deepEqual(
    seen.map((entry) => [entry?.path, entry?.how, entry?.verdict, entry?.reason]),
    [
      [null, "not-available", "missing", "not-found"],
      [null, "not-available", "broken", "content-differs"],
      [null, "not-available", "unproven", "not-read-yet"],
    ],
  );
  const lost = world.logFiles.slice(0, 3).reduce((sum, { records }) => sum + records.length, 0);
  assert.deepEqual([claims.isAllProven, claims.events - claims.eventsProven], [false, lost]);
  const page = files.get("README.html")?.toString("utf8") ?? "";
  assert.ok(page.includes("AccessDenied: &lt;nobody&gt; may read this"));
  assert.ok(page.includes(`${lost} events in no proven log file of this case`));
});

test("a digest that is gone or was changed in its bucket is sealed as it was collected", async () => {
  const chain = new MadeChain().add(3);
  const world = new MadeWorld([chain]);
  const [first, second] = chain.digests;
  assert.ok(first && second);
  world.objects.delete(nameOf(first));
  world.objects.set(nameOf(second), { ...second, bytes: gzipSync("{}") });
  const { digests, claims } = manifestOf(await world.open());
  assert.deepEqual(
    digests.map(({ how, verdict }) => `${how} ${verdict}`),
    ["rebuilt valid", "rebuilt valid", "as-stored valid"],
  );
  assert.equal(claims.isAllProven, true);
});

test("a key that nobody knows leaves its digests, log files and events unproven, with the reason", async () => {
  const world = new MadeWorld([new MadeChain().add(2)]);
  world.keys.length = 0;
  const { claims, digests, logFiles } = manifestOf(await world.open());
  assert.deepEqual([claims.eventsProven, claims.logFilesProven, claims.digestsValid], [0, 0, 0]);
  assert.deepEqual(
    [digests[0]?.verdict, logFiles[0]?.verdict, logFiles[0]?.reason],
    ["unproven", "unproven", "digest-unproven"],
  );
});

test("a digest missing between two others is a hole, a chain that begins anew is none", async () => {
  const broken = new MadeChain().add(3);
  const world = new MadeWorld([broken]);
  world.digests.splice(1, 1);
  const holes = manifestOf(await world.open());
  assert.equal(holes.claims.isAllProven, false);
  assert.deepEqual(
    holes.gaps.map(({ kind }) => kind),
    ["digests-missing"],
  );
  const restarted = new MadeChain({ trailName: "paused" }).add(2);
  restarted.pause(5 * 3_600_000).addOne({ previous: null });
  const anew = manifestOf(await new MadeWorld([restarted]).open());
  assert.deepEqual([anew.claims.isAllProven, anew.gaps.map(({ kind }) => kind)], [true, ["chain-restarted"]]);
});

test("events that lie months apart bring along their own stretches of the chain, not all of it", async () => {
  const chain = new MadeChain().add(2);
  chain.pause(40 * 24 * 3_600_000).addOne();
  chain.add(400, { files: 0 });
  chain.add(2);
  const world = new MadeWorld([chain]);
  const only = async function* () {
    yield* world.events("").slice(0, 1);
    yield* world.events("").slice(-1);
  };
  const { digests, claims } = manifestOf(await world.open({}, { records: only }));
  assert.deepEqual(new Set(digests.map(({ chain: title }) => title)).size, 2);
  assert.ok(digests.length < 8, String(digests.length));
  assert.equal(claims.isAllProven, true);
});

test("events of an imported file that no digest names are in the case and not proven", async () => {
  const world = new MadeWorld([new MadeChain().add(2)]);
  const { proofs } = world.options();
  const imported = { ...proofs, verdictsOf: async () => new Map() };
  const logFileName = async () => "/home/mary/logs/a.json.gz";
  const { claims, logFiles } = manifestOf(
    await world.open({ query: wordOf(world, 0) }, { proofs: imported, logFileName }),
  );
  assert.deepEqual([claims.events, claims.eventsProven, claims.digests], [1, 0, 0]);
  assert.match(logFiles[0]?.sentence ?? "", /imported from a file/);
});

test("a record that was reformatted stands on one line, and is not called proven", async () => {
  const world = new MadeWorld([new MadeChain().add(2)]);
  const pretty = async function* () {
    const [event] = world.events("");
    assert.ok(event !== undefined);
    yield { ...event, raw: Buffer.from(JSON.stringify(JSON.parse(event.raw.toString("utf8")), undefined, 2)) };
  };
  const files = await world.open({}, { records: pretty });
  assert.equal(files.get("events.ndjson")?.toString("utf8").split("\n").length, 2);
  assert.equal(manifestOf(files).claims.eventsProven, 0);
});

test("what finds nothing or too much is refused before the first byte, and leaves nothing on the disk", async () => {
  using place = makeTemporaryFolder();
  const world = new MadeWorld([new MadeChain().add(2)]);
  const code = (expected: string) => (error: unknown) => error instanceof VerifyError && error.code === expected;
  await assert.rejects(world.seal({ query: "nothing has this" }, { folder: place.path }), code("case-empty"));
  await assert.rejects(world.seal({ eventsMax: 3 }, { folder: place.path }), code("case-too-large"));
  assert.deepEqual(readdirSync(place.path), []);
});

test("a reader that leaves early, and a store that fails in the middle, leave nothing behind", async () => {
  using place = makeTemporaryFolder();
  const world = new MadeWorld([new MadeChain().add(20)]);
  const folder = place.path;
  const stop = new AbortController();
  for await (const chunk of openCaseExport(world.options({ folder }))(madeAsk, stop.signal)) {
    assert.ok(chunk.length > 0);
    break;
  }
  const { proofs } = world.options();
  world.objects.clear();
  const failing = {
    ...proofs,
    async *rawOf() {
      yield Buffer.from("{}");
      throw new Error("The store went away");
    },
  };
  await assert.rejects(world.seal({}, { proofs: failing, folder }), /The store went away/);
  const aborted = new AbortController();
  aborted.abort(new Error("enough"));
  await assert.rejects(async () => {
    for await (const _ of openCaseExport(world.options({ folder }))(madeAsk, aborted.signal));
  }, /enough/);
  assert.deepEqual(readdirSync(place.path), []);
});

test("an archive is read again as it was sealed, and one that was cut or changed is not", async () => {
  const world = new MadeWorld([new MadeChain().add(3)]);
  const archive = await world.seal();
  const summary = await readCase(Readable.from([archive]));
  assert.deepEqual([summary.claims.isAllProven, summary.open], [true, []]);
  assert.match(summary.folder, /^trailwarden-case-\d{8}T\d{6}Z$/);
  await assert.rejects(readCase(Readable.from([archive.subarray(0, archive.length - 2_000)])));
  const tar = gunzipSync(archive);
  tar[tar.indexOf("eventName") + 15] = 0x7e;
  await assert.rejects(readCase(Readable.from([gzipSync(tar)])), /not in the case as it was sealed/);
});
