import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openImportedStore, testNow, type ImportedStore } from "../../test/fixtures/imported-store.ts";
import { sharedData, skipWithoutSharedData } from "../../test/fixtures/shared-data.ts";
import { eventFields, readRecord, type CloudTrailRecord } from "../cloudtrail/index.ts";
import { writeMadeUpFolder } from "../sandbox/index.ts";
import type { PagePosition, StoredEvent } from "./index.ts";

let imported: ImportedStore;

before(async () => {
  imported = await openImportedStore();
});
after(() => imported[Symbol.asyncDispose]());

test("the engine reads out of made-up records what a plain reading finds in them", async () => {
  const folder = join(imported.directory, "made-up");
  const made = await writeMadeUpFolder(folder, {
    seed: "columns",
    now: testNow,
    days: 7,
    eventsPerDay: 100,
    deliveryMinutes: 1_440,
  });
  const { eventsStored } = await imported.import(folder);
  assert.equal(eventsStored, made.records);
  assert.equal(await compareAll(), made.records);
});

test(
  "the engine reads out of real records what a plain reading finds in them",
  { skip: skipWithoutSharedData },
  async () => {
    await imported.import(sharedData);
    assert.ok((await compareAll()) > 3_000);
  },
);

async function compareAll(): Promise<number> {
  let compared = 0;
  let position: PagePosition | undefined;
  do {
    const { rows: page, reached } = await imported.store.wholePage({
      predicate: { kind: "all" },
      order: "oldest",
      limit: 1_000,
      after: position,
    });
    for (const { event, raw } of page) {
      const read = readRecord(raw);
      assert.ok(read.ok);
      assert.deepEqual(columnsOf(event), expectedColumns(read.record, event), raw.toString());
    }
    compared += page.length;
    position = page.length === 1_000 ? page.at(-1)?.event : reached;
  } while (position !== undefined);
  return compared;
}

function columnsOf(event: StoredEvent): Record<string, unknown> {
  const { issuerName: _name, accountHash: _hash, logFile: _file, ...columns } = event;
  return columns;
}

function expectedColumns(record: CloudTrailRecord, event: StoredEvent): Record<string, unknown> {
  const fields = eventFields(record);
  const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(fields.eventId ?? "");
  return {
    id: isUuid ? fields.eventId?.toLowerCase() : event.id,
    account: fields.accountId ?? "",
    time: fields.eventTime,
    eventName: fields.eventName ?? "",
    eventSource: fields.eventSource ?? "",
    region: fields.region ?? "",
    identityType: fields.identityType ?? "",
    principalArn: fields.principalArn ?? "",
    issuerArn: fields.issuerArn ?? "",
    // the column is the field alone; a plain reading falls back to the session's issuer
    userName: record.userIdentity?.userName ?? "",
    invokedBy: fields.invokedBy ?? "",
    accessKey: fields.accessKey ?? "",
    sourceIp: fields.sourceIp ?? "",
    userAgent: fields.userAgent ?? "",
    errorCode: fields.errorCode ?? "",
    errorMessage: fields.errorMessage ?? "",
    readOnly: fields.readOnly ?? null,
    category: fields.category ?? "",
    eventType: fields.eventType ?? "",
    // the column answers resources.ARN; prefixes and request parameters are searched where they stand
    resourceArns: (record.resources ?? []).flatMap(({ ARN }) => (ARN ? [ARN] : [])),
  };
}
