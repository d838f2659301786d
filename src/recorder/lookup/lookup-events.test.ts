import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import fc from "fast-check";

import { assertRefused, madeUpApi, managementEvent, member, owner, start } from "../api/api.fixture.ts";
import { SteppedClock } from "../../base/clock.ts";
import { type CloudTrailRecord } from "../../cloudtrail/index.ts";
import { historyMilliseconds, openHistory } from "./history.ts";

const withJson = (record: CloudTrailRecord) => ({ record, json: JSON.stringify(record) });

function withEvents(...records: readonly CloudTrailRecord[]) {
  const made = madeUpApi();
  made.history.add(records.map(withJson));
  const lookUp = (input: object = {}, who = {}) => made.call("LookupEvents", input, who);
  const by = async (AttributeKey: string, AttributeValue: string, more: object = {}) => {
    const { Events } = await lookUp({ LookupAttributes: [{ AttributeKey, AttributeValue }], ...more });
    return Events?.map(({ EventId }) => Number(EventId?.slice(-2)));
  };
  return { ...made, lookUp, by };
}

test("the history needs no trail, and tells an event with its whole record", async () => {
  const record = managementEvent(1);
  const { lookUp } = withEvents(record);
  assert.deepEqual(await lookUp(), {
    Events: [
      {
        EventId: record.eventID,
        EventName: "CreateUser",
        ReadOnly: "false",
        AccessKeyId: "AKIAEXAMPLEEXAMPLE01",
        EventTime: new Date(start - 59_000),
        EventSource: "iam.amazonaws.com",
        Username: "ana",
        Resources: [{ ResourceType: "AWS::IAM::User", ResourceName: "user-1" }],
        CloudTrailEvent: JSON.stringify(record),
      },
    ],
  });
});

test("it keeps one account and region apart from others, and no data or network events (API Reference)", async () => {
  const { lookUp } = withEvents(
    managementEvent(1),
    managementEvent(2, { recipientAccountId: member }),
    managementEvent(3, { awsRegion: "us-east-1" }),
    managementEvent(4, { eventCategory: "Data" }),
    managementEvent(5, { eventCategory: "NetworkActivity" }),
  );
  const numbers = async (who: object) =>
    (await lookUp({}, who)).Events?.map(({ EventId }) => Number(EventId?.slice(-2)));
  assert.deepEqual(await numbers({}), [1]);
  assert.deepEqual(await numbers({ accountId: member }), [2]);
  assert.deepEqual(await numbers({ region: "us-east-1" }), [3]);
});

test("events are found by each attribute, whole values only (API Reference, LookupAttribute)", async () => {
  const { by } = withEvents(
    managementEvent(1),
    managementEvent(2, { eventName: "ListUsers", readOnly: true, requestParameters: null }),
    managementEvent(3, { userIdentity: { type: "Root", arn: `arn:aws:iam::${owner}:root`, userName: "the-alias" } }),
    managementEvent(4, {
      eventSource: "sts.amazonaws.com",
      eventName: "AssumeRole",
      userIdentity: {
        type: "AssumedRole",
        principalId: "AROAEXAMPLEEXAMPLE01:deploy",
        accessKeyId: "ASIAEXAMPLEEXAMPLE01",
      },
      requestParameters: { roleArn: "arn:aws:iam::222222222222:role/deploys" },
      resources: [{ type: "AWS::IAM::Role", ARN: "arn:aws:iam::222222222222:role/deploys" }],
    }),
  );
  assert.deepEqual(await by("EventName", "CreateUser"), [3, 1]);
  assert.deepEqual(await by("EventName", "Create"), []);
  assert.deepEqual(await by("EventSource", "sts.amazonaws.com"), [4]);
  assert.deepEqual(await by("ReadOnly", "true"), [2]);
  assert.deepEqual(await by("Username", "root"), [3], 'User Guide: the root user is found by "root"');
  assert.deepEqual(await by("Username", "the-alias"), []);
  assert.deepEqual(await by("Username", "deploy"), [4]);
  assert.deepEqual(await by("AccessKeyId", "AKIAEXAMPLEEXAMPLE01"), [2, 1]);
  assert.deepEqual(await by("EventId", managementEvent(2).eventID ?? ""), [2]);
  assert.deepEqual(await by("ResourceType", "AWS::IAM::Role"), [4]);
  assert.deepEqual(await by("ResourceName", "user-1"), [1]);
});

