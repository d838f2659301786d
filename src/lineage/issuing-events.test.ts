import assert from "node:assert/strict";
import { test } from "node:test";
import { makeRecord } from "../../test/fixtures/made-record.ts";
import { SteppedClock } from "../base/clock.ts";
import { IssuingEvents, type LineageStore } from "./issuing-events.ts";

const key = "AKIAIOSFODNN7EXAMPLE";
const began = Date.UTC(2026, 9, 1);
const signal = new AbortController().signal;

/** A store so large that a look finds nothing until so many were taken. */
function largeStore(looksBefore: number) {
  const asked: (number | undefined)[] = [];
  const record = makeRecord(1, { eventName: "CreateAccessKey", responseElements: { accessKey: { accessKeyId: key } } });
  const found = { event: { id: "one", account: "111122223333", time: began, eventName: "CreateAccessKey" } };
  const store: Pick<LineageStore, "wholePage"> = {
    wholePage: ({ after }) => {
      asked.push(after?.time);
      const reached = { time: began - asked.length, id: "", accountHash: "" };
      const rows = [{ ...found, raw: Buffer.from(JSON.stringify(record)) }];
      return Promise.resolve((asked.length > looksBefore ? { rows } : { rows: [], reached }) as never);
    },
  };
  return { asked, book: new IssuingEvents(store, new SteppedClock(began)) };
}

test("in a large store it is looked on from where a look has ended", async () => {
  const { asked, book } = largeStore(3);
  const issue = await book.ofLastingKey(key, signal);
  assert.equal(issue?.event.eventId, "one");
  assert.deepEqual(asked, [undefined, began - 1, began - 2, began - 3]);
});

test("what is not found within many looks is given up", async () => {
  const { asked, book } = largeStore(1_000);
  assert.equal(await book.ofLastingKey(key, signal), undefined);
  assert.equal(asked.length, 20);
});
