import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { gzipSync } from "node:zlib";
import { makeLogFile, makeRecord, makeRecordText } from "../fixtures/made-record.ts";
import { Quarantine } from "../fixtures/quarantine.ts";

let place: Quarantine;

before(async () => {
  place = await Quarantine.open();
});
after(() => place[Symbol.asyncDispose]());
beforeEach(() => place.nextFolder());

test("a list inside a record that looks like records stays in its record", async () => {
  const inner = () => makeRecordText(place.nextNumber());
  const holding = makeRecordText(place.nextNumber(), {
    requestParameters: `{"entries":[${inner()},${inner()},${inner()}]}`,
  });
  const texts = [inner(), holding, inner()];
  const found = await place.importBeside({ "holding.json.gz": gzipSync(makeLogFile(texts)) });
  assert.deepEqual(found, { stored: 3, rejected: 0, skipped: {}, damaged: {} });
  const stored = new Set((await place.imported.records()).map(String));
  for (const text of texts) assert.ok(stored.has(text), text);
});

test("a second list of records in the same file is found", async () => {
  const [first, second, third] = [0, 1, 2].map(() => makeRecordText(place.nextNumber()));
  const text = `{"Records":[${first}],"Records":[${second},${third}]}`;
  const found = await place.importBeside({ "twice.json.gz": gzipSync(text) });
  assert.deepEqual(found, { stored: 3, rejected: 0, skipped: {}, damaged: {} });
});

test("what is no record among usual ones is refused alone, and told with its place", async () => {
  const texts = [
    makeRecordText(place.nextNumber()),
    makeRecordText(place.nextNumber()),
    makeRecordText(place.nextNumber()),
  ];
  const text = `{"Records":[${texts[0]},null,${texts[1]},{"eventVersion":"1.08","eventTime":"soon"},${texts[2]}]}`;
  const found = await place.importBeside({ "among.json.gz": gzipSync(text) });
  assert.equal(found.stored, 3);
  assert.equal(found.rejected, 2);
});

test("a file of usual form whose records hold numbers that no strict parser takes is stored whole", async () => {
  const texts = [
    makeRecordText(place.nextNumber()),
    makeRecordText(place.nextNumber(), { additionalEventData: '{"n":1e400}' }),
  ];
  const found = await place.importBeside({ "numbers.json.gz": gzipSync(makeLogFile(texts)) });
  assert.deepEqual(found, { stored: 2, rejected: 0, skipped: {}, damaged: {} });
});

test("files that are read twice in one import leave the counts of their neighbours right", async () => {
  const files: Record<string, Buffer> = {};
  for (let i = 0; i < 20; i++) {
    const inner = JSON.stringify(makeRecord(place.nextNumber()));
    const odd = makeRecordText(place.nextNumber(), { requestParameters: `{"entries":[${inner},${inner}]}` });
    const plain = makeRecordText(place.nextNumber());
    files[`${i}.json.gz`] = gzipSync(makeLogFile(i % 3 === 0 ? [plain, odd] : [plain]));
  }
  const found = await place.importBeside(files);
  assert.deepEqual(found, { stored: 27, rejected: 0, skipped: {}, damaged: {} });
});
