import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { constants, deflateRawSync, gzipSync } from "node:zlib";
import type { ImportSummary } from "../../src/collect/index.ts";
import { makeLogFile, makeRecord, makeRecordText } from "../fixtures/made-record.ts";
import { endOf } from "../fixtures/program.ts";
import { Quarantine } from "../fixtures/quarantine.ts";

let place: Quarantine;

before(async () => {
  place = await Quarantine.open();
});
after(() => place[Symbol.asyncDispose]());
beforeEach(() => place.nextFolder());

test("odd values in a record are stored as they stand", async () => {
  const odd = {
    "an integer past 2^64": { additionalEventData: '{"n":123456789012345678901234567890}' },
    "a number past all numbers": { additionalEventData: '{"n":1e400}' },
    "a lone surrogate": { additionalEventData: '"\\ud800 alone"' },
    "raw control characters": { additionalEventData: '"raw\u0001and\u001b[31m"' },
    "raw and written NUL": { additionalEventData: '"nul \\u0000 and \u0000"' },
    "a tag": { userAgent: '"</script><img src=x onerror=alert(1)>"' },
    "terminal codes": { userAgent: '"\\u001b]0;owned\\u0007\\u001b[2J"' },
    "bidirectional marks": { userAgent: '"\\u202egnp.exe\\u2066"' },
    "a formula": { userAgent: `"=cmd|' /C calc'!A0"` },
    "a key twice": { additionalEventData: '{"a":1,"a":2}' },
    "an empty key": { "": '{"":""}' },
  };
  const texts = Object.values(odd).map((fields) => makeRecordText(place.nextNumber(), fields));
  const invalid = Buffer.from(makeLogFile([makeRecordText(place.nextNumber(), { userAgent: '"XX"' })])).map((byte) =>
    byte === 0x58 ? 0xff : byte,
  );
  const found = await place.importBeside({ "odd.json": makeLogFile(texts), "utf8.json": Buffer.from(invalid) });
  assert.deepEqual(found, { stored: texts.length + 1, rejected: 0, skipped: {}, damaged: {} });
  const records = await place.imported.records();
  for (const text of texts)
    assert.ok(
      records.some((record) => record.equals(Buffer.from(text))),
      text,
    );
  assert.ok(records.some((record) => record.equals(Buffer.from(invalid.subarray(12, -2)))));
});

test("what is no record is refused one by one, with its reason, and its neighbours stay", async () => {
  const cases: readonly (readonly [text: string, message: RegExp])[] = [
    [makeRecordText(place.nextNumber(), { eventTime: '"yesterday"' }), /eventTime is no time: "yesterday"/],
    [makeRecordText(place.nextNumber(), { eventTime: "null" }), /neither eventTime nor/],
    [makeRecordText(place.nextNumber(), { eventTime: "17" }), /eventTime is no time: 17/],
    [makeRecordText(place.nextNumber(), { eventTime: '"17"' }), /eventTime is no time: "17"/],
    [makeRecordText(place.nextNumber(), { eventTime: '"2026-02-31T00:00:00Z"' }), /eventTime is no time/],
    [makeRecordText(place.nextNumber(), { eventTime: '"1901-02-03T00:00:00Z"' }), /eventTime is no time/],
    ["17", /no object stands where a record should be/],
    ["null", /no object stands where a record should be/],
    ['"text"', /no JSON object stands where a record should be/],
    ["{}", /none of the fields of a CloudTrail record/],
  ];
  const texts = cases.flatMap(([text]) => [text, makeRecordText(place.nextNumber())]);
  writeFileSync(join(place.folder, "a.json"), makeLogFile(texts));
  const summary = await place.imported.import(place.folder);
  assert.equal(summary.eventsStored, cases.length);
  const messages = summary.rejected.map(({ message }) => message);
  for (const [text, message] of cases) {
    assert.ok(
      messages.some((said) => message.test(said)),
      `${text}: ${messages.join("; ")}`,
    );
  }
  assert.equal(summary.recordsRejected, cases.length);
});

test("what is no log file is named with what it is", async () => {
  mkdirSync(join(place.folder, "place.folder.json.gz"));
  writeFileSync(join(place.folder, "place.folder.json.gz", "inside.json"), place.logFile(1));
  symlinkSync("/etc/passwd", join(place.folder, "link.json"));
  symlinkSync(place.folder, join(place.folder, "loop"));
  const odd = "new\nline\u001b]0;x\u0007.json";
  const { stored, skipped, damaged } = await place.importBeside({
    [odd]: place.logFile(1),
    "bytes.bin": Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7_919) % 256)),
    "empty.json": "",
    "empty.json.gz": gzipSync(""),
    "mark.json": `\ufeff${place.logFile(1).toString()}`,
    "number.json": "17",
    "table.parquet": "PAR1 and more",
    "utf16.json": Buffer.from(`\ufeff${place.logFile(1).toString()}`, "utf16le"),
    "white.json": " \n\t",
  });
  const link = "A link; links inside a folder are not followed";
  assert.equal(stored, 3);
  assert.deepEqual(damaged, {});
  assert.deepEqual(skipped, {
    "bytes.bin": "Text that is no JSON object or list",
    "empty.json": "The file is empty",
    "empty.json.gz": "Nothing in it but white space",
    "link.json": link,
    loop: link,
    "number.json": "Text that is no JSON object or list",
    "table.parquet": "The file is a Parquet file, which cannot be read; unpack it first",
    "utf16.json": "The file is UTF-16, log files are UTF-8",
    "white.json": "Nothing in it but white space",
  });
});

