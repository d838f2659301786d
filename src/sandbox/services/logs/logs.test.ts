import assert from "node:assert/strict";
import { test } from "node:test";
import { askService, refusal } from "../ask.fixture.ts";
import { testCall, testStart, testWorld } from "../call.fixture.ts";
import { logsService } from "./logs-service.ts";

const day = 86_400_000;
const place = { logGroupName: "trail", logStreamName: "111122223333_CloudTrail_us-east-1" };

async function withStream(world = testWorld()) {
  const service = logsService(world);
  const ask = askService(world, service);
  await ask("CreateLogGroup", { logGroupName: place.logGroupName });
  await ask("CreateLogStream", place);
  const put = (...events: readonly (readonly [at: number, message: string])[]) =>
    ask("PutLogEvents", { ...place, logEvents: events.map(([timestamp, message]) => ({ timestamp, message })) });
  return { world, service, ask, put };
}

test("events come back in their order, page by page in both directions, also after a restart", async () => {
  const { world, put } = await withStream();
  await put([testStart - 3, "a"], [testStart - 1, "c"]);
  await put([testStart - 2, "b"], [testStart, "d"]);
  const ask = askService(world, logsService(world));
  const texts = (events: readonly { message?: string | undefined }[] = []) =>
    events.map(({ message }) => message).join("");
  const first = await ask("GetLogEvents", { ...place, startFromHead: true, limit: 3 });
  assert.equal(texts(first.events), "abc");
  const second = await ask("GetLogEvents", { ...place, limit: 3, nextToken: first.nextForwardToken });
  assert.equal(texts(second.events), "d");
  const end = await ask("GetLogEvents", { ...place, nextToken: second.nextForwardToken });
  assert.deepEqual([end.events, end.nextForwardToken], [[], second.nextForwardToken]);
  assert.equal(texts((await ask("GetLogEvents", { ...place, nextToken: second.nextBackwardToken })).events), "abc");
  assert.equal(texts((await ask("GetLogEvents", { ...place, limit: 2 })).events), "cd");
  assert.equal(
    texts((await ask("GetLogEvents", { ...place, startTime: testStart - 2, endTime: testStart })).events),
    "bc",
  );
});

test("what is too old or too new is left out and said so (CloudWatch Logs API Reference, PutLogEvents)", async () => {
  const { ask, put } = await withStream();
  const { rejectedLogEventsInfo } = await put([testStart - 14 * day - 1, "old"]);
  assert.deepEqual(rejectedLogEventsInfo, { tooOldLogEventEndIndex: 1 });
  const newer = await put([testStart, "now"], [testStart + 3 * 3_600_000, "new"]);
  assert.deepEqual(newer.rejectedLogEventsInfo, { tooNewLogEventStartIndex: 1 });
  assert.deepEqual(
    (await ask("GetLogEvents", place)).events?.map(({ message }) => message),
    ["now"],
  );
  await ask("PutLogEvents", {
    ...place,
    sequenceToken: "whatever",
    logEvents: [{ timestamp: testStart, message: "no token needed" }],
  });
});

for (const [what, events] of [
  ["nothing", []],
  [
    "events out of order",
    [
      [testStart, "b"],
      [testStart - 1, "a"],
    ],
  ],
  [
    "events of more than a day",
    [
      [testStart - day - 1, "a"],
      [testStart, "b"],
    ],
  ],
  ["an empty event", [[testStart, ""]]],
  ["too much at once", [[testStart, "x".repeat(1_048_576)]]],
] as const) {
  test(`PutLogEvents refuses ${what} (CloudWatch Logs API Reference)`, async () => {
    const { put } = await withStream();
    await assert.rejects(put(...events), refusal("InvalidParameterException"));
  });
}

test("a group forgets what is older than its retention", async () => {
  const { world, ask, put } = await withStream();
  await put([testStart, "a"]);
  await ask("PutRetentionPolicy", { logGroupName: "trail", retentionInDays: 1 });
  world.clock.advance(day);
  assert.equal((await ask("GetLogEvents", place)).events?.length, 1);
  world.clock.advance(1);
  assert.deepEqual((await ask("GetLogEvents", place)).events, []);
  assert.equal((await ask("DescribeLogGroups", {})).logGroups?.[0]?.storedBytes, 0);
  await assert.rejects(
    ask("PutRetentionPolicy", { logGroupName: "trail", retentionInDays: 2 }),
    refusal("InvalidParameterException"),
  );
});

