import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { AwsError } from "../../aws/index.ts";
import { assertRefused, madeUpApi, member, owner, start } from "../api/api.fixture.ts";
import { type By } from "../by.ts";
import { type AuditRecord } from "./audit-log.ts";
import { putAuditEvents } from "./put-audit-events.ts";

const day = 24 * 3_600_000;
const auditSelectors = [{ FieldSelectors: [{ Field: "eventCategory", Equals: ["ActivityAuditLog"] }] }];
const newStore = { Name: "store-1", AdvancedEventSelectors: auditSelectors, TerminationProtectionEnabled: false };

/** A store, a channel into it, and what the sink was handed. */
async function withChannel() {
  const made = madeUpApi();
  const { EventDataStoreArn: storeArn = "" } = await made.call("CreateEventDataStore", newStore);
  const destinations = [{ Type: "EVENT_DATA_STORE", Location: storeArn }];
  const channel = { Name: "channel-1", Source: "Custom", Destinations: destinations };
  const { ChannelArn: channelArn = "" } = await made.call("CreateChannel", channel);
  const sunk: AuditRecord[] = [];
  const auditSink = { accept: (records: readonly AuditRecord[]) => void sunk.push(...records) };
  const parts = { ...made.parts, tokenKey: made.history.tokenKey, auditSink };
  const put = (auditEvents: unknown, given: { readonly channelArn?: string } = {}, who: Partial<By> = {}) =>
    putAuditEvents(parts, { channelArn, ...given, body: { auditEvents } }, made.by(who));
  return { ...made, storeArn, channelArn, destinations, sunk, put };
}

const eventData = {
  version: "1",
  userIdentity: { type: "employee", principalId: "ana" },
  eventSource: "payroll.example.com",
  eventName: "ApproveRun",
  eventTime: "2026-11-20T11:59:00Z",
  UID: "run-7",
  recipientAccountId: owner,
};
const event = (change: object = {}, id = "one") => ({ id, eventData: JSON.stringify({ ...eventData, ...change }) });

test("a store for applications' events has the documented defaults (API Reference, CreateEventDataStore)", async () => {
  const made = madeUpApi();
  const answer = await made.call("CreateEventDataStore", { Name: "store-1", AdvancedEventSelectors: auditSelectors });
  assert.equal(answer.Status, "CREATED");
  const store = await made.call("GetEventDataStore", { EventDataStore: answer.EventDataStoreArn?.split("/")[1] });
  assert.deepEqual(store, {
    EventDataStoreArn: answer.EventDataStoreArn,
    Name: "store-1",
    Status: "ENABLED",
    AdvancedEventSelectors: auditSelectors,
    MultiRegionEnabled: true,
    OrganizationEnabled: false,
    BillingMode: "EXTENDABLE_RETENTION_PRICING",
    RetentionPeriod: 366,
    TerminationProtectionEnabled: true,
    CreatedTimestamp: new Date(start),
    UpdatedTimestamp: new Date(start),
    FederationStatus: "DISABLED",
  });
});

const createStore = "API Reference, CreateEventDataStore";
const storeRefusals: readonly (readonly [why: string, source: string, input: object, code: string])[] = [
  ["its name has a space", createStore, { Name: "my store" }, "InvalidParameterException"],
  ["its name is taken", createStore, { Name: "store-1" }, "EventDataStoreAlreadyExistsException"],
  ["it keeps six days", createStore, { RetentionPeriod: 6 }, "InvalidParameterException"],
  ["it keeps 3654 days", createStore, { RetentionPeriod: 3654 }, "InvalidParameterException"],
  [
    "it keeps 2558 days at a fixed price",
    createStore,
    { RetentionPeriod: 2558, BillingMode: "FIXED_RETENTION_PRICING" },
    "InvalidParameterException",
  ],
  ["its billing mode is unknown", createStore, { BillingMode: "FREE" }, "InvalidParameterException"],
  [
    "it would take management events",
    "not done here",
    { AdvancedEventSelectors: undefined },
    "UnsupportedOperationException",
  ],
  [
    "it filters audit events by name",
    "API Reference, AdvancedFieldSelector",
    {
      AdvancedEventSelectors: [
        { FieldSelectors: [...(auditSelectors[0]?.FieldSelectors ?? []), { Field: "eventName", Equals: ["a"] }] },
      ],
    },
    "InvalidEventSelectorsException",
  ],
  [
    "it has six selectors",
    createStore,
    { AdvancedEventSelectors: Array.from({ length: 6 }, () => auditSelectors[0]) },
    "InvalidEventSelectorsException",
  ],
  ["it is an organization's", "not done here", { OrganizationEnabled: true }, "UnsupportedOperationException"],
  ["it is encrypted with a key", "not done here", { KmsKeyId: "alias/a" }, "UnsupportedOperationException"],
];