test("a time range is kept, both ends included", async () => {
  const { lookUp, by } = withEvents(...[1, 2, 3, 4].map((number) => managementEvent(number)));
  const range = { StartTime: new Date(start - 58_000), EndTime: new Date(start - 57_000) };
  assert.deepEqual(
    (await lookUp(range)).Events?.map(({ EventId }) => EventId?.slice(-1)),
    ["3", "2"],
  );
  assert.deepEqual(await by("EventName", "CreateUser", range), [3, 2]);
});

const refusals: readonly (readonly [why: string, input: object, code: string])[] = [
  ["MaxResults is 0", { MaxResults: 0 }, "InvalidMaxResultsException"],
  ["MaxResults is 51", { MaxResults: 51 }, "InvalidMaxResultsException"],
  [
    "the end is before the start",
    { StartTime: new Date(start), EndTime: new Date(start - 1) },
    "InvalidTimeRangeException",
  ],
  ["the category is Management", { EventCategory: "management" }, "InvalidEventCategoryException"],
  [
    "there are two attributes",
    { LookupAttributes: [1, 2].map(() => ({ AttributeKey: "EventName", AttributeValue: "a" })) },
    "InvalidLookupAttributesException",
  ],
  [
    "an attribute is unknown",
    { LookupAttributes: [{ AttributeKey: "Region", AttributeValue: "a" }] },
    "InvalidLookupAttributesException",
  ],
  [
    "an attribute has no value",
    { LookupAttributes: [{ AttributeKey: "EventName" }] },
    "InvalidLookupAttributesException",
  ],
  [
    "a value has 2001 characters, underscores counted twice",
    { LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: `${"_".repeat(1000)}a` }] },
    "InvalidLookupAttributesException",
  ],
  [
    "insights are asked for by user",
    { EventCategory: "insight", LookupAttributes: [{ AttributeKey: "Username", AttributeValue: "ana" }] },
    "InvalidLookupAttributesException",
  ],
  ["a token is made up", { NextToken: Buffer.alloc(40).toString("base64url") }, "InvalidNextTokenException"],
];

for (const [why, input, code] of refusals) {
  test(`a look-up is refused when ${why} (API Reference, LookupEvents)`, async () => {
    await assertRefused(withEvents().lookUp(input), code);
  });
}

test("insights are found by their source and name, apart from management events", async () => {
  const { lookUp, by } = withEvents(managementEvent(1), {
    ...managementEvent(2, { eventCategory: "Insight", eventType: "AwsCloudTrailInsight" }),
    eventName: undefined,
    eventSource: undefined,
    insightDetails: { state: "Start", eventSource: "iam.amazonaws.com", eventName: "DeleteUser" },
  } as unknown as CloudTrailRecord);
  assert.equal((await lookUp()).Events?.length, 1);
  assert.deepEqual(await by("EventName", "DeleteUser", { EventCategory: "insight" }), [2]);
});

test("pages go through every event once, newest first, while others come in", async () => {
  const { lookUp, history } = withEvents(...Array.from({ length: 25 }, (_, n) => managementEvent(n)));
  const seen: string[] = [];
  let token: string | undefined;
  do {
    const input: object = { MaxResults: 4, ...(token === undefined ? {} : { NextToken: token }) };
    const { Events = [], NextToken } = await lookUp(input);
    seen.push(...Events.map(({ EventId }) => EventId ?? ""));
    token = NextToken;
    history.add([withJson(managementEvent(50 + seen.length))]);
  } while (token !== undefined);
  assert.deepEqual(
    seen,
    Array.from({ length: 25 }, (_, n) => managementEvent(24 - n).eventID),
  );
});

