import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { constants, deflateRawSync, gzipSync } from "node:zlib";
import type { ImportSummary } from "../../src/collect/index.ts";
import { makeTar, makeZip } from "../fixtures/archive-files.ts";
import { openImportedStore, type ImportedStore } from "../fixtures/imported-store.ts";
import { endOf } from "../fixtures/program.ts";
import { makeLogFile, makeRecord, makeRecordText } from "../fixtures/made-record.ts";

let imported: ImportedStore;
let folder: string;
let number = 0;
let folders = 0;

before(async () => {
  imported = await openImportedStore();
});
after(() => imported[Symbol.asyncDispose]());
beforeEach(() => {
  folder = join(imported.directory, `files-${++folders}`);
  mkdirSync(folder);
});

/** Another log file of so many records that were never there before. */
function logFile(records: number): Buffer {
  return Buffer.from(makeLogFile(Array.from({ length: records }, () => makeRecord(++number))));
}

interface Found {
  readonly stored: number;
  readonly rejected: number;
  readonly skipped: Readonly<Record<string, string>>;
  readonly damaged: Readonly<Record<string, string>>;
}

/** Imports the files beside a good one of one record, and checks that the sums hold and the good one is kept. */
async function importBeside(files: Readonly<Record<string, Buffer | string>>): Promise<Found> {
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  writeFileSync(join(folder, "zz-neighbour.json"), logFile(1));
  const heldBefore = (await imported.store.statistics()).events;
  const summary = await imported.import(folder);
  const heldAfter = (await imported.store.statistics()).events;
  assert.equal(heldAfter - heldBefore, summary.eventsStored, "what is stored was counted");
  assert.equal(summary.recordsRead, summary.eventsStored + summary.duplicates + summary.recordsRejected);
  assert.equal(summary.duplicates, 0);
  return {
    stored: summary.eventsStored - 1,
    rejected: summary.recordsRejected,
    skipped: reasons(summary.filesSkipped),
    damaged: reasons(summary.filesDamaged),
  };
}

function reasons(files: ImportSummary["filesSkipped"]): Record<string, string> {
  return Object.fromEntries(files.map(({ path, reason }) => [path.slice(folder.length + 1), reason]));
}

test("gzip that ends too early gives the records before its end", async () => {
  const whole = gzipSync(logFile(200));
  const { stored, rejected, skipped, damaged } = await importBeside({
    "late.json.gz": gzipSync(logFile(3)).subarray(0, -4),
    "middle.json.gz": whole.subarray(0, whole.length - 1_500),
    "start.json.gz": whole.subarray(0, 5),
  });
  assert.ok(stored > 30 + 3 && stored < 203, `${stored}`);
  assert.equal(rejected, 1);
  assert.match(damaged["middle.json.gz"] ?? "", /^The gzip data ends too early, after \d+ inflated bytes$/);
  assert.match(damaged["late.json.gz"] ?? "", /^The gzip data ends too early/);
  assert.deepEqual(skipped, { "start.json.gz": "The gzip data ends too early, after 0 inflated bytes" });
});

test("bytes after the gzip data, and a member that is damaged, cost nothing of the members before", async () => {
  const { stored, damaged, skipped } = await importBeside({
    "junk.json.gz": Buffer.concat([gzipSync(logFile(2)), gzipSync(logFile(1)), Buffer.from("junk, and more junk")]),
    "one.json.gz": Buffer.concat([gzipSync(logFile(1)), Buffer.from("j")]),
    "zeros.json.gz": Buffer.concat([gzipSync(logFile(2)), Buffer.alloc(512)]),
    "second.json.gz": Buffer.concat([gzipSync(logFile(2)), gzipSync(logFile(2)).subarray(0, 100)]),
  });
  assert.equal(stored, 8);
  assert.deepEqual(skipped, {});
  assert.equal(damaged["junk.json.gz"], "19 bytes follow the gzip data");
  assert.equal(damaged["one.json.gz"], "1 bytes follow the gzip data");
  assert.match(damaged["zeros.json.gz"] ?? "", /512 bytes follow the gzip data/);
  assert.match(damaged["second.json.gz"] ?? "", /ends too early/);
});

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
  const texts = Object.values(odd).map((fields) => makeRecordText(++number, fields));
  const invalid = Buffer.from(makeLogFile([makeRecordText(++number, { userAgent: '"XX"' })])).map((byte) =>
    byte === 0x58 ? 0xff : byte,
  );
  const found = await importBeside({ "odd.json": makeLogFile(texts), "utf8.json": Buffer.from(invalid) });
  assert.deepEqual(found, { stored: texts.length + 1, rejected: 0, skipped: {}, damaged: {} });
  const records = await imported.records();
  for (const text of texts)
    assert.ok(
      records.some((record) => record.equals(Buffer.from(text))),
      text,
    );
  assert.ok(records.some((record) => record.equals(Buffer.from(invalid.subarray(12, -2)))));
});

