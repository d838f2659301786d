import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync, utimesSync, cpSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { splitIndependently } from "../fixtures/independent-split.ts";
import { openImportedStore, type ImportedStore } from "../fixtures/imported-store.ts";
import { sharedData, skipWithoutSharedData as skip } from "../fixtures/shared-data.ts";
import { makeTemporaryFolder } from "../fixtures/temporary-folder.ts";

interface Folder {
  readonly name: string;
  /** Files that hold records and can be read by JSON.parse. */
  readonly readable: RegExp;
  /** What is said of each other file, by the end of its path. */
  readonly skipped: Readonly<Record<string, string>>;
  /** What is said of records refused in other files. */
  readonly rejected?: Readonly<Record<string, readonly string[]>>;
  /** Records that other files give nevertheless. */
  readonly further?: Readonly<Record<string, number>>;
}

const noJson = "Text that is no JSON object or list";
const noCloudTrail = "The value has none of the fields of a CloudTrail record";
const noTime = "The record has neither eventTime nor timeWindow.windowStart";
const digest = "A digest file: it proves log files and holds no events";
const words = { "LICENCE-NOTE.md": noJson, LICENSE: noJson, "SOURCE.txt": noJson };

const folders: readonly Folder[] = [
  {
    name: "sans504",
    readable: /\.json\.gz$/,
    skipped: { "LICENCE-NOTE.md": noJson, "SOURCE.txt": noJson },
  },
  { name: "invictus-ir", readable: /\.json$/, skipped: words },
  {
    name: "umccr-cloudtrail-parquet",
    readable: /\.json(\.gz)?$/,
    skipped: { ...words, "README.md": noJson },
  },
  {
    name: "traildiscover",
    readable: /\.cloudtrail$/,
    skipped: words,
    rejected: { "events.json": Array.from({ length: 381 }, () => noTime) },
  },
  {
    name: "stratus-red-team",
    readable: /aws\..*\.json$/,
    skipped: { ...words, NOTICE: noJson },
    rejected: { "INDEX.json": Array.from({ length: 6 }, () => noCloudTrail) },
  },
  {
    name: "plaso",
    readable: /\.jsonl$/,
    skipped: { "LICENCE-NOTE.md": noJson, LICENSE: noJson },
  },
  { name: "trailscraper", readable: /\.json(\.gz)?$/, skipped: words },
  {
    name: "awsdocs-cloudtrail-samples",
    readable:
      /(log-file-examples\.\d+|sign-in-events\.\d+|tutorial\.00|non-api-aws-service-events\.00|reference\.01|view-insights-events-cli\.02|viewing-service-linked-channels\.04)\.json$/,
    skipped: {
      "LICENCE-NOTE.md": noJson,
      "LICENSE-SAMPLECODE": noJson,
      "LICENSE-SUMMARY": noJson,
      "SOURCE.txt": noJson,
      "cloudtrail-additional-cli-commands.30.notjson.txt": noJson,
      "cloudtrail-additional-cli-commands.31.notjson.txt": noCloudTrail,
      "cloudtrail-event-reference-insight-details.00.json": noJson,
      "cloudtrail-event-reference-user-identity.03.notjson.txt": noJson,
      "cloudtrail-log-file-custom-validation.03.notjson.txt": noJson,
      "cloudtrail-log-file-validation-digest-file-structure.02.json": digest,
      "cloudtrail-log-file-validation-digest-file-structure.03.json": digest,
      "list-public-keys.json": noCloudTrail,
      "logging-data-events-with-cloudtrail.06.notjson.txt": noJson,
      "query-event-data-store-config-schema.00.notjson.txt": "A value lacks a bracket, a quote or a comma",
      "query-lake-cli.31.notjson.txt": noCloudTrail,
      "query-lake-examples.01.json": noCloudTrail,
      "query-lake-examples.03.json": noCloudTrail,
      "query-lake-examples.05.json": noCloudTrail,
      "use-the-cloudtrail-processing-library.11.notjson.txt": noJson,
      "use-the-cloudtrail-processing-library.12.notjson.txt": noJson,
    },
    rejected: {
      "cloudtrail-event-reference-user-identity.05.json": [noTime],
      "cloudtrail-event-reference.00.notjson.txt": [noJson],
      "query-integration-event-schema.00.notjson.txt": [
        `The record is not JSON: Unexpected token 'S', ..."tVersion":String,"ev"... is not valid JSON`,
      ],
      "view-cloudtrail-events-cli.02.notjson.txt": ["The text of the entry is not one whole JSON object"],
    },
    // printed with a comma too many or an ellipsis
    further: { "cloudtrail-event-reference.00.notjson.txt": 1, "cloudtrail-log-file-examples.07.notjson.txt": 1 },
  },
];