test(
  "a file that cannot be read is named, and tried again the next time",
  { skip: process.getuid?.() === 0 && "root reads everything" },
  async () => {
    writeFileSync(join(place.folder, "locked.json"), place.logFile(1), { mode: 0 });
    const found = await place.importBeside({});
    assert.match(found.skipped["locked.json"] ?? "", /^Cannot be read: EACCES/);
    chmodSync(join(place.folder, "locked.json"), 0o600);
    assert.equal((await place.imported.import(place.folder)).eventsStored, 1);
  },
);

test("a spool that cannot be written stops the import instead of losing records", async () => {
  const { spoolDirectory } = place.imported.store;
  rmSync(spoolDirectory, { recursive: true });
  writeFileSync(spoolDirectory, "");
  writeFileSync(join(place.folder, "a.json"), place.logFile(1));
  await assert.rejects(place.imported.import(place.folder), {
    code: "import-reader-failed",
    message: /spool folder .* cannot be written/,
  });
  rmSync(spoolDirectory);
  mkdirSync(spoolDirectory);
  assert.equal((await place.imported.import(place.folder)).eventsStored, 1);
});

test("no number of files that are left unread keeps the good ones from being read", async () => {
  const count = 1_200;
  for (let index = 0; index < count; index++)
    writeFileSync(join(place.folder, `${index}.parquet`), index % 2 === 0 ? "PAR1" : "");
  const before = openFiles();
  const found = await place.importBeside({});
  assert.equal(Object.keys(found.skipped).length, count);
  assert.ok(Object.values(found.skipped).every((reason) => /Parquet|empty/.test(reason)));
  assert.ok(openFiles() <= before + 5, `${openFiles()} files are open`);
});

function openFiles(): number {
  return existsSync("/proc/self/fd") ? readdirSync("/proc/self/fd").length : 0;
}

test("the memory that reading takes does not grow with what is read", async () => {
  const blank = deflateRawSync(Buffer.alloc(1 << 20, " "), { finishFlush: constants.Z_FULL_FLUSH });
  const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
  writeFileSync(
    join(place.folder, "bomb.json.gz"),
    Buffer.concat([header, ...Array.from({ length: 5 * 1024 }, () => blank)]),
  );
  writeFileSync(
    join(place.folder, "deep.json"),
    makeLogFile([
      makeRecordText(place.nextNumber(), { requestParameters: "[".repeat(200_000) + "]".repeat(200_000) }),
      makeRecord(place.nextNumber()),
    ]),
  );
  writeFileSync(join(place.folder, "open.json"), '{"a":['.repeat(200_000));
  writeFileSync(
    join(place.folder, "large.json"),
    makeLogFile([
      makeRecord(place.nextNumber()),
      makeRecordText(place.nextNumber(), { requestParameters: JSON.stringify("x".repeat(40e6)) }),
      makeRecord(place.nextNumber()),
    ]),
  );
  writeFileSync(join(place.folder, "endless.json"), `{"Records":["${"x".repeat(150e6)}`);
  const program = fileURLToPath(new URL("./small-batches.fixture.ts", import.meta.url));
  const child = spawn(
    process.execPath,
    [program, join(place.folder, "..", "data-of-its-own"), place.folder, "1000000"],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const { stdout } = await endOf(child);
  const summary = JSON.parse(stdout.slice(stdout.indexOf("done ") + 5)) as ImportSummary & { peakBytes: number };
  assert.equal(summary.eventsStored, 3);
  const messages = summary.rejected.map(({ path, message }) => `${path.slice(place.folder.length + 1)}: ${message}`);
  assert.ok(messages.includes("deep.json: The value nests more than 1000 levels deep"), messages.join("\n"));
  assert.ok(messages.includes("large.json: The value is larger than a record may be"));
  assert.ok(summary.peakBytes < 400 * 1024 * 1024, `${summary.peakBytes}`);
});

test("a crowd of refused records is counted whole, listed in part, and takes no longer than good ones", async () => {
  const timeless = 30_000;
  const strangers = 3_000;
  const texts = [
    ...Array.from({ length: timeless }, () => '{"eventVersion":"1"}'),
    ...Array.from({ length: strangers }, () => '{"a":1}'),
    JSON.stringify(makeRecord(place.nextNumber())),
    '{"eventVersion":"2"}',
  ];
  writeFileSync(join(place.folder, "crowd.json"), makeLogFile(texts));
  const summary = await place.imported.import(place.folder, { batchBytes: 1_000_000 });
  assert.equal(summary.eventsStored, 1);
  assert.equal(summary.recordsRejected, timeless + strangers + 1);
  assert.equal(summary.recordsRead, texts.length);
  assert.deepEqual(summary.rejectedFor, { "not-cloudtrail": strangers, "no-time": timeless + 1 });
  assert.equal(summary.rejected.length, 2_000);
});

test("a refused record is found again by its place in the file, however the file was cut into batches", async () => {
  const refused = [7, 1_000, 2_499];
  const texts = Array.from({ length: 2_500 }, (_, index) =>
    refused.includes(index) ? '{"eventVersion":"1"}' : JSON.stringify(makeRecord(place.nextNumber())),
  );
  writeFileSync(join(place.folder, "long.json"), makeLogFile(texts));
  const summary = await place.imported.import(place.folder, { batchBytes: 100_000 });
  assert.equal(summary.eventsStored, texts.length - refused.length);
  assert.deepEqual(
    summary.rejected.map(({ position }) => position),
    refused,
  );
});