test("what is no record is refused one by one, with its reason, and its neighbours stay", async () => {
  const cases: readonly (readonly [text: string, message: RegExp])[] = [
    [makeRecordText(++number, { eventTime: '"yesterday"' }), /eventTime is no time: "yesterday"/],
    [makeRecordText(++number, { eventTime: "null" }), /neither eventTime nor/],
    [makeRecordText(++number, { eventTime: "17" }), /eventTime is no time: 17/],
    [makeRecordText(++number, { eventTime: '"17"' }), /eventTime is no time: "17"/],
    [makeRecordText(++number, { eventTime: '"2026-02-31T00:00:00Z"' }), /eventTime is no time/],
    [makeRecordText(++number, { eventTime: '"1901-02-03T00:00:00Z"' }), /eventTime is no time/],
    ["17", /no object stands where a record should be/],
    ["null", /no object stands where a record should be/],
    ['"text"', /no JSON object stands where a record should be/],
    ["{}", /none of the fields of a CloudTrail record/],
  ];
  const texts = cases.flatMap(([text]) => [text, makeRecordText(++number)]);
  writeFileSync(join(folder, "a.json"), makeLogFile(texts));
  const summary = await imported.import(folder);
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

test("a gzip bomb is left early", async () => {
  const blank = deflateRawSync(Buffer.alloc(1 << 20, " "), { finishFlush: constants.Z_FULL_FLUSH });
  const start = deflateRawSync(logFile(1).subarray(0, -2), { finishFlush: constants.Z_FULL_FLUSH });
  const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
  const bomb = Buffer.concat([header, start, ...Array.from({ length: 5 * 1024 }, () => blank)]);
  const tarBomb = gzipSync(
    await makeTar([
      { name: "a.json", bytes: logFile(1) },
      { name: "bomb", bytes: Buffer.alloc(300 << 20) },
    ]),
    { level: 1 },
  );
  const { stored, damaged, skipped } = await importBeside({ "bomb.json.gz": bomb, "bomb.tar.gz": tarBomb });
  assert.equal(stored, 2);
  assert.match(
    damaged["bomb.json.gz"] ?? "",
    /^The gzip data grew past 2\d{8} bytes out of \d{6}; if that is meant, unpack it first$/,
  );
  assert.match(skipped["bomb.tar.gz"] ?? "", /^The archive is damaged: The gzip data grew past /);
});

test("a zip bomb is left early, whether in one member or in many", async () => {
  const size = 64 << 20;
  const blank = deflateRawSync(Buffer.alloc(size, " "));
  const deflated = { bytes: blank, size, crc: 0 };
  const bomb = makeZip([
    { name: "a.json", bytes: logFile(1) },
    ...Array.from({ length: 20 }, (_, index) => ({ name: `${index}.json`, bytes: Buffer.alloc(0), deflated })),
  ]);
  const { stored, skipped } = await importBeside({ "bomb.zip": bomb });
  assert.equal(stored, 1);
  assert.match(skipped["bomb.zip"] ?? "", /^The archive is damaged: The archive grew past \d+ bytes out of \d+/);
  assert.ok(Object.keys(skipped).length < 12);
});

test("names inside archives are labels, never paths", async () => {
  const names = ["../../etc/passwd", "/etc/shadow", "new\nline\u001b[31m.json", "..\\..\\x"];
  const found = await importBeside({
    "a.zip": makeZip(names.map((name) => ({ name, bytes: logFile(1) }))),
    "a.tar": await makeTar(names.map((name) => ({ name, bytes: logFile(1) }))),
  });
  assert.deepEqual(found, { stored: 8, rejected: 0, skipped: {}, damaged: {} });
});

test("links, devices, encrypted and foreign members of archives are named and left, the others read", async () => {
  const parquet = Buffer.concat([Buffer.from("PAR1"), Buffer.alloc(300_000, 1)]);
  const found = await importBeside({
    "a.tar.gz": gzipSync(
      await makeTar([
        { name: "soft", type: "symlink", linkname: "/etc/passwd" },
        { name: "hard", type: "link", linkname: "/etc/passwd" },
        { name: "pipe", type: "fifo" },
        { name: "table.parquet", bytes: parquet },
        { name: "good.json", bytes: logFile(1) },
      ]),
    ),
    "b.zip": makeZip([
      { name: "secret.json", bytes: logFile(1), isEncrypted: true },
      { name: "table.parquet", bytes: parquet },
      { name: "empty.json", bytes: Buffer.alloc(0) },
      { name: "good.json", bytes: logFile(1) },
    ]),
  });
  const foreign = "The file is a Parquet file, which cannot be read; unpack it first";
  assert.deepEqual(found, {
    stored: 2,
    rejected: 0,
    skipped: {
      "a.tar.gz!soft": "Not a regular file but a symlink",
      "a.tar.gz!hard": "Not a regular file but a link",
      "a.tar.gz!pipe": "Not a regular file but a fifo",
      "a.tar.gz!table.parquet": foreign,
      "b.zip!secret.json": "Encrypted with a password; unpack it first",
      "b.zip!table.parquet": foreign,
      "b.zip!empty.json": "The file is empty",
    },
    damaged: {},
  });
});

test("a damaged archive gives what comes before the damage, and every record it gives is counted", async () => {
  const cutTar = (await makeTar([{ name: "cut.json", bytes: logFile(300) }])).subarray(0, 100_000);
  const lateDamage = makeZip([{ name: "late.json", bytes: logFile(3_000) }]);
  lateDamage.fill(0xff, lateDamage.length - 1_500, lateDamage.length - 1_480);
  const { stored, damaged, skipped } = await importBeside({
    "checksum.zip": makeZip([{ name: "odd.json", bytes: logFile(2), crc: 7 }]),
    "cut.tar": cutTar,
    "cut.zip": makeZip([{ name: "a.json", bytes: logFile(1) }]).subarray(0, -30),
    "late.zip": lateDamage,
  });
  assert.ok(stored > 2_000, `${stored}`);
  assert.equal(
    damaged["checksum.zip!odd.json"],
    "Cannot be read to its end: The checksum in the archive is not that of the bytes",
  );
  assert.equal(damaged["cut.tar!cut.json"], "Cannot be read to its end: Unexpected end of data");
  assert.match(damaged["late.zip!late.json"] ?? "", /^Cannot be read to its end: /);
  assert.equal(skipped["cut.tar"], "The archive is damaged: Unexpected end of data; what came before was read");
  assert.match(skipped["cut.zip"] ?? "", /^The archive is damaged: .*; nothing could be read$/);
});

test("archives in archives are opened three deep and no deeper", async () => {
  let zip = logFile(1);
  for (let depth = 1; depth <= 3; depth++) zip = makeZip([{ name: `in-${depth}`, bytes: zip }]);
  const tooDeep = makeZip([
    {
      name: "in-4",
      bytes: makeZip([
        { name: "in-3", bytes: makeZip([{ name: "in-2", bytes: makeZip([{ name: "in-1", bytes: logFile(1) }]) }]) },
      ]),
    },
  ]);
  const found = await importBeside({ "three.zip": zip, "four.zip": tooDeep });
  assert.deepEqual(found, {
    stored: 1,
    rejected: 0,
    skipped: { "four.zip!in-4!in-3!in-2": "An archive nested deeper than is reasonable" },
    damaged: {},
  });
});

test("what is no log file is named with what it is", async () => {
  mkdirSync(join(folder, "folder.json.gz"));
  writeFileSync(join(folder, "folder.json.gz", "inside.json"), logFile(1));
  symlinkSync("/etc/passwd", join(folder, "link.json"));
  symlinkSync(folder, join(folder, "loop"));
  const odd = "new\nline\u001b]0;x\u0007.json";
  const { stored, skipped, damaged } = await importBeside({
    [odd]: logFile(1),
    "bytes.bin": Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7_919) % 256)),
    "empty.json": "",
    "empty.json.gz": gzipSync(""),
    "mark.json": `\ufeff${logFile(1).toString()}`,
    "number.json": "17",
    "table.parquet": "PAR1 and more",
    "utf16.json": Buffer.from(`\ufeff${logFile(1).toString()}`, "utf16le"),
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
    writeFileSync(join(folder, "locked.json"), logFile(1), { mode: 0 });
    const found = await importBeside({});
    assert.match(found.skipped["locked.json"] ?? "", /^Cannot be read: EACCES/);
    chmodSync(join(folder, "locked.json"), 0o600);
    assert.equal((await imported.import(folder)).eventsStored, 1);
  },
);

test("a spool that cannot be written stops the import instead of losing records", async () => {
  const spoolFile = join(imported.store.spoolDirectory, "batch-0.rows");
  rmSync(spoolFile, { force: true });
  mkdirSync(spoolFile);
  writeFileSync(join(folder, "a.json"), logFile(1));
  await assert.rejects(imported.import(folder), {
    code: "import-reader-failed",
    message: /spool file .* cannot be written/,
  });
  rmdirSync(spoolFile);
  assert.equal((await imported.import(folder)).eventsStored, 1);
});

test("no number of files that are left unread keeps the good ones from being read", async () => {
  const count = 1_200;
  for (let index = 0; index < count; index++)
    writeFileSync(join(folder, `${index}.parquet`), index % 2 === 0 ? "PAR1" : "");
  const before = openFiles();
  const found = await importBeside({});
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
    join(folder, "bomb.json.gz"),
    Buffer.concat([header, ...Array.from({ length: 5 * 1024 }, () => blank)]),
  );
  writeFileSync(
    join(folder, "deep.json"),
    makeLogFile([
      makeRecordText(++number, { requestParameters: "[".repeat(200_000) + "]".repeat(200_000) }),
      makeRecord(++number),
    ]),
  );
  writeFileSync(join(folder, "open.json"), '{"a":['.repeat(200_000));
  writeFileSync(
    join(folder, "large.json"),
    makeLogFile([
      makeRecord(++number),
      makeRecordText(++number, { requestParameters: JSON.stringify("x".repeat(40e6)) }),
      makeRecord(++number),
    ]),
  );
  writeFileSync(join(folder, "endless.json"), `{"Records":["${"x".repeat(150e6)}`);
  const program = fileURLToPath(new URL("./small-batches.fixture.ts", import.meta.url));
  const child = spawn(process.execPath, [program, join(folder, "..", `data-${folders}`), folder, "1000000"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const { stdout } = await endOf(child);
  const summary = JSON.parse(stdout.slice(stdout.indexOf("done ") + 5)) as ImportSummary & { peakBytes: number };
  assert.equal(summary.eventsStored, 3);
  const messages = summary.rejected.map(({ path, message }) => `${path.slice(folder.length + 1)}: ${message}`);
  assert.ok(messages.includes("deep.json: The value nests more than 1000 levels deep"), messages.join("\n"));
  assert.ok(messages.includes("large.json: The value is larger than a record may be"));
  assert.ok(summary.peakBytes < 400 * 1024 * 1024, `${summary.peakBytes}`);
});
