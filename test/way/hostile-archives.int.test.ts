import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { constants, deflateRawSync, gzipSync } from "node:zlib";
import { makeTar, makeZip } from "../fixtures/archive-files.ts";
import { Quarantine } from "../fixtures/quarantine.ts";

let place: Quarantine;

before(async () => {
  place = await Quarantine.open();
});
after(() => place[Symbol.asyncDispose]());
beforeEach(() => place.nextFolder());

test("gzip that ends too early gives the records before its end", async () => {
  const whole = gzipSync(place.logFile(200));
  const { stored, rejected, skipped, damaged } = await place.importBeside({
    "late.json.gz": gzipSync(place.logFile(3)).subarray(0, -4),
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
  const { stored, damaged, skipped } = await place.importBeside({
    "junk.json.gz": Buffer.concat([
      gzipSync(place.logFile(2)),
      gzipSync(place.logFile(1)),
      Buffer.from("junk, and more junk"),
    ]),
    "one.json.gz": Buffer.concat([gzipSync(place.logFile(1)), Buffer.from("j")]),
    "zeros.json.gz": Buffer.concat([gzipSync(place.logFile(2)), Buffer.alloc(512)]),
    "second.json.gz": Buffer.concat([gzipSync(place.logFile(2)), gzipSync(place.logFile(2)).subarray(0, 100)]),
  });
  assert.equal(stored, 8);
  assert.deepEqual(skipped, {});
  assert.equal(damaged["junk.json.gz"], "19 bytes follow the gzip data");
  assert.equal(damaged["one.json.gz"], "1 bytes follow the gzip data");
  assert.match(damaged["zeros.json.gz"] ?? "", /512 bytes follow the gzip data/);
  assert.match(damaged["second.json.gz"] ?? "", /ends too early/);
});

test("a gzip bomb is left early", async () => {
  const deflate = (bytes: Buffer) => deflateRawSync(bytes, { finishFlush: constants.Z_FULL_FLUSH });
  const gzipOf = (start: Buffer, blank: Buffer, times: number) => {
    const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
    return Buffer.concat([header, deflate(start), ...Array.from({ length: times }, () => blank)]);
  };
  const bomb = gzipOf(place.logFile(1).subarray(0, -2), deflate(Buffer.alloc(1 << 20, " ")), 5 * 1024);
  const tar = await makeTar([
    { name: "a.json", bytes: place.logFile(1) },
    { name: "bomb", bytes: "" },
  ]);
  const tarBomb = gzipOf(enlarge(tar, "bomb", 300 << 20), deflate(Buffer.alloc(1 << 20)), 300);
  const { stored, damaged, skipped } = await place.importBeside({ "bomb.json.gz": bomb, "bomb.tar.gz": tarBomb });
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
    { name: "a.json", bytes: place.logFile(1) },
    ...Array.from({ length: 20 }, (_, index) => ({ name: `${index}.json`, bytes: Buffer.alloc(0), deflated })),
  ]);
  const { stored, skipped } = await place.importBeside({ "bomb.zip": bomb });
  assert.equal(stored, 1);
  assert.match(skipped["bomb.zip"] ?? "", /^The archive is damaged: The archive grew past \d+ bytes out of \d+/);
  assert.ok(Object.keys(skipped).length < 12);
});

test("names inside archives are labels, never paths", async () => {
  const names = ["../../etc/passwd", "/etc/shadow", "new\nline\u001b[31m.json", "..\\..\\x"];
  const found = await place.importBeside({
    "a.zip": makeZip(names.map((name) => ({ name, bytes: place.logFile(1) }))),
    "a.tar": await makeTar(names.map((name) => ({ name, bytes: place.logFile(1) }))),
  });
  assert.deepEqual(found, { stored: 8, rejected: 0, skipped: {}, damaged: {} });
});

test("links, devices, encrypted and foreign members of archives are named and left, the others read", async () => {
  const parquet = Buffer.concat([Buffer.from("PAR1"), Buffer.alloc(300_000, 1)]);
  const found = await place.importBeside({
    "a.tar.gz": gzipSync(
      await makeTar([
        { name: "soft", type: "symlink", linkname: "/etc/passwd" },
        { name: "hard", type: "link", linkname: "/etc/passwd" },
        { name: "pipe", type: "fifo" },
        { name: "table.parquet", bytes: parquet },
        { name: "good.json", bytes: place.logFile(1) },
      ]),
    ),
    "b.zip": makeZip([
      { name: "secret.json", bytes: place.logFile(1), isEncrypted: true },
      { name: "table.parquet", bytes: parquet },
      { name: "empty.json", bytes: Buffer.alloc(0) },
      { name: "good.json", bytes: place.logFile(1) },
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
  const cutTar = (await makeTar([{ name: "cut.json", bytes: place.logFile(300) }])).subarray(0, 100_000);
  const lateDamage = makeZip([{ name: "late.json", bytes: place.logFile(3_000) }]);
  lateDamage.fill(0xff, lateDamage.length - 1_500, lateDamage.length - 1_480);
  const { stored, damaged, skipped } = await place.importBeside({
    "checksum.zip": makeZip([{ name: "odd.json", bytes: place.logFile(2), crc: 7 }]),
    "cut.tar": cutTar,
    "cut.zip": makeZip([{ name: "a.json", bytes: place.logFile(1) }]).subarray(0, -30),
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
  let zip = place.logFile(1);
  for (let depth = 1; depth <= 3; depth++) zip = makeZip([{ name: `in-${depth}`, bytes: zip }]);
  const tooDeep = makeZip([
    {
      name: "in-4",
      bytes: makeZip([
        {
          name: "in-3",
          bytes: makeZip([{ name: "in-2", bytes: makeZip([{ name: "in-1", bytes: place.logFile(1) }]) }]),
        },
      ]),
    },
  ]);
  const found = await place.importBeside({ "three.zip": zip, "four.zip": tooDeep });
  assert.deepEqual(found, {
    stored: 1,
    rejected: 0,
    skipped: { "four.zip!in-4!in-3!in-2": "An archive nested deeper than is reasonable" },
    damaged: {},
  });
});

/** A tar up to a member's header, which then says that the member is of this size (POSIX, "pax": ustar header block). */
function enlarge(tar: Buffer, name: string, sizeBytes: number): Buffer {
  const at = tar.indexOf(`${name}\0`);
  const header = tar.subarray(at, at + 512);
  header.write(`${sizeBytes.toString(8).padStart(11, "0")} `, 124);
  header.fill(" ", 148, 156);
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return tar.subarray(0, at + 512);
}
