import assert from "node:assert/strict";
import { test } from "node:test";

import { AwsError } from "../../../aws/index.ts";
import { SteppedClock } from "../../../base/clock.ts";
import { cloudTrailApi, openAuditLog, openHistory, openTrailBook, type Outlets } from "../../../recorder/index.ts";
import { accountId, allowAllBut, openFront, sdk } from "../../front/front.fixture.ts";
import { openState } from "../../lasting/sqlite-state.ts";
import { cloudTrailService } from "./cloudtrail-service.ts";

const start = Date.UTC(2026, 10, 20, 12);
const region = "eu-west-1";
const trailArn = `arn:aws:cloudtrail:${region}:${accountId}:trail/trail-1`;

/** An AWS that has every bucket but `nowhere`, and takes what it is given. */
const outlets: Outlets = {
  putObject: async () => {},
  putLogEvents: async () => {},
  putBusEvent: async () => {},
  publish: async () => {},
  probeBucket: async () => {},
  probeKey: async () => {},
  probeLogGroup: async () => {},
  describeKey: async (_, arn) => ({ arn, region, isSymmetric: true }),
  organizationOf: async () => undefined,
  async bucketRegion(bucket) {
    if (bucket === "nowhere") throw new AwsError("NoSuchBucket", "The specified bucket does not exist", 404);
    return region;
  },
};

async function openCloudTrail() {
  const state = openState(":memory:");
  const history = openHistory(":memory:", { clock: new SteppedClock(start) });
  const key = {
    value: new Uint8Array([48, 1, 2]),
    validFrom: start,
    validTo: start + 1000,
    fingerprint: "fingerprint",
  };
  const api = cloudTrailApi({
    state,
    outlets,
    history,
    trails: openTrailBook(state, outlets),
    auditLog: openAuditLog(":memory:"),
    delegations: { register: async () => {}, deregister: async () => {} },
    publicKeys: { list: () => [key] },
  });
  const open = await openFront({
    services: [cloudTrailService(api, state)],
    authorizer: allowAllBut("cloudtrail:StopLogging"),
  });
  const cloudtrail = await sdk.cloudtrail();
  return {
    ...open,
    cloudtrail,
    history,
    client: new cloudtrail.CloudTrailClient({ ...open.client, region }),
    front: open,
  };
}

test("a trail is made, started, asked after and deleted with the SDK's client", async () => {
  const { client, cloudtrail, front } = await openCloudTrail();
  await using _ = front;
  const made = await client.send(
    new cloudtrail.CreateTrailCommand({
      Name: "trail-1",
      S3BucketName: "records",
      TagsList: [{ Key: "a", Value: "b" }],
    }),
  );
  assert.equal(made.TrailARN, trailArn);
  await client.send(new cloudtrail.StartLoggingCommand({ Name: "trail-1" }));
  const status = await client.send(new cloudtrail.GetTrailStatusCommand({ Name: trailArn }));
  assert.equal(status.IsLogging, true);
  assert.ok(status.StartLoggingTime instanceof Date);
  assert.equal(status.TimeLoggingStopped, "");
  const { trailList } = await client.send(new cloudtrail.DescribeTrailsCommand({}));
  assert.deepEqual(
    trailList?.map(({ HomeRegion, RecursiveLogging }) => [HomeRegion, RecursiveLogging]),
    [[region, true]],
  );
  const { ResourceTagList } = await client.send(new cloudtrail.ListTagsCommand({ ResourceIdList: [trailArn] }));
  assert.deepEqual(ResourceTagList?.[0]?.TagsList, [{ Key: "a", Value: "b" }]);
  const selectors = await client.send(new cloudtrail.GetEventSelectorsCommand({ TrailName: "trail-1" }));
  assert.equal(selectors.AdvancedEventSelectors?.[0]?.Name, "Management events selector");
  await client.send(new cloudtrail.DeleteTrailCommand({ Name: "trail-1" }));
  assert.deepEqual((await client.send(new cloudtrail.ListTrailsCommand({}))).Trails, []);
});

test("refusals arrive as the SDK's own error classes", async () => {
  const { client, cloudtrail, front } = await openCloudTrail();
  await using _ = front;
  const create = (S3BucketName: string) =>
    client.send(new cloudtrail.CreateTrailCommand({ Name: "trail-1", S3BucketName }));
  await assert.rejects(create("nowhere"), cloudtrail.S3BucketDoesNotExistException);
  await assert.rejects(create("No_Name"), cloudtrail.InvalidS3BucketNameException);
  await create("records");
  await assert.rejects(create("records"), cloudtrail.TrailAlreadyExistsException);
  await assert.rejects(
    client.send(new cloudtrail.GetInsightSelectorsCommand({ TrailName: "trail-1" })),
    cloudtrail.InsightNotEnabledException,
  );
  await assert.rejects(client.send(new cloudtrail.StopLoggingCommand({ Name: "trail-1" })), { name: /AccessDenied/ });
  await assert.rejects(client.send(new cloudtrail.StartQueryCommand({ QueryStatement: "SELECT 1" })), {
    name: "UnsupportedOperationException",
  });
});

test("the event history and public keys go over the wire with their instants and bytes", async () => {
  const { client, cloudtrail, front, history } = await openCloudTrail();
  await using _ = front;
  const record = {
    eventTime: "2026-11-20T11:59:00Z",
    eventSource: "iam.amazonaws.com",
    eventName: "CreateUser",
    awsRegion: region,
    eventID: "00000000-0000-4000-8000-000000000001",
    eventCategory: "Management",
    readOnly: false,
    recipientAccountId: accountId,
  };
  history.add([{ record, json: JSON.stringify(record) }]);
  const { Events } = await client.send(
    new cloudtrail.LookupEventsCommand({
      StartTime: new Date(start - 3_600_000),
      EndTime: new Date(start),
      LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "CreateUser" }],
    }),
  );
  assert.deepEqual(
    Events?.map(({ EventTime, ReadOnly }) => [EventTime?.toISOString(), ReadOnly]),
    [["2026-11-20T11:59:00.000Z", "false"]],
  );
  const { PublicKeyList } = await client.send(new cloudtrail.ListPublicKeysCommand({ StartTime: new Date(start) }));
  assert.deepEqual([...(PublicKeyList?.[0]?.Value ?? [])], [48, 1, 2]);
});