for (const [why, source, input, code] of storeRefusals) {
  test(`a store is refused when ${why} (${source})`, async () => {
    const made = await withChannel();
    await assertRefused(made.call("CreateEventDataStore", { ...newStore, Name: "store-2", ...input }), code);
  });
}

test("an account has ten stores in a region (User Guide, Quotas)", async () => {
  const made = madeUpApi();
  for (let n = 0; n < 10; n += 1) await made.call("CreateEventDataStore", { ...newStore, Name: `store-${n}` });
  const eleventh = { ...newStore, Name: "store-11" };
  await assertRefused(made.call("CreateEventDataStore", eleventh), "EventDataStoreMaxLimitExceededException");
  await made.call("CreateEventDataStore", eleventh, { region: "us-east-1" });
  const { EventDataStores = [], NextToken } = await made.call("ListEventDataStores", { MaxResults: 7 });
  const rest = await made.call("ListEventDataStores", { MaxResults: 7, NextToken });
  assert.deepEqual([EventDataStores.length, rest.EventDataStores?.length, rest.NextToken], [7, 3, undefined]);
  await assertRefused(made.call("ListChannels", { NextToken }), "InvalidNextTokenException");
});

test("a deleted store waits seven days, can be restored, and is gone afterwards (API Reference)", async () => {
  const made = madeUpApi();
  const { EventDataStoreArn: EventDataStore } = await made.call("CreateEventDataStore", newStore);
  await assertRefused(made.call("RestoreEventDataStore", { EventDataStore }), "InvalidEventDataStoreStatusException");
  await made.call("DeleteEventDataStore", { EventDataStore });
  assert.equal((await made.call("GetEventDataStore", { EventDataStore })).Status, "PENDING_DELETION");
  await assertRefused(made.call("DeleteEventDataStore", { EventDataStore }), "InactiveEventDataStoreException");
  await assertRefused(made.call("UpdateEventDataStore", { EventDataStore }), "InactiveEventDataStoreException");
  assert.equal((await made.call("RestoreEventDataStore", { EventDataStore })).Status, "ENABLED");
  await made.call("DeleteEventDataStore", { EventDataStore });
  made.clock.advance(7 * day);
  await assertRefused(made.call("GetEventDataStore", { EventDataStore }), "EventDataStoreNotFoundException");
});

test("a store that is protected or written to by a channel is not deleted (API Reference, DeleteEventDataStore)", async () => {
  const { call, storeArn: EventDataStore, channelArn } = await withChannel();
  await assertRefused(call("DeleteEventDataStore", { EventDataStore }), "ChannelExistsForEDSException");
  await call("DeleteChannel", { Channel: channelArn });
  await call("UpdateEventDataStore", { EventDataStore, TerminationProtectionEnabled: true });
  await assertRefused(call("DeleteEventDataStore", { EventDataStore }), "EventDataStoreTerminationProtectedException");
});

test("ingestion of such a store is not started or stopped (API Reference, StartEventDataStoreIngestion)", async () => {
  const { call, storeArn: EventDataStore } = await withChannel();
  for (const name of ["StartEventDataStoreIngestion", "StopEventDataStoreIngestion"] as const) {
    await assertRefused(call(name, { EventDataStore }), "InvalidEventDataStoreCategoryException");
  }
});

