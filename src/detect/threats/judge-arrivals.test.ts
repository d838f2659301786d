import assert from "node:assert/strict";
import { test } from "node:test";
import { makeRecord } from "../../../test/fixtures/made-record.ts";
import { makeTemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { compileMatcher, textsAt } from "../../predicate/index.ts";
import type { ArrivedFile, Arrivals } from "../../store/index.ts";
import type { JudgedEvent } from "../index.ts";
import { openThreatsIn } from "./threats.fixture.ts";

const signal = new AbortController().signal;
const files: readonly ArrivedFile[] = [];

/** Arrivals of these records, which count how often events are asked for. */
function arrivalsOf(records: readonly Record<string, unknown>[]): Arrivals & { asked: number } {
  const arrivals = {
    asked: 0,
    distinct: async (_: readonly ArrivedFile[], path: readonly string[]) => [
      ...new Set(records.flatMap((record) => [...textsAt(record, path)])),
    ],
    async *records(_: readonly ArrivedFile[], { predicate }: Parameters<Arrivals["records"]>[1]) {
      arrivals.asked += 1;
      const matches = compileMatcher(predicate);
      for (const [index, record] of records.entries()) {
        const raw = Buffer.from(JSON.stringify(record));
        if (!matches(record, raw.toString())) continue;
        yield [{ id: `event-${index}`, account: "111122223333", time: index, raw, isMarked: true }];
      }
    },
  };
  return arrivals as unknown as Arrivals & { asked: number };
}

const records = [
  makeRecord(0, { sourceIPAddress: "203.0.113.7" }),
  makeRecord(1, { sourceIPAddress: "198.51.100.20", userAgent: "curl/8 (+https://www.bad.example/bot)" }),
  makeRecord(2, { sourceIPAddress: "ec2.amazonaws.com", userAgent: "ec2.amazonaws.com" }),
  makeRecord(3, {
    sourceIPAddress: "198.51.100.21",
    userIdentity: { type: "IAMUser", accessKeyId: "AKIASTOLEN0000000000" },
  }),
  makeRecord(4, { sourceIPAddress: "10.0.0.7" }),
];

test("events by what is on a list are judged, each for each list that it is on", async () => {
  using folder = makeTemporaryFolder();
  const { threats } = await openThreatsIn(folder.path);
  await using _ = threats;
  await threats.put({ name: "net", kind: "addresses", text: "203.0.113.0/24", level: "high" });
  await threats.put({ name: "one", kind: "addresses", text: "203.0.113.7", outcome: "observation" });
  await threats.put({ name: "names", kind: "domains", text: "bad.example" });
  await threats.put({ name: "leaks", kind: "keys", text: "AKIASTOLEN0000000000" });
  const judged: JudgedEvent[] = await Array.fromAsync(threats.judge.judge(arrivalsOf(records), files, signal));
  assert.deepEqual(
    judged.map(({ rule, id, indicator, level, outcome }) => [rule, id, indicator, level, outcome]),
    [
      ["threat-list/net", "event-0", "203.0.113.0/24", "high", "incident"],
      ["threat-list/one", "event-0", "203.0.113.7", "medium", "observation"],
      ["threat-list/leaks", "event-3", "AKIASTOLEN0000000000", "medium", "incident"],
      ["threat-list/names", "event-1", "bad.example", "medium", "incident"],
    ],
  );
  assert.deepEqual(judged[0]?.record, records[0]);
  assert.equal(judged[0]?.title, "Address on the threat list net");
});

test("where nothing is on a list no event is asked for", async () => {
  using folder = makeTemporaryFolder();
  const { threats } = await openThreatsIn(folder.path);
  await using _ = threats;
  const arrivals = arrivalsOf(records);
  assert.deepEqual(await Array.fromAsync(threats.judge.judge(arrivals, files, signal)), []);
  await threats.put({ name: "net", kind: "addresses", text: "192.0.2.0/24" });
  assert.deepEqual(await Array.fromAsync(threats.judge.judge(arrivals, files, signal)), []);
  assert.equal(arrivals.asked, 0);
});
