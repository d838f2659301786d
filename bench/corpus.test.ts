import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { makeCorpus, type Corpus } from "./corpus.ts";

const events = 5000;
const dir = mkdtempSync(join(tmpdir(), "corpus-test-"));
let corpus: Corpus;
let texts: readonly string[];

before(async () => {
  corpus = await makeCorpus({ dir, events });
  texts = readLogs(corpus.files).flatMap((text) => recordsOf(text).map((record) => JSON.stringify(record)));
});
after(() => rmSync(dir, { recursive: true, force: true }));

test("each needle is found as often as the truth says", () => {
  const { needles } = corpus.truth;
  const holding = (part: string) => texts.filter((text) => text.includes(part));
  assert.equal(holding(needles.number.text).length, needles.number.count);
  assert.equal(holding(needles.accessKey.text).length, needles.accessKey.count);
  assert.equal(holding(`"arn":"${needles.rarePrincipal.arn}"`).length, needles.rarePrincipal.count);
  assert.equal(holding(`"arn":"${needles.busyPrincipal.arn}"`).length, needles.busyPrincipal.count);
  assert.equal(holding(`"sourceIPAddress":"${needles.address.text}"`).length, needles.address.count);
  assert.equal(holding(needles.mixedCase.text).length, needles.mixedCase.exactly);
  const folded = needles.mixedCase.text.toLowerCase();
  assert.equal(texts.filter((text) => text.toLowerCase().includes(folded)).length, needles.mixedCase.count);
  assert.equal(
    texts.filter((text) => needles.threeWords.texts.every((word) => text.includes(word))).length,
    needles.threeWords.count,
  );
  assert.equal(texts.filter((text) => /batch-export-.*-zurich/.test(text)).length, needles.wildcard.count);
  assert.equal(holding("batch-export-").length, needles.wildcard.count + needles.wildcard.decoys);
  assert.equal(holding(needles.absent.text).length, 0);
});

test("the truth counts every event, file and byte, and no event twice", () => {
  const logs = readLogs(corpus.files);
  const { truth } = corpus;
  assert.equal(texts.length, events);
  assert.equal(truth.events, events);
  assert.equal(truth.files, logs.length);
  assert.equal(
    truth.rawBytes,
    logs.reduce((sum, text) => sum + Buffer.byteLength(text), 0),
  );
  assert.equal(new Set(texts.map((text) => String(JSON.parse(text).eventID))).size, events);
  assert.equal(
    truth.byHour.reduce((sum, count) => sum + count, 0),
    events,
  );
  assert.equal(
    Object.values(truth.byEventName).reduce((sum, count) => sum + count, 0),
    events,
  );
});

test("redelivered files hold what the truth says is known and fresh", () => {
  const known = new Set(texts.map((text) => String(JSON.parse(text).eventID)));
  const again = readLogs(corpus.redelivered).flatMap(recordsOf);
  const { redelivered } = corpus.truth;
  assert.equal(again.length, redelivered.records);
  assert.equal(again.filter((record) => known.has(String(record.eventID))).length, redelivered.known);
  assert.ok(redelivered.fresh > 0);
});

test("records are minified as they were printed, so a reader gets them byte for byte", () => {
  for (const text of readLogs(corpus.files)) assert.equal(JSON.stringify(JSON.parse(text)), text);
});

test("the same seed makes the same bytes", async () => {
  const again = mkdtempSync(join(tmpdir(), "corpus-test-"));
  const second = await makeCorpus({ dir: again, events });
  assert.equal(digestOf(second.files), digestOf(corpus.files));
  rmSync(again, { recursive: true, force: true });
});

test("too few events for the needles are refused", async () => {
  await assert.rejects(makeCorpus({ dir, events: 100 }), RangeError);
});

function pathsIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function readLogs(folder: string): readonly string[] {
  return pathsIn(folder).map((path) => gunzipSync(readFileSync(path)).toString());
}

function recordsOf(text: string): readonly { readonly eventID?: string }[] {
  const log: { readonly Records: readonly { readonly eventID?: string }[] } = JSON.parse(text);
  return log.Records;
}

function digestOf(folder: string): string {
  const hash = createHash("sha256");
  for (const path of pathsIn(folder)) hash.update(path.slice(folder.length)).update(readFileSync(path));
  return hash.digest("hex");
}