test("extendable retention does not become fixed (API Reference, UpdateEventDataStore)", async () => {
  const { call, storeArn: EventDataStore } = await withChannel();
  const BillingMode = "FIXED_RETENTION_PRICING";
  await assertRefused(call("UpdateEventDataStore", { EventDataStore, BillingMode }), "InvalidParameterException");
});

const createChannel = "API Reference, CreateChannel";
const channelRefusals: readonly (readonly [why: string, source: string, input: object, code: string])[] = [
  ["its name is taken", createChannel, { Name: "channel-1" }, "ChannelAlreadyExistsException"],
  ["there is one for the source", createChannel, {}, "ChannelMaxLimitExceededException"],
  ["the source is unknown", createChannel, { Source: "Nobody" }, "InvalidSourceException"],
  ["it goes nowhere", createChannel, { Destinations: [] }, "InvalidParameterException"],
  [
    "it goes to a service",
    createChannel,
    { Destinations: [{ Type: "AWS_SERVICE", Location: "x" }] },
    "InvalidParameterException",
  ],
  [
    "the store's ARN is none",
    createChannel,
    { Destinations: [{ Type: "EVENT_DATA_STORE", Location: "arn:aws:s3:::b" }] },
    "EventDataStoreARNInvalidException",
  ],
  [
    "there is no such store",
    createChannel,
    {
      Destinations: [
        {
          Type: "EVENT_DATA_STORE",
          Location: `arn:aws:cloudtrail:eu-west-1:${owner}:eventdatastore/00000000-0000-4000-8000-999999999999`,
        },
      ],
    },
    "EventDataStoreNotFoundException",
  ],
];

for (const [why, source, input, code] of channelRefusals) {
  test(`a channel is refused when ${why} (${source})`, async () => {
    const { call, destinations } = await withChannel();
    const channel = { Name: "channel-2", Source: "Custom", Destinations: destinations, ...input };
    await assertRefused(call("CreateChannel", channel), code);
  });
}

test("events are kept in the schema of the guide, handed on, and seen in the channel's status", async () => {
  const made = await withChannel();
  assert.deepEqual((await made.call("GetChannel", { Channel: made.channelArn })).IngestionStatus, {});
  const checksum = createHash("sha256").update(event().eventData).digest("base64");
  const answer = await made.put([
    { ...event(), eventDataChecksum: checksum },
    event({ recipientAccountId: member }, "two"),
  ]);
  const eventID = answer.successful[0]?.eventID ?? "";
  assert.deepEqual(answer.successful, [{ id: "one", eventID }]);
  assert.deepEqual(
    answer.failed.map(({ id, errorCode }) => [id, errorCode]),
    [["two", "InvalidRecipient"]],
  );
  const stored = made.auditLog.read(made.storeArn, 0, 10);
  assert.deepEqual(
    stored.map(({ json }) => JSON.parse(json) as unknown),
    [
      {
        eventVersion: "1.0",
        eventCategory: "ActivityAuditLog",
        eventType: "ActivityLog",
        eventID,
        eventTime: "2026-11-20T11:59:00Z",
        awsRegion: "eu-west-1",
        recipientAccountId: owner,
        metadata: { ingestionTime: "2026-11-20T12:00:00Z", channelARN: made.channelArn },
        eventData,
      },
    ],
  );
  assert.deepEqual(
    made.sunk.map(({ storeArn, json }) => [storeArn, json]),
    [[made.storeArn, stored[0]?.json]],
  );
  const { IngestionStatus } = await made.call("GetChannel", { Channel: made.channelArn });
  assert.equal(IngestionStatus?.LatestIngestionSuccessEventID, eventID);
  assert.deepEqual(IngestionStatus?.LatestIngestionSuccessTime, new Date(start));
  assert.equal(IngestionStatus?.LatestIngestionErrorCode, "InvalidRecipient");
  await made.put([event()]);
  const after = (await made.call("GetChannel", { Channel: made.channelArn })).IngestionStatus;
  assert.equal(after?.LatestIngestionErrorCode, undefined);
});

