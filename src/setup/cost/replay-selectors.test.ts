import assert from "node:assert/strict";
import { test } from "node:test";

import { makeRecord } from "../../../test/fixtures/made-record.ts";
import { selects } from "../../cloudtrail/index.ts";
import { SetupError } from "../errors.ts";
import { allS3Data, home, makeTrail, managementOnly, trailPrices as prices } from "./made-account.fixture.ts";
import { type BlindRule, replaySelectors, type ReplayAsk, type SightChange } from "./replay-selectors.ts";

async function* recordsOf(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

/** Records that differ in nothing but their number. */
function many(count: number, fields: Readonly<Record<string, unknown>>): string[] {
  return Array.from({ length: count }, (_, number) =>
    JSON.stringify(makeRecord(number, { awsRegion: home, ...fields })),
  );
}

const management = { eventCategory: "Management", managementEvent: true, eventSource: "ec2.amazonaws.com" };
const describe = { ...management, eventName: "DescribeInstances", readOnly: true };
const run = { ...management, eventName: "RunInstances", readOnly: false };
const decrypt = { ...management, eventSource: "kms.amazonaws.com", eventName: "Decrypt", readOnly: true };
const object = (bucket: string, eventName: string) => ({
  eventName,
  readOnly: eventName === "GetObject",
  resources: [{ type: "AWS::S3::Object", ARN: `arn:aws:s3:::${bucket}/key` }],
});

const withoutKms = {
  advanced: [
    { FieldSelectors: [...managementOnly.FieldSelectors, { Field: "eventSource", NotEquals: ["kms.amazonaws.com"] }] },
  ],
};

function replay(fields: Partial<ReplayAsk> & Pick<ReplayAsk, "records">) {
  const trail = makeTrail("one");
  return replaySelectors({ days: 30, trail, after: withoutKms, others: [], prices, ...fields });
}

const mixed = () => recordsOf(...many(3, describe), ...many(2, run), ...many(5, decrypt));

test("what is dropped of the free copy saves nothing", async () => {
  const outcome = await replay({ records: mixed() });
  assert.deepEqual([outcome.kept, outcome.dropped, outcome.droppedFree, outcome.added], [5, 5, 5, 0]);
  assert.equal(outcome.savedMicroDollars, 0);
  assert.deepEqual(outcome.lines, []);
});

test("what is dropped of a paid copy is saved, by service and name, for a month", async () => {
  // of 3 days: 5 Decrypt are 50 a month; × $2.00 / 100,000 = $0.001
  const outcome = await replay({ records: mixed(), others: [makeTrail("other")], days: 3 });
  assert.equal(outcome.savedMicroDollars, 1_000);
  assert.deepEqual([outcome.kept, outcome.dropped, outcome.droppedFree], [50, 50, 0]);
  assert.deepEqual(outcome.names, [
    {
      service: "kms.amazonaws.com",
      eventName: "Decrypt",
      category: "Management",
      dropped: 50,
      added: 0,
      savedMicroDollars: 1_000,
    },
  ]);
});

test("a trail elsewhere, stopped, or without these events makes no paid copy", async () => {
  const others = [
    makeTrail("elsewhere", { homeRegion: "eu-central-1", value: { isMultiRegion: false } }),
    makeTrail("stopped", { isLogging: false }),
    makeTrail("without", { selectors: withoutKms }),
    makeTrail("stranger", { ownerAccountId: "444455556666" }),
    // The trail itself is no other.
    makeTrail("one"),
  ];
  const outcome = await replay({ records: mixed(), others });
  assert.deepEqual([outcome.savedMicroDollars, outcome.droppedFree], [0, 5]);
});

test("data events are saved by the bucket that is left out, of whatever copy", async () => {
  const records = recordsOf(...many(40, object("logs", "GetObject")), ...many(10, object("reports", "PutObject")));
  const after = {
    advanced: [
      managementOnly,
      {
        FieldSelectors: [
          ...allS3Data.FieldSelectors,
          { Field: "resources.ARN", NotStartsWith: ["arn:aws:s3:::logs/"] },
        ],
      },
    ],
  };
  const trail = makeTrail("one", { selectors: { advanced: [managementOnly, allS3Data] } });
  // 40 × $0.10 / 100,000 = $0.00004
  const outcome = await replay({ records, trail, after });
  assert.equal(outcome.savedMicroDollars, 40);
  assert.deepEqual(
    outcome.names.map(({ eventName, dropped }) => [eventName, dropped]),
    [["GetObject", 40]],
  );
});

test("Insights and CloudWatch Logs are saved with the events that they looked at", async () => {
  const trail = makeTrail("one", {
    insights: ["ApiCallRateInsight Management", "ApiErrorRateInsight Management"],
    value: { logGroupArn: "arn:aws:logs:…" },
  });
  const after = { basic: [{ ReadWriteType: "ReadOnly", IncludeManagementEvents: true }] };
  const texts = many(1_000, run);
  const bytes = texts.reduce((sum, text) => sum + text.length, 0);
  const outcome = await replay({ records: recordsOf(...texts, ...many(7, describe)), trail, after });
  // writes count for both types: 2,000 × $0.35 / 100,000 = $0.007; bytes × $0.50 / 2^30; the copy itself is free
  const ofLogs = Math.round((bytes * 500_000) / 2 ** 30);
  assert.equal(outcome.savedMicroDollars, 7_000 + ofLogs);
  assert.deepEqual(outcome.lines.map(({ item, dropped }) => [item, dropped]).sort(), [
    ["logs-ingestion", bytes],
    ["management-insights", 2_000],
  ]);
});

test("what a change adds costs, as far as another trail has recorded it", async () => {
  const trail = makeTrail("one", { selectors: withoutKms });
  const after = { advanced: [managementOnly] };
  const outcome = await replay({ records: mixed(), trail, after, others: [makeTrail("other")] });
  // 5 Decrypt more × $2.00 / 100,000 = $0.0001
  assert.deepEqual([outcome.added, outcome.dropped, outcome.savedMicroDollars], [5, 0, -100]);
  assert.match(outcome.notes.join(), /what the new selectors would add beside is not known/);
});

test("records that the trail does not reach, and what is no record, change nothing and are counted", async () => {
  const others = [makeTrail("other")];
  const records = recordsOf(
    ...many(4, { ...decrypt, recipientAccountId: "444455556666" }),
    ...many(2, { ...decrypt, awsRegion: "eu-central-1" }),
    "{not json",
    "[]",
  );
  const trail = makeTrail("one", { value: { isMultiRegion: false } });
  const outcome = await replay({ records, trail, others });
  assert.deepEqual([outcome.looked, outcome.unread, outcome.dropped, outcome.kept], [8, 2, 0, 0]);
});

test("names beyond those that are told apart are counted, and their money with the rest", async () => {
  const names = Array.from({ length: 5_003 }, (_, number) =>
    JSON.stringify(makeRecord(number, { ...decrypt, awsRegion: home, eventName: `Name${number}` })),
  );
  const outcome = await replay({ records: recordsOf(...names), others: [makeTrail("other")] });
  assert.deepEqual([outcome.names.length, outcome.otherNames, outcome.dropped], [5_000, 3, 5_003]);
  // 5,003 × $2.00 / 100,000 = $0.10006
  assert.equal(outcome.savedMicroDollars, 100_060);
});

test("without rules nothing is said of blindness but that; with rules they are asked with what is recorded before and after", async () => {
  const without = await replay({ records: mixed() });
  assert.deepEqual(without.blind, {
    kind: "unknown",
    sentence: "Which rules would go blind is not known: there are no rules here to ask",
  });
  const asked: SightChange[] = [];
  const blind = ["nothing", "less"].flatMap((sees) =>
    Array.from({ length: 15 }, (_, number): BlindRule => ({
      ...{ rule: `r${number}`, title: "KMS decrypts", level: "high", sentence: "It looks at Decrypt alone" },
      sees: sees === "nothing" ? "nothing" : "less",
    })),
  );
  const withRules = await replay({
    records: mixed(),
    rules: {
      async blinded(change) {
        asked.push(change);
        return blind;
      },
    },
  });
  // What there is room for on a screen, and how many there are.
  assert.deepEqual(withRules.blind, {
    kind: "known",
    rules: blind.slice(0, 20),
    counts: { nothing: 15, less: 15 },
  });
  const [{ before, after } = assert.fail()] = asked;
  const kms = { eventCategory: "Management", eventSource: "kms.amazonaws.com" };
  assert.deepEqual([selects(before, kms), selects(after, kms)], [true, false]);
  assert.equal(selects(after, { ...kms, eventSource: "iam.amazonaws.com" }), true);
  assert.deepEqual([before.name, before.hasInsights], ["one", false]);
});

test("selectors of an unknown form, and none at all, are refused", async () => {
  const bad = [{}, { advanced: [] }, { advanced: [{ FieldSelectors: [] }] }, { basic: [{ ReadWriteType: "Some" }] }];
  for (const after of bad) {
    await assert.rejects(
      replay({ records: mixed(), after }),
      (error) => error instanceof SetupError && error.code === "selectors-invalid",
    );
  }
});

test("a replay that is not wanted any more ends", async () => {
  const controller = new AbortController();
  controller.abort(new Error("Not wanted"));
  await assert.rejects(replay({ records: mixed(), signal: controller.signal }), /Not wanted/);
});