test("a token is good only for the parameters that it was given for (API Reference, NextToken)", async () => {
  const { lookUp, call } = withEvents(...[1, 2, 3].map((number) => managementEvent(number)));
  const LookupAttributes = [{ AttributeKey: "EventName", AttributeValue: "CreateUser" }];
  const { NextToken } = await lookUp({ LookupAttributes, MaxResults: 1 });
  assert.ok(NextToken !== undefined);
  assert.equal((await lookUp({ LookupAttributes, MaxResults: 1, NextToken })).Events?.length, 1);
  const others = [
    {},
    { LookupAttributes, StartTime: new Date(1000) },
    { LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "x" }] },
  ];
  for (const other of others) {
    await assertRefused(lookUp({ ...other, NextToken }), "InvalidNextTokenException");
  }
  await assertRefused(
    call("LookupEvents", { LookupAttributes, NextToken }, { accountId: member }),
    "InvalidNextTokenException",
  );
  const changed = `${NextToken.slice(0, -2)}${NextToken.endsWith("AA") ? "BA" : "AA"}`;
  await assertRefused(lookUp({ LookupAttributes, NextToken: changed }), "InvalidNextTokenException");
});

test("an event that is written again, as after a crash, is there once", () => {
  const { history } = withEvents(managementEvent(1));
  assert.equal(history.add([withJson(managementEvent(1)), withJson(managementEvent(2))]), 1);
});

test("what is older than 90 days is not found, and is taken away", async () => {
  const { lookUp, by, clock, history } = withEvents(managementEvent(1), managementEvent(40));
  clock.advance(historyMilliseconds - 30_000);
  assert.deepEqual(
    (await lookUp()).Events?.map(({ EventId }) => EventId?.slice(-2)),
    ["40"],
  );
  assert.deepEqual(await by("EventName", "CreateUser"), [40]);
  assert.equal(history.expire(), 1);
  assert.equal(history.expire(), 0);
  assert.equal(history.add([withJson(managementEvent(1))]), 0);
});

test("the history and its tokens outlive the program", () => {
  const folder = mkdtempSync(join(tmpdir(), "trailwarden-history-"));
  const clock = new SteppedClock(start);
  try {
    const first = openHistory(join(folder, "history.db"), { clock });
    first.add([withJson(managementEvent(1))]);
    const { tokenKey } = first;
    first.close();
    const second = openHistory(join(folder, "history.db"), { clock });
    const question = { accountId: owner, region: "eu-west-1", category: "management" as const, from: 0, to: start };
    assert.equal(second.find({ ...question, attribute: undefined, after: undefined, limit: 10 }).length, 1);
    assert.deepEqual(second.tokenKey, tokenKey);
    second.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("whatever the events, look-ups find what a plain search finds", async () => {
  const small = fc.integer({ min: 0, max: 3 });
  const events = fc.array(
    fc.record({ second: fc.integer({ min: 0, max: 20 }), name: small, user: small, isRead: fc.boolean() }),
    {
      maxLength: 30,
    },
  );
  await fc.assert(
    fc.asyncProperty(events, small, fc.constantFrom("EventName", "Username", "ReadOnly"), async (all, wanted, key) => {
      const records = all.map(({ second, name, user, isRead }, number) =>
        managementEvent(second, {
          eventID: `00000000-0000-4000-9000-0000000000${String(number).padStart(2, "0")}`,
          eventName: `Name${name}`,
          readOnly: isRead,
          userIdentity: { type: "IAMUser", userName: `user${user}` },
        }),
      );
      const value = key === "EventName" ? `Name${wanted}` : key === "Username" ? `user${wanted}` : String(wanted > 1);
      const of = { EventName: "eventName", ReadOnly: "readOnly", Username: "" } as const;
      const expected = records
        .map((record, number) => ({ record, number }))
        .filter(({ record }) =>
          key === "Username" ? record.userIdentity?.userName === value : String(record[of[key]]) === value,
        )
        .sort((a, b) => String(b.record.eventTime).localeCompare(String(a.record.eventTime)) || b.number - a.number)
        .map(({ number }) => number);
      const { by, history } = withEvents(...records);
      assert.deepEqual(await by(key, value), expected);
      history.close();
    }),
    { numRuns: 60, seed: 20261120 },
  );
});