const long = (length: number) => "x".repeat(length);
const schema = 'User Guide, "CloudTrail Lake integrations event schema"';
const eventRefusals: readonly (readonly [why: string, source: string, change: object, code: string])[] = [
  ...["version", "eventSource", "eventName", "eventTime", "UID", "recipientAccountId", "userIdentity"].map(
    (name) => [`${name} is missing`, schema, { [name]: undefined }, "FieldNotFound"] as const,
  ),
  ["principalId is missing", schema, { userIdentity: { type: "a" } }, "FieldNotFound"],
  ["version is long", schema, { version: long(257) }, "FieldTooLong"],
  ["eventName is long", schema, { eventName: long(1025) }, "FieldTooLong"],
  ["type is long", schema, { userIdentity: { type: long(129), principalId: "a" } }, "FieldTooLong"],
  ["errorMessage is long", schema, { errorMessage: long(257) }, "FieldTooLong"],
  ["requestParameters are big", schema, { requestParameters: { a: long(100_000) } }, "FieldTooLong"],
  ["additionalEventData is big", schema, { additionalEventData: { a: long(28_000) } }, "FieldTooLong"],
  ["requestParameters are a text", schema, { requestParameters: "a" }, "InvalidData"],
  ["the time is a day", schema, { eventTime: "2026-11-20" }, "InvalidData"],
  ["the address is a name", schema, { sourceIPAddress: "here" }, "InvalidData"],
  ["it is another account's", schema, { recipientAccountId: member }, "InvalidRecipient"],
  ["it says that it is AWS", "ours", { eventSource: "iam.amazonaws.com" }, "InvalidEventSource"],
];

for (const [why, source, change, code] of eventRefusals) {
  test(`an event is not taken when ${why} (${source})`, async () => {
    const made = await withChannel();
    const { failed, successful } = await made.put([event(change), event({}, "good")]);
    assert.deepEqual(
      failed.map(({ id, errorCode }) => [id, errorCode]),
      [["one", code]],
    );
    assert.deepEqual(
      successful.map(({ id }) => id),
      ["good"],
    );
    assert.equal(made.auditLog.read(made.storeArn, 0, 10).length, 1);
  });
}

test("an event is not taken when it is no JSON, too deep or not its checksum's (API Reference, PutAuditEvents)", async () => {
  const { put } = await withChannel();
  const deep = `{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}`;
  const { failed } = await put([
    { id: "text", eventData: "no JSON" },
    { id: "list", eventData: "[]" },
    { id: "deep", eventData: deep },
    { ...event({}, "sum"), eventDataChecksum: "bm8=" },
  ]);
  assert.deepEqual(
    failed.map(({ id, errorCode }) => [id, errorCode]),
    [
      ["text", "InvalidData"],
      ["list", "InvalidData"],
      ["deep", "InvalidData"],
      ["sum", "InvalidChecksum"],
    ],
  );
});

const callRefusals: readonly (readonly [why: string, events: unknown, given: { channelArn?: string }, code: string])[] =
  [
    ["the channel's ARN is none", [event()], { channelArn: "arn:aws:s3:::bucket" }, "InvalidChannelARN"],
    ["there is no such channel", [event()], { channelArn: "00000000-0000-4000-8000-999999999999" }, "ChannelNotFound"],
    ["two events have one id", [event(), event()], {}, "DuplicatedAuditEventId"],
    ["there are no events", [], {}, "ValidationException"],
    ["there are 101 events", Array.from({ length: 101 }, (_, n) => event({}, `n${n}`)), {}, "ValidationException"],
    ["an id has a space", [event({}, "my id")], {}, "ValidationException"],
    ["all is over 1 MB", [1, 2].map((n) => ({ id: `n${n}`, eventData: long(600_000) })), {}, "ValidationException"],
    ["the body is a text", "events", {}, "ValidationException"],
  ];

