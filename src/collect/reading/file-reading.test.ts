import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { makeLogFile, makeRecord } from "../../../test/fixtures/made-record.ts";
import { makeTemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { FileReading } from "./file-reading.ts";
import type { FinishedFile, SkippedFile } from "./messages.ts";

const ways = ["held in memory", "lying on disk", "read with care"] as const;
type Way = (typeof ways)[number];

/** What is said of one file that was read by itself. */
async function read(bytes: Buffer, way: Way = "held in memory"): Promise<FinishedFile> {
  using folder = makeTemporaryFolder();
  const found: (FinishedFile | SkippedFile)[] = [];
  const reading = new FileReading(
    { spoolDirectory: folder.path, batchBytes: 1024 * 1024 },
    {
      onBatch: (_batch, files) => Promise.resolve(void found.push(...files)),
      onProgress: () => undefined,
    },
  );
  const path = join(folder.path, "file");
  writeFileSync(path, bytes);
  await reading.read({
    ...{ from: way === "lying on disk" ? path : bytes, name: "file", sizeBytes: bytes.length, version: "1", job: 0 },
    isCareful: way === "read with care",
  });
  await reading.finish();
  const [file] = found;
  if (file?.kind !== "read") throw new Error(`It was not read: ${file?.reason}`);
  return file;
}

const text = Buffer.from(makeLogFile([makeRecord(1), makeRecord(2)]));
const log = gzipSync(text);
/** A header with a name in it, which may be as long as one likes. */
const emptyMember = (() => {
  const plain = gzipSync("");
  return Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 7, 77]), Buffer.from("n\0"), plain.subarray(10)]);
})();
/** The quick look for a second member finds something, and it is none. */
const falseMagic = gzipSync(Buffer.concat([text, Buffer.from([0x1f, 0x8b, 0x08, 0xff])]), { level: 0 });
/** More than is inflated in one go. */
const large = gzipSync(Buffer.from(`{"Records":[${" ".repeat(65 * 1024 * 1024)}${JSON.stringify(makeRecord(1))}]}`));

const cases: readonly (readonly [what: string, bytes: Buffer, gzipMembers: number, bytesBehind: number])[] = [
  ["as CloudTrail writes it", log, 1, 0],
  ["that is not compressed", text, 0, 0],
  ["in two members", Buffer.concat([gzipSync(text.subarray(0, 40)), gzipSync(text.subarray(40))]), 2, 0],
  ["with an empty second member", Buffer.concat([log, emptyMember]), 2, 0],
  ["with bytes that only look like a member's", falseMagic, 1, 0],
  ["with zeros behind it", Buffer.concat([log, Buffer.alloc(5)]), 1, 5],
  ["with something behind it", Buffer.concat([log, Buffer.from("more")]), 1, 4],
  ["with something behind a second member", Buffer.concat([log, emptyMember, Buffer.from("more")]), 2, 4],
  ["with half a member behind it", Buffer.concat([log, log.subarray(0, 30)]), 1, 30],
  ["that was packed twice", gzipSync(log), 2, 0],
  ["that is large", large, 1, 0],
  ["that is large, with an empty second member", Buffer.concat([large, emptyMember]), 2, 0],
  ["that is large, with something behind it", Buffer.concat([large, Buffer.from("more")]), 1, 4],
];

for (const [what, bytes, gzipMembers, bytesBehind] of cases) {
  for (const way of bytes.length > large.length / 2 ? (["held in memory"] as const) : ways) {
    test(`how a file ${what} was packed is told, ${way}`, async () => {
      const { content } = await read(bytes, way);
      assert.deepEqual([content.gzipMembers, content.bytesBehind], [gzipMembers, bytesBehind]);
    });
  }
}

test("what stands behind a log file changes neither its hash nor its records", async () => {
  const { content } = await read(log);
  const odd = await read(Buffer.concat([log, emptyMember, Buffer.from("more")]));
  assert.equal(odd.content.sha256, content.sha256);
  assert.deepEqual([content.records, odd.content.records], [2, 2]);
  assert.equal(odd.fault?.reason, "trailing-bytes");
});
