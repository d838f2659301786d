import assert from "node:assert/strict";
import { test } from "node:test";
import { usualRecords } from "../../cloudtrail/index.ts";
import { EventHours } from "./event-hours.ts";

const record = (eventTime: string, more = "") =>
  `{"eventVersion":"1.08","userIdentity":{"sessionContext":{"attributes":{"creationDate":"2020-01-01T00:00:00Z"}}},` +
  `"eventTime":"${eventTime}"${more}}`;
const hoursOf = (text: string) => [Date.parse(`${text}:00:00Z`)];

function hoursIn(records: readonly string[]): (number[] | undefined)[] {
  const bytes = Buffer.from(`{"Records":[${records.join(",")}]}`);
  const cuts = usualRecords(bytes);
  assert.ok(cuts !== undefined);
  const [whole, cut] = [new EventHours(), new EventHours()];
  whole.scan(bytes);
  cut.scanRecords(bytes, cuts);
  return [whole.take(), cut.take()];
}

test("the hours of records are found, looked at as one text or one by one", () => {
  const [whole, cut] = hoursIn([
    record("2026-01-02T03:59:59Z"),
    record("2026-01-02T03:00:00Z"),
    record("2026-01-02T05:00:00Z"),
    record("2026-01-01T23:10:00Z"),
  ]);
  const expected = ["2026-01-01T23", "2026-01-02T03", "2026-01-02T05"].flatMap(hoursOf);
  assert.deepEqual(whole, expected);
  assert.deepEqual(cut, expected);
});

test("of records cut out, only their own time counts; one without a time is passed over", () => {
  const [, cut] = hoursIn([
    record("2026-01-02T03:59:59Z", `,"requestParameters":{"eventTime":"2026-06-06T06:00:00Z"}`),
    `{"eventVersion":"1.08"}`,
    record("2026-01-02T04:00:00Z"),
  ]);
  assert.deepEqual(cut, ["2026-01-02T03", "2026-01-02T04"].flatMap(hoursOf));
});

test("what was taken is not told again, but for the chunk at hand, whose last record may go on", () => {
  const hours = new EventHours();
  hours.scan(Buffer.from(record("2026-01-02T03:00:00Z")));
  assert.deepEqual(hours.take(), hoursOf("2026-01-02T03"));
  assert.deepEqual(hours.take(), hoursOf("2026-01-02T03"));
  const bytes = Buffer.from(`{"Records":[${record("2026-01-02T07:00:00Z")}]}`);
  hours.scanRecords(bytes, usualRecords(bytes) ?? new Uint32Array());
  assert.deepEqual(hours.take(), ["2026-01-02T03", "2026-01-02T07"].flatMap(hoursOf));
  assert.equal(hours.take(), undefined);
});