for (const [why, events, given, code] of callRefusals) {
  test(`a whole call is refused when ${why} (API Reference of cloudtrail-data, PutAuditEvents)`, async () => {
    const { put, auditLog, storeArn } = await withChannel();
    await assert.rejects(put(events, given), (error) => error instanceof AwsError && error.code === code);
    assert.deepEqual(auditLog.read(storeArn, 0, 1), []);
  });
}

test("events go when they are older than the store keeps them (API Reference, UpdateEventDataStore)", async () => {
  const { put, call, auditLog, storeArn: EventDataStore } = await withChannel();
  await put([event({ eventTime: "2026-10-20T12:00:00" }, "old"), event()]);
  assert.equal(auditLog.read(EventDataStore, 0, 10).length, 2);
  await call("UpdateEventDataStore", { EventDataStore, RetentionPeriod: 7 });
  assert.equal(auditLog.read(EventDataStore, 0, 10).length, 1);
});

const policyPage = 'User Guide, "CloudTrail resource-based policy examples"';
const statement = {
  Effect: "Allow",
  Principal: { AWS: [`arn:aws:iam::${member}:root`] },
  Action: "cloudtrail-data:PutAuditEvents",
};
const policyRefusals: readonly (readonly [why: string, source: string, policy: (arn: string) => unknown])[] = [
  ["it is no JSON", policyPage, () => "Allow everybody"],
  ["it has no statements", policyPage, () => ({ Statement: [] })],
  [
    "it has 21 statements",
    policyPage,
    (Resource) => ({ Statement: Array.from({ length: 21 }, () => ({ ...statement, Resource })) }),
  ],
  ["it names nobody", policyPage, (Resource) => ({ Statement: [{ ...statement, Principal: {}, Resource }] })],
  [
    "it names 51 principals",
    policyPage,
    (Resource) => ({
      Statement: [{ ...statement, Principal: { AWS: Array.from({ length: 51 }, () => member) }, Resource }],
    }),
  ],
  ["it allows another action", policyPage, (Resource) => ({ Statement: [{ ...statement, Action: "s3:*", Resource }] })],
  ["it is of another channel", policyPage, (arn) => ({ Statement: [{ ...statement, Resource: `${arn}0` }] })],
  [
    "it has over 8192 characters",
    "API Reference, PutResourcePolicy",
    (Resource) => ({ Id: long(8192), Statement: [{ ...statement, Resource }] }),
  ],
];

for (const [why, source, policy] of policyRefusals) {
  test(`a channel's policy is refused when ${why} (${source})`, async () => {
    const { call, channelArn: ResourceArn } = await withChannel();
    const given = policy(ResourceArn);
    const ResourcePolicy = typeof given === "string" ? given : JSON.stringify(given);
    await assertRefused(call("PutResourcePolicy", { ResourceArn, ResourcePolicy }), "ResourcePolicyNotValidException");
  });
}

test("a policy is put, read as it was, and taken away (API Reference, PutResourcePolicy)", async () => {
  const { call, channelArn: ResourceArn } = await withChannel();
  await assertRefused(call("GetResourcePolicy", { ResourceArn }), "ResourcePolicyNotFoundException");
  const ResourcePolicy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ ...statement, Resource: ResourceArn }],
  });
  await call("PutResourcePolicy", { ResourceArn, ResourcePolicy });
  assert.deepEqual(await call("GetResourcePolicy", { ResourceArn }), { ResourceArn, ResourcePolicy });
  await call("DeleteResourcePolicy", { ResourceArn });
  await assertRefused(call("DeleteResourcePolicy", { ResourceArn }), "ResourcePolicyNotFoundException");
  const others = [
    ["trail-1", "ResourceARNNotValidException"],
    [`arn:aws:cloudtrail:eu-west-1:${owner}:trail/trail-1`, "ResourceTypeNotSupportedException"],
    [ResourceArn.replace(/.$/, "f"), "ResourceNotFoundException"],
  ] as const;
  for (const [other, code] of others) {
    await assertRefused(call("PutResourcePolicy", { ResourceArn: other, ResourcePolicy }), code, other);
  }
});
