import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { makeTar, makeZip } from "../fixtures/archive-files.ts";
import { openImportedStore, type ImportedStore } from "../fixtures/imported-store.ts";
import { makeLogFile, makeRecord } from "../fixtures/made-record.ts";

interface Wrapping {
  readonly name: string;
  readonly file: string;
  make(records: readonly Record<string, unknown>[]): Buffer | string | Promise<Buffer>;
}

const json = JSON.stringify;
const asFile = (records: readonly Record<string, unknown>[]) => Buffer.from(makeLogFile(records));
const lookup = (record: Record<string, unknown>) => ({ EventId: record["eventID"], CloudTrailEvent: json(record) });

const wrappings: readonly Wrapping[] = [
  { name: "a Records object", file: "a.json", make: asFile },
  {
    name: "a Records object, printed with breaks",
    file: "a.json",
    make: (all) => json({ Records: all }, undefined, 2),
  },
  { name: "a bare array", file: "a.json", make: (all) => json(all) },
  { name: "records in lines", file: "a.ndjson", make: (all) => all.map((record) => json(record)).join("\n") },
  {
    name: "lines of Records objects",
    file: "a.ndjson",
    make: (all) => all.map((record) => makeLogFile([record])).join("\n"),
  },
  {
    name: "EventBridge messages in lines",
    file: "a.ndjson",
    make: (all) =>
      all.map((detail) => json({ "detail-type": "AWS API Call via CloudTrail", source: "aws.s3", detail })).join("\n"),
  },
  {
    name: "what LookupEvents answers",
    file: "a.json",
    make: (all) => json({ Events: all.map(lookup), NextToken: "x" }),
  },
  {
    name: "entries of LookupEvents in lines",
    file: "a.jsonl",
    make: (all) => all.map((record) => json(lookup(record))).join("\n"),
  },
  { name: "gzip", file: "a.json.gz", make: (all) => gzipSync(asFile(all)) },
  { name: "a plain file named .gz", file: "a.json.gz", make: asFile },
  { name: "gzip named .json", file: "a.json", make: (all) => gzipSync(asFile(all)) },
  { name: "gzip named like nothing", file: "blob", make: (all) => gzipSync(asFile(all)) },
  {
    name: "several gzip members, each a log file",
    file: "a.json.gz",
    make: (all) => Buffer.concat(all.map((record) => gzipSync(asFile([record])))),
  },
  {
    name: "several gzip members, cut anywhere",
    file: "a.json.gz",
    make(all) {
      const bytes = asFile(all);
      return Buffer.concat([0, 7, 100, 1_000].map((at, index, cuts) => gzipSync(bytes.subarray(at, cuts[index + 1]))));
    },
  },
  { name: "gzip in gzip", file: "a.json.gz.gz", make: (all) => gzipSync(gzipSync(asFile(all))) },
  {
    name: "a zip file of plain and compressed log files",
    file: "a.zip",
    make: (all) =>
      makeZip([
        { name: "a/plain.json", bytes: asFile(all.slice(0, 2)) },
        { name: "b/packed.json.gz", bytes: gzipSync(asFile(all.slice(2))) },
      ]),
  },
  {
    name: "a tar.gz of plain and compressed log files",
    file: "a.tar.gz",
    make: async (all) =>
      gzipSync(
        await makeTar([
          { name: "a/plain.json", bytes: asFile(all.slice(0, 2)) },
          { name: "b", type: "directory" },
          { name: "b/packed.json.gz", bytes: gzipSync(asFile(all.slice(2))) },
        ]),
      ),
  },
  {
    name: "a plain tar",
    file: "a.tar",
    make: (all) => makeTar(all.map((record, index) => ({ name: `${index}.json`, bytes: asFile([record]) }))),
  },
  {
    name: "a zip file in a tar.gz",
    file: "a.tgz",
    make: async (all) =>
      gzipSync(await makeTar([{ name: "in.zip", bytes: makeZip([{ name: "a.json", bytes: asFile(all) }]) }])),
  },
];

let imported: ImportedStore;

before(async () => {
  imported = await openImportedStore();
});
after(() => imported[Symbol.asyncDispose]());

for (const [index, wrapping] of wrappings.entries()) {
  test(`${wrapping.name} gives its records as they stand`, async () => {
    const records = Array.from({ length: 5 }, (_, number) =>
      makeRecord(index * 10 + number, { additionalEventData: { text: "é…🦆" } }),
    );
    const folder = join(imported.directory, `files-${index}`);
    mkdirSync(folder);
    writeFileSync(join(folder, wrapping.file), await wrapping.make(records));
    const summary = await imported.import(folder);
    assert.deepEqual(
      {
        read: summary.recordsRead,
        stored: summary.eventsStored,
        skipped: summary.filesSkipped,
        damaged: summary.filesDamaged,
      },
      { read: 5, stored: 5, skipped: [], damaged: [] },
    );
    for (const record of records) {
      const [event] = await imported.store.event(String(record["eventID"]));
      assert.deepEqual(JSON.parse(String(event?.raw)), JSON.parse(json(record)));
      assert.ok(event?.raw.equals(Buffer.from(wrapping.name.endsWith("breaks") ? indented(record) : json(record))));
    }
  });
}

/** As it stands inside `{"Records": [ … ]}` printed with two spaces. */
function indented(record: Record<string, unknown>): string {
  return json(record, undefined, 2).replaceAll("\n", "\n    ");
}