test("a filter finds events of all streams of a group, in their order", async () => {
  const { ask, put } = await withStream();
  const other = { ...place, logStreamName: "other" };
  await ask("CreateLogStream", other);
  await put([testStart, '{"n":1}'], [testStart + 2, '{"n":3}']);
  await ask("PutLogEvents", { ...other, logEvents: [{ timestamp: testStart + 1, message: '{"n":2}' }] });
  const first = await ask("FilterLogEvents", { logGroupName: "trail", filterPattern: "{ $.n >= 1 }", limit: 2 });
  assert.deepEqual(
    first.events?.map(({ message, logStreamName }) => [message, logStreamName]),
    [
      ['{"n":1}', place.logStreamName],
      ['{"n":2}', "other"],
    ],
  );
  const second = await ask("FilterLogEvents", {
    logGroupName: "trail",
    filterPattern: "{ $.n >= 1 }",
    nextToken: first.nextToken,
  });
  assert.deepEqual(
    second.events?.map(({ message }) => message),
    ['{"n":3}'],
  );
  assert.equal(second.nextToken, undefined);
});

test("a trail's role is asked about the very stream, as its policy names it (CloudTrail User Guide, role policy for CloudWatch Logs)", async () => {
  const { service, world } = await withStream();
  const call = testCall({ world });
  assert.deepEqual(service.operations.PutLogEvents?.needs({ ...place, logEvents: [] }, call), [
    {
      action: "logs:PutLogEvents",
      resource: "arn:aws:logs:us-east-1:111122223333:log-group:trail:log-stream:111122223333_CloudTrail_us-east-1",
      ownerId: "111122223333",
    },
  ]);
});

test("resource policies of an account speak for its groups, all together", async () => {
  const { service, ask, world } = await withStream();
  const Statement = [
    {
      Sid: "same",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "logs:PutLogEvents",
      Resource: "*",
    },
  ];
  const policyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await ask("PutResourcePolicy", { policyName: "one", policyDocument });
  await ask("PutResourcePolicy", { policyName: "two", policyDocument });
  const [need] = service.operations.PutLogEvents?.needs({ ...place, logEvents: [] }, testCall({ world })) ?? [];
  assert.equal((JSON.parse(need?.resourcePolicy ?? "{}") as { Statement: object[] }).Statement.length, 2);
  await ask("DeleteResourcePolicy", { policyName: "one" });
  assert.deepEqual(
    (await ask("DescribeResourcePolicies", {})).resourcePolicies?.map(({ policyName }) => policyName),
    ["two"],
  );
});

test("groups and streams are told, tagged and deleted with what is in them", async () => {
  const { ask, put } = await withStream();
  await put([testStart, "x"]);
  const [group] = (await ask("DescribeLogGroups", { logGroupNamePrefix: "tr" })).logGroups ?? [];
  assert.deepEqual(
    [group?.arn, group?.storedBytes, group?.metricFilterCount],
    ["arn:aws:logs:us-east-1:111122223333:log-group:trail:*", 27, 0],
  );
  const [stream] =
    (await ask("DescribeLogStreams", { logGroupName: "trail", orderBy: "LastEventTime", descending: true }))
      .logStreams ?? [];
  assert.deepEqual([stream?.firstEventTimestamp, stream?.lastEventTimestamp], [testStart, testStart]);
  await ask("TagResource", { resourceArn: group?.logGroupArn, tags: { team: "blue" } });
  assert.deepEqual((await ask("ListTagsLogGroup", { logGroupName: "trail" })).tags, { team: "blue" });
  await assert.rejects(ask("CreateLogGroup", { logGroupName: "trail" }), refusal("ResourceAlreadyExistsException"));
  await ask("DeleteLogGroup", { logGroupName: "trail" });
  await assert.rejects(ask("GetLogEvents", place), refusal("ResourceNotFoundException"));
  await ask("CreateLogGroup", { logGroupName: "trail" });
  assert.deepEqual((await ask("DescribeLogStreams", { logGroupName: "trail" })).logStreams, []);
});

test("a metric filter is kept and can be tried; subscriptions are refused", async () => {
  const { ask } = await withStream();
  const filter = { logGroupName: "trail", filterName: "root", filterPattern: '{ $.userIdentity.type = "Root" }' };
  const metric = { metricName: "RootUse", metricNamespace: "CIS", metricValue: "1" };
  await ask("PutMetricFilter", { ...filter, metricTransformations: [metric] });
  assert.deepEqual((await ask("DescribeMetricFilters", { logGroupName: "trail" })).metricFilters, [
    { ...filter, creationTime: testStart, metricTransformations: [metric] },
  ]);
  const tried = await ask("TestMetricFilter", {
    filterPattern: filter.filterPattern,
    logEventMessages: ["{}", '{"userIdentity":{"type":"Root"}}'],
  });
  assert.deepEqual(
    tried.matches?.map(({ eventNumber }) => eventNumber),
    [2],
  );
  await ask("DeleteMetricFilter", filter);
  await assert.rejects(
    ask("PutSubscriptionFilter", { ...filter, destinationArn: "arn:aws:lambda:us-east-1:111122223333:function:f" }),
    refusal("InvalidParameterException"),
  );
});
