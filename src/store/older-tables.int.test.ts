import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { makeLogFile, makeRecord } from "../../test/fixtures/made-record.ts";
import { makeTemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import { importFiles } from "../collect/index.ts";
import type { Predicate } from "../predicate/index.ts";
import { eventColumns, eventIndexes } from "./columns.ts";
import { Engine } from "./engine/engine.ts";
import { EventStore } from "./index.ts";
import { eventsTable } from "./schema.ts";
import { parseRows } from "./rows.ts";

const now = () => Date.UTC(2026, 10, 20, 12);
const arn = "arn:aws:s3:::Example-Shop-Logs";
const wanted: Predicate = {
  kind: "field",
  path: ["resources", "ARN"],
  test: { op: "equals", values: [arn.toUpperCase()], cased: false },
};

function recordsOf(first: number): readonly Readonly<Record<string, unknown>>[] {
  return Array.from({ length: 6 }, (_, index) =>
    makeRecord(first + index, { resources: [{ ARN: `${arn}/${index}` }, ...(index % 3 === 0 ? [{ ARN: arn }] : [])] }),
  );
}

test("a table without the columns that came later gets them, and its events are found by them as new ones are", async () => {
  using folder = makeTemporaryFolder();
  const directory = join(folder.path, "data");
  const importNew = async (store: EventStore, name: string, first: number) => {
    const path = join(folder.path, name);
    writeFileSync(path, makeLogFile(recordsOf(first)));
    await importFiles({ paths: [path], workingDirectory: folder.path }, { store, now });
  };
  {
    await using store = await EventStore.open({ directory, now });
    await importNew(store, "old.json", 0);
  }
  await makeOld(join(directory, "events"));

  {
    await using store = await EventStore.open({ directory, now });
    await importNew(store, "new.json", 100);
    const { rows } = await store.page({ predicate: wanted, order: "oldest", limit: 50 });
    assert.deepEqual(
      rows.map(({ id }) => id),
      [0, 3, 100, 103].map((number) => makeRecord(number)["eventID"]),
    );
  }
  assert.deepEqual(await indexesOf(join(directory, "events")), eventIndexes.map(({ name }) => name).toSorted());
});

test("a store that is opened again is left as it lies on disk", async () => {
  using folder = makeTemporaryFolder();
  const directory = join(folder.path, "data");
  const path = join(folder.path, "log.json");
  writeFileSync(path, makeLogFile(recordsOf(0)));
  {
    await using store = await EventStore.open({ directory, now });
    await importFiles({ paths: [path], workingDirectory: folder.path }, { store, now });
  }
  const before = await partsOf(join(directory, "events"));
  {
    await using _ = await EventStore.open({ directory, now });
  }
  assert.equal(before.length, 1);
  assert.deepEqual(await partsOf(join(directory, "events")), before);
});

/** Names tell how often a part was made anew. */
async function partsOf(directory: string): Promise<string[]> {
  await using engine = await Engine.open({ directory, setUp: [] });
  const rows = await engine.query("SELECT name FROM system.parts WHERE table = 'events' AND active ORDER BY name", {
    format: "JSONCompactEachRow",
  });
  return parseRows<[string]>(rows).map(([name]) => name);
}

async function indexesOf(directory: string): Promise<string[]> {
  await using engine = await Engine.open({ directory, setUp: [] });
  const rows = await engine.query(
    "SELECT name FROM system.data_skipping_indices WHERE table = 'events' ORDER BY name",
    {
      format: "JSONCompactEachRow",
    },
  );
  return parseRows<[string]>(rows).map(([name]) => name);
}

async function makeOld(directory: string): Promise<void> {
  const later = eventColumns.filter(({ isLater }) => isLater);
  assert.ok(later.length > 0);
  const changes = [
    "DROP INDEX names",
    "DROP INDEX resources",
    ...later.flatMap(({ name, index }) => [
      ...(index === undefined ? [] : [`DROP INDEX by_${name}`]),
      `DROP COLUMN ${name}`,
    ]),
    "ADD INDEX by_principal_arn lower(principal_arn) TYPE bloom_filter(0.01) GRANULARITY 16",
    "ADD COLUMN resource_hashes Array(UInt64) DEFAULT arrayMap(arn -> cityHash64(arn), resource_arns)",
    "ADD INDEX by_resource_hashes resource_hashes TYPE bloom_filter(0.01) GRANULARITY 4",
  ];
  const setUp = changes.map((change) => `ALTER TABLE ${eventsTable} ${change}`);
  await using _ = await Engine.open({ directory, setUp });
}