/** One store for all folders: some of what is in one may be in another too. */
let imported: ImportedStore;
before(async () => {
  imported = await openImportedStore();
});
after(() => imported[Symbol.asyncDispose]());

for (const folder of folders) {
  test(`everything in ${folder.name} is stored as it stands, or named with its reason`, { skip }, async () => {
    const path = join(sharedData, folder.name);
    const files = readdirSync(path, { recursive: true, encoding: "utf8" })
      .map((name) => join(path, name))
      .filter((name) => statSync(name).isFile());
    const expected = files
      .filter((name) => folder.readable.test(name))
      .flatMap((name) => splitIndependently(readFileSync(name)));
    const before = new Set((await imported.records()).map((record) => record.toString("latin1")));
    const summary = await imported.import(path);

    assert.equal(summary.recordsRead, summary.eventsStored + summary.duplicates + summary.recordsRejected);
    assert.deepEqual(byName(summary.filesSkipped), byName(expectedSkips(files, folder)));
    assert.deepEqual(
      summary.rejected.map(({ path: from, message }) => ({ from: basename(from), message })),
      Object.entries(folder.rejected ?? {}).flatMap(([from, all]) => all.map((message) => ({ from, message }))),
    );
    assert.deepEqual(summary.filesDamaged, []);
    assert.equal(summary.filesRead, files.length - summary.filesSkipped.length);
    const further = Object.values(folder.further ?? {}).reduce((sum, count) => sum + count, 0);
    assert.equal(summary.recordsRead - summary.recordsRejected, expected.length + further);

    const records = await imported.records();
    const stored = records.filter((record) => !before.has(record.toString("latin1")));
    assert.equal(stored.length, summary.eventsStored);
    assert.equal(records.length, before.size + stored.length);
    assertSameRecords(stored, expected, { further, all: records });

    const again = await imported.import(path);
    assert.deepEqual(
      { known: again.filesKnown, stored: again.eventsStored, read: again.recordsRead },
      { known: files.length, stored: 0, read: 0 },
    );
  });
}

test("a folder that was copied brings nothing new, only duplicates", { skip }, async () => {
  using copy = makeTemporaryFolder();
  cpSync(join(sharedData, "invictus-ir"), copy.path, { recursive: true });
  await using imported = await openImportedStore();
  const first = await imported.import(copy.path);
  assert.equal(first.eventsStored, 520);
  for (const name of readdirSync(join(copy.path, "CloudTrail"))) {
    utimesSync(join(copy.path, "CloudTrail", name), 1, 1);
  }
  const second = await imported.import(copy.path);
  assert.deepEqual(
    { read: second.recordsRead, stored: second.eventsStored, duplicates: second.duplicates },
    { read: 520, stored: 0, duplicates: 520 },
  );
  assert.equal((await imported.store.statistics()).events, 520);
});

function expectedSkips(files: readonly string[], folder: Folder): { path: string; reason: string }[] {
  return files.flatMap((path) => {
    const reason = folder.skipped[basename(path)];
    return reason === undefined ? [] : [{ path, reason }];
  });
}

function byName<T extends { readonly path: string }>(entries: readonly T[]): T[] {
  return entries.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Each event's bytes are those of one of its copies, and every event is there. */
function assertSameRecords(
  stored: readonly Buffer[],
  expected: readonly Buffer[],
  { further, all }: { readonly further: number; readonly all: readonly Buffer[] },
): void {
  const texts = new Set(expected.map((record) => record.toString("latin1")));
  const others = stored.filter((record) => !texts.has(record.toString("latin1")));
  assert.ok(others.length <= further, `stored but not in the files: ${others[0]?.toString()}`);
  assert.deepEqual(new Set(stored.map(identityOf)).size, stored.length);
  const found = new Set(all.map(identityOf));
  for (const record of expected) assert.ok(found.has(identityOf(record)), record.toString());
}

function identityOf(record: Buffer): string {
  // one sample in AWS's guide has a line break inside a string
  const value = JSON.parse(record.toString().replaceAll(/\p{Cc}/gu, " ")) as Record<
    string,
    Record<string, unknown> | undefined
  >;
  const id = value["eventID"] ?? record.toString("latin1");
  return JSON.stringify([id, value["recipientAccountId"] ?? value["userIdentity"]?.["accountId"]]);
}
