import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";

import { type Credentials } from "../../../aws/index.ts";
import { openSandbox, sandboxAccount, sandboxRegion } from "../../sandbox.fixture.ts";
import { signedFetch } from "../../signed-fetch.fixture.ts";

const other = "444455556666";
const eventData = JSON.stringify({
  version: "1.0",
  userIdentity: { type: "person", principalId: "ana" },
  eventSource: "shop.example.com",
  eventName: "RefundOrder",
  eventTime: "2026-11-20T12:00:00Z",
  UID: "0001",
  recipientAccountId: sandboxAccount,
});
const event = { id: "one", eventData };

async function withChannel() {
  const box = await openSandbox();
  const trails = await box.client("cloudtrail");
  const store = await trails.call("CreateEventDataStore", {
    Name: "applications",
    TerminationProtectionEnabled: false,
    AdvancedEventSelectors: [{ FieldSelectors: [{ Field: "eventCategory", Equals: ["ActivityAuditLog"] }] }],
  });
  const { ChannelArn = "" } = await trails.call("CreateChannel", {
    Name: "shop",
    Source: "Custom",
    Destinations: [{ Type: "EVENT_DATA_STORE", Location: store.EventDataStoreArn }],
  });
  const post = async (
    auditEvents: unknown,
    options: { as?: Credentials; externalId?: string; channel?: string; path?: string } = {},
  ) => {
    const url = new URL(options.path ?? "/PutAuditEvents", box.sandbox.url);
    url.searchParams.set("channelArn", options.channel ?? ChannelArn);
    if (options.externalId !== undefined) url.searchParams.set("externalId", options.externalId);
    const credentials = options.as ?? box.sandbox.administrator(sandboxAccount);
    const signed = { credentials, service: "cloudtrail-data", region: sandboxRegion };
    const answer = await signedFetch(url, signed, { auditEvents });
    return {
      status: answer.status,
      error: answer.headers.get("x-amzn-errortype")?.split(":")[0],
      said: (await answer.json()) as Record<string, unknown>,
    };
  };
  return { box, trails, ChannelArn, post };
}

test("an application's events are taken, and those that are wrong are told one by one", async () => {
  const { box, trails, ChannelArn, post } = await withChannel();
  await using _ = box;
  const eventDataChecksum = createHash("sha256").update("other").digest("base64");
  const { status, said } = await post([event, { id: "two", eventData, eventDataChecksum }]);
  assert.equal(status, 200);
  const { successful, failed } = said as Record<string, readonly Record<string, string>[]>;
  assert.deepEqual(
    successful?.map(({ id }) => id),
    ["one"],
  );
  assert.deepEqual(
    failed?.map(({ id, errorCode }) => [id, errorCode]),
    [["two", "InvalidChecksum"]],
  );
  const byId = await post([event], { channel: ChannelArn.split("/").at(-1) ?? "" });
  assert.equal(byId.status, 200);
  const { IngestionStatus } = await trails.call("GetChannel", { Channel: ChannelArn });
  const told = byId.said as { readonly successful?: readonly { readonly eventID: string }[] };
  assert.equal(IngestionStatus?.LatestIngestionSuccessEventID, told.successful?.[0]?.eventID);
  assert.deepEqual(box.troubles, []);
});

test("another account's caller needs the channel's policy, and the external id that it asks for", async () => {
  const { box, trails, ChannelArn, post } = await withChannel();
  await using _ = box;
  const as = box.sandbox.administrator(other);
  const denied = { status: 400, error: "ChannelInsufficientPermission" };
  const outcome = async (externalId?: string) => {
    const { status, error } = await post([event], { as, ...(externalId === undefined ? {} : { externalId }) });
    return { status, error };
  };
  assert.deepEqual(await outcome(), denied);
  const Statement = [
    {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${other}:root` },
      Action: "cloudtrail-data:PutAuditEvents",
      Resource: ChannelArn,
      Condition: { StringEquals: { "cloudtrail:ExternalId": "shop-7" } },
    },
  ];
  await trails.call("PutResourcePolicy", {
    ResourceArn: ChannelArn,
    ResourcePolicy: JSON.stringify({ Version: "2012-10-17", Statement }),
  });
  assert.deepEqual(await outcome(), denied);
  assert.deepEqual(await outcome("shop-8"), denied);
  assert.deepEqual(await outcome("shop-7"), { status: 200, error: undefined });
});

test("whole calls are refused in REST-JSON's shape", async () => {
  const { box, post } = await withChannel();
  await using _ = box;
  const refusalOf = async (...args: Parameters<typeof post>) => {
    const { status, error, said } = await post(...args);
    assert.equal(typeof said["message"], "string");
    return [status, error];
  };
  const nowhere = "00000000-0000-4000-8000-000000000000";
  assert.deepEqual(await refusalOf([event], { channel: nowhere }), [400, "ChannelNotFound"]);
  assert.deepEqual(await refusalOf([event], { channel: "arn:aws:s3:::a" }), [400, "InvalidChannelARN"]);
  assert.deepEqual(await refusalOf([event, event]), [400, "DuplicatedAuditEventId"]);
  assert.deepEqual(await refusalOf(undefined), [400, "BadRequestException"]);
  assert.deepEqual(await refusalOf("text"), [400, "BadRequestException"]);
  assert.deepEqual(await refusalOf([event], { path: "/PutOthers" }), [400, "UnknownOperationException"]);
  const stranger = { accessKeyId: "AKIANOBODY", secretAccessKey: "none" };
  assert.deepEqual(await refusalOf([event], { as: stranger }), [400, "UnrecognizedClientException"]);
});

test("a trail that selects channels records the call, without what the application had to say", async () => {
  const { box, trails, ChannelArn, post } = await withChannel();
  await using _ = box;
  const s3 = await box.client("s3");
  const Bucket = "records-of-channels";
  const CreateBucketConfiguration = { LocationConstraint: sandboxRegion } as const;
  await s3.call("CreateBucket", { Bucket, CreateBucketConfiguration });
  const Principal = { Service: "cloudtrail.amazonaws.com" };
  const Statement = [
    { Effect: "Allow", Principal, Action: ["s3:GetBucketAcl"], Resource: `arn:aws:s3:::${Bucket}` },
    { Effect: "Allow", Principal, Action: ["s3:PutObject"], Resource: `arn:aws:s3:::${Bucket}/*` },
  ];
  await s3.call("PutBucketPolicy", { Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) });
  await trails.call("CreateTrail", { Name: "channels", S3BucketName: Bucket });
  await trails.call("PutEventSelectors", {
    TrailName: "channels",
    AdvancedEventSelectors: [
      {
        FieldSelectors: [
          { Field: "eventCategory", Equals: ["Data"] },
          { Field: "resources.type", Equals: ["AWS::CloudTrail::Channel"] },
        ],
      },
    ],
  });
  await trails.call("StartLogging", { Name: "channels" });
  await post([event]);
  await box.sandbox.delivery.deliverNow();
  const { Contents = [] } = await s3.call("ListObjectsV2", { Bucket });
  const key = Contents.map(({ Key = "" }) => Key).find((name) => name.endsWith(".json.gz")) ?? "";
  const { Body } = await s3.call("GetObject", { Bucket, Key: key });
  const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
  const { Records } = JSON.parse(gunzipSync(bytes).toString()) as { Records: readonly Record<string, unknown>[] };
  assert.deepEqual(
    Records.map(({ eventSource, eventName, requestParameters }) => [eventSource, eventName, requestParameters]),
    [["cloudtrail-data.amazonaws.com", "PutAuditEvents", { channelArn: ChannelArn }]],
  );
  assert.deepEqual(box.troubles, []);
});
