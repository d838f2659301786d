import assert from "node:assert/strict";
import { test } from "node:test";

import {
  assertRefused,
  bucket,
  groupArn,
  keyArn,
  madeUpApi,
  member,
  organization,
  owner,
  roleArn,
  start,
  stranger,
  topic,
} from "../api/api.fixture.ts";
import { type TrailChange, wasLoggingAt } from "../trail.ts";

const arn = `arn:aws:cloudtrail:eu-west-1:${owner}:trail/trail-1`;
const topicArn = `arn:aws:sns:eu-west-1:${owner}:${topic}`;
const elsewhere = { region: "us-east-1" };

async function withTrail(input: object = {}) {
  const made = madeUpApi();
  await made.call("CreateTrail", { Name: "trail-1", S3BucketName: bucket, ...input });
  return made;
}

async function withOrganizationTrail() {
  const made = madeUpApi();
  made.outlets.organizations = [organization];
  await made.call("CreateTrail", { Name: "trail-1", S3BucketName: bucket, IsOrganizationTrail: true });
  return made;
}

test("a new trail has the documented defaults, and texts that are not set are left out", async () => {
  const made = madeUpApi();
  const answer = await made.call("CreateTrail", { Name: "trail-1", S3BucketName: bucket });
  const settings = {
    Name: "trail-1",
    S3BucketName: bucket,
    IncludeGlobalServiceEvents: true,
    IsMultiRegionTrail: false,
    TrailARN: arn,
    LogFileValidationEnabled: false,
    IsOrganizationTrail: false,
    RecursiveLogging: true,
  };
  assert.deepEqual(answer, settings);
  assert.deepEqual((await made.call("GetTrail", { Name: "trail-1" })).Trail, {
    ...settings,
    HomeRegion: "eu-west-1",
    HasCustomEventSelectors: false,
    HasInsightSelectors: false,
  });
});

test("a new trail does not log until it is started (API Reference, CreateTrail)", async () => {
  const made = await withTrail();
  assert.equal((await made.call("GetTrailStatus", { Name: "trail-1" })).IsLogging, false);
  await made.call("StartLogging", { Name: arn });
  assert.equal((await made.call("GetTrailStatus", { Name: "trail-1" })).IsLogging, true);
});

test("everything that can be set comes back", async () => {
  const made = await withTrail({
    S3KeyPrefix: "our/records",
    SnsTopicName: topic,
    IsMultiRegionTrail: true,
    EnableLogFileValidation: true,
    CloudWatchLogsLogGroupArn: groupArn,
    CloudWatchLogsRoleArn: roleArn,
    KmsKeyId: "alias/records",
    RecursiveLogging: false,
    TagsList: [{ Key: "team", Value: "security" }, { Key: "alone" }],
  });
  const { Trail } = await made.call("GetTrail", { Name: arn });
  assert.equal(Trail?.S3KeyPrefix, "our/records");
  assert.equal(Trail?.SnsTopicName, topic);
  assert.equal(Trail?.SnsTopicARN, topicArn);
  assert.equal(Trail?.KmsKeyId, keyArn, "the key's ARN, whatever it was named by");
  assert.equal(Trail?.LogFileValidationEnabled, true);
  assert.equal(Trail?.CloudWatchLogsLogGroupArn, groupArn);
  assert.equal(Trail?.RecursiveLogging, false);
  assert.deepEqual((await made.call("ListTags", { ResourceIdList: [arn] })).ResourceTagList, [
    { ResourceId: arn, TagsList: [{ Key: "team", Value: "security" }, { Key: "alone" }] },
  ]);
  assert.deepEqual(made.outlets.asked, [`${arn} writes our/records/AWSLogs/${owner}`]);
});

test("a topic that is set or changed gets the validation message, one that stays gets none", async () => {
  const made = await withTrail({ SnsTopicName: topicArn });
  await made.call("UpdateTrail", { Name: "trail-1", S3KeyPrefix: "new" });
  await made.call("UpdateTrail", { Name: "trail-1", SnsTopicName: "other-topic" });
  assert.deepEqual(made.outlets.published, [
    { topicArn, message: "CloudTrail validation message." },
    { topicArn: `arn:aws:sns:eu-west-1:${owner}:other-topic`, message: "CloudTrail validation message." },
  ]);
});

test("an update leaves what it does not name, and takes away what it names as empty", async () => {
  const made = await withTrail({ S3KeyPrefix: "ours", SnsTopicName: topic, KmsKeyId: keyArn });
  const answer = await made.call("UpdateTrail", { Name: "trail-1", S3KeyPrefix: "", SnsTopicName: "", KmsKeyId: "" });
  assert.equal(answer.S3BucketName, bucket);
  assert.deepEqual(
    Object.keys(answer).filter((name) => /Prefix|Sns|Kms/.test(name)),
    [],
  );
});

test("a trail that comes to all regions sees global services, one that goes back does not (User Guide, 2023)", async () => {
  const made = await withTrail({ IncludeGlobalServiceEvents: false });
  const all = await made.call("UpdateTrail", { Name: "trail-1", IsMultiRegionTrail: true });
  assert.equal(all.IncludeGlobalServiceEvents, true);
  await assertRefused(
    made.call("UpdateTrail", { Name: "trail-1", IncludeGlobalServiceEvents: false }),
    "InvalidParameterCombinationException",
  );
  const one = await made.call("UpdateTrail", { Name: "trail-1", IsMultiRegionTrail: false });
  assert.equal(one.IncludeGlobalServiceEvents, false);
});

test("validation begins anew when it is switched on again", async () => {
  const made = await withTrail({ EnableLogFileValidation: true });
  assert.equal(made.trails.get(arn)?.validatesSince, start);
  made.clock.advance(1000);
  await made.call("UpdateTrail", { Name: "trail-1", S3KeyPrefix: "p" });
  assert.equal(made.trails.get(arn)?.validatesSince, start);
  await made.call("UpdateTrail", { Name: "trail-1", EnableLogFileValidation: false });
  assert.equal(made.trails.get(arn)?.validatesSince, undefined);
  await made.call("UpdateTrail", { Name: "trail-1", EnableLogFileValidation: true });
  assert.equal(made.trails.get(arn)?.validatesSince, start + 1000);
});

const changes = [
  ["UpdateTrail", { Name: arn }],
  ["DeleteTrail", { Name: arn }],
  ["StartLogging", { Name: arn }],
  ["StopLogging", { Name: arn }],
  ["PutEventSelectors", { TrailName: arn, EventSelectors: [{}] }],
  ["PutInsightSelectors", { TrailName: arn, InsightSelectors: [] }],
  ["PutEventConfiguration", { TrailName: arn }],
] as const;

for (const [name, input] of changes) {
  test(`${name} works in the home region only (API Reference, InvalidHomeRegionException)`, async () => {
    const made = await withTrail({ IsMultiRegionTrail: true });
    await assertRefused(made.call(name, input, elsewhere), "InvalidHomeRegionException", "by ARN");
    const byName = Object.fromEntries(
      Object.entries(input).map(([key, value]) => [key, value === arn ? "trail-1" : value]),
    );
    await assertRefused(made.call(name, byName, elsewhere), "InvalidHomeRegionException", "a shadow trail by name");
    await made.call(name, byName);
  });

  test(`${name} of an organization's trail is not for its members (User Guide, "Creating a trail for an organization")`, async () => {
    const made = await withOrganizationTrail();
    await assertRefused(made.call(name, input, { accountId: member }), "NotOrganizationMasterAccountException");
    await assertRefused(made.call(name, input, { accountId: stranger }), "TrailNotFoundException");
  });

  test(`${name} refuses trails that are not there and ARNs that are none (API Reference)`, async () => {
    const made = await withTrail();
    const named = (value: string) =>
      Object.fromEntries(Object.entries(input).map(([key, was]) => [key, was === arn ? value : was]));
    await assertRefused(made.call(name, named("other")), "TrailNotFoundException");
    await assertRefused(made.call(name, named(`${arn}-2`)), "TrailNotFoundException");
    await assertRefused(made.call(name, named("arn:aws:cloudtrail:nowhere")), "CloudTrailARNInvalidException");
    await assertRefused(made.call(name, named(arn.replace("trail/", "channel/"))), "CloudTrailARNInvalidException");
    await assertRefused(made.call(name, named("no")), "InvalidTrailNameException");
  });
}

test("trails are described by name at home, by ARN anywhere, and with their shadows (API Reference, DescribeTrails)", async () => {
  const made = await withTrail({ IsMultiRegionTrail: true });
  await made.call("CreateTrail", { Name: "trail-2", S3BucketName: bucket });
  const names = async (input: object, who = {}) =>
    (await made.call("DescribeTrails", input, who)).trailList?.map(({ Name }) => Name);
  assert.deepEqual(await names({}), ["trail-1", "trail-2"]);
  assert.deepEqual(await names({}, elsewhere), ["trail-1"]);
  assert.deepEqual(await names({ includeShadowTrails: false }, elsewhere), []);
  assert.deepEqual(await names({ trailNameList: ["trail-1", "trail-9"] }), ["trail-1"]);
  assert.deepEqual(await names({ trailNameList: ["trail-1"] }, elsewhere), []);
  assert.deepEqual(await names({ trailNameList: [arn, arn] }, elsewhere), ["trail-1"]);
  assert.deepEqual(await names({ trailNameList: [arn], includeShadowTrails: false }, elsewhere), []);
  assert.deepEqual(await names({}, { accountId: stranger }), []);
});

test("all regions' trails are listed in any region", async () => {
  const made = await withTrail();
  await made.call("CreateTrail", { Name: "trail-2", S3BucketName: bucket }, elsewhere);
  const { Trails } = await made.call("ListTrails", {}, { region: "ap-southeast-2" });
  assert.deepEqual(Trails, [
    { TrailARN: arn, Name: "trail-1", HomeRegion: "eu-west-1" },
    { TrailARN: `arn:aws:cloudtrail:us-east-1:${owner}:trail/trail-2`, Name: "trail-2", HomeRegion: "us-east-1" },
  ]);
});

test("a status is of one region, and a shadow's is asked for by ARN (API Reference, GetTrailStatus)", async () => {
  const made = await withTrail({ IsMultiRegionTrail: true });
  made.trails.noteStatus(arn, "us-east-1", { latestDeliveryError: "AccessDenied", latestDeliveryAttemptAt: start });
  assert.equal((await made.call("GetTrailStatus", { Name: arn })).LatestDeliveryError, undefined);
  assert.equal((await made.call("GetTrailStatus", { Name: arn }, elsewhere)).LatestDeliveryError, "AccessDenied");
  await assertRefused(made.call("GetTrailStatus", { Name: "trail-1" }, elsewhere), "TrailNotFoundException");
});

test("a status tells instants, errors, and the former texts", async () => {
  const made = await withTrail();
  await made.call("StartLogging", { Name: "trail-1" });
  made.clock.advance(5000);
  made.trails.noteStatus(arn, "eu-west-1", { latestDeliveryAt: start + 1000, latestDigestDeliveryAt: start + 2000 });
  made.trails.noteStatus(arn, "eu-west-1", { latestNotificationError: "NotFound", latestNotificationAttemptAt: start });
  await made.call("StopLogging", { Name: "trail-1" });
  assert.deepEqual(await made.call("GetTrailStatus", { Name: "trail-1" }), {
    IsLogging: false,
    StartLoggingTime: new Date(start),
    StopLoggingTime: new Date(start + 5000),
    LatestDeliveryTime: new Date(start + 1000),
    LatestDigestDeliveryTime: new Date(start + 2000),
    LatestNotificationError: "NotFound",
    LatestDeliveryAttemptTime: "2026-11-20T12:00:01Z",
    LatestNotificationAttemptTime: "2026-11-20T12:00:00Z",
    LatestNotificationAttemptSucceeded: "",
    LatestDeliveryAttemptSucceeded: "2026-11-20T12:00:01Z",
    TimeLoggingStarted: "2026-11-20T12:00:00Z",
    TimeLoggingStopped: "2026-11-20T12:00:05Z",
  });
  made.trails.noteStatus(arn, "eu-west-1", { latestNotificationError: undefined });
  assert.equal((await made.call("GetTrailStatus", { Name: "trail-1" })).LatestNotificationError, undefined);
});

test("an organization's trail is its management account's, is seen by members and written under the organization", async () => {
  const made = await withOrganizationTrail();
  assert.deepEqual(made.outlets.asked, [`${arn} writes AWSLogs/${organization.id}/${owner}`]);
  const seen = await made.call("DescribeTrails", {}, { accountId: member });
  assert.deepEqual(
    seen.trailList?.map(({ TrailARN, IsOrganizationTrail }) => [TrailARN, IsOrganizationTrail]),
    [[arn, true]],
  );
  assert.deepEqual(
    (await made.call("DescribeTrails", { includeShadowTrails: false }, { accountId: member })).trailList,
    [],
  );
  assert.equal((await made.call("GetTrailStatus", { Name: arn }, { accountId: member })).IsLogging, false);
  await assertRefused(
    made.call("GetTrailStatus", { Name: "trail-1" }, { accountId: member }),
    "TrailNotFoundException",
  );
});

for (const name of ["GetEventSelectors", "GetInsightSelectors"] as const) {
  test(`${name} of an organization's trail is refused to its members, and answered to who looks after it`, async () => {
    const made = await withOrganizationTrail();
    await made.call("PutInsightSelectors", {
      TrailName: arn,
      InsightSelectors: [{ InsightType: "ApiCallRateInsight" }],
    });
    const input = { TrailName: arn };
    await assertRefused(made.call(name, input, { accountId: member }), "CloudTrailARNInvalidException");
    await made.call("RegisterOrganizationDelegatedAdmin", { MemberAccountId: member });
    assert.equal((await made.call(name, input, { accountId: member })).TrailARN, arn);
  });
}

test("a delegated administrator makes and changes the organization's trails, and does not own them (User Guide)", async () => {
  const made = madeUpApi();
  made.outlets.organizations = [organization];
  await made.call("RegisterOrganizationDelegatedAdmin", { MemberAccountId: member });
  const input = { Name: "trail-1", S3BucketName: bucket, IsOrganizationTrail: true };
  assert.equal((await made.call("CreateTrail", input, { accountId: member })).TrailARN, arn);
  await made.call("StartLogging", { Name: arn }, { accountId: member });
  assert.equal((await made.call("GetTrailStatus", { Name: "trail-1" })).IsLogging, true);
  await assertRefused(
    made.call("UpdateTrail", { Name: arn, IsOrganizationTrail: false }, { accountId: member }),
    "NotOrganizationMasterAccountException",
    "only the management account converts a trail (API Reference, UpdateTrail)",
  );
  assert.equal((await made.call("UpdateTrail", { Name: arn, IsOrganizationTrail: false })).IsOrganizationTrail, false);
});

test("the book gives each account and region the trails that see it", async () => {
  const made = await withOrganizationTrail();
  await made.call("CreateTrail", { Name: "everywhere", S3BucketName: bucket, IsMultiRegionTrail: true }, elsewhere);
  await made.call("CreateTrail", { Name: "own", S3BucketName: bucket }, { accountId: member });
  const names = async (accountId: string, region: string) =>
    (await made.trails.trailsFor(accountId, region)).map(({ name }) => name).sort();
  assert.deepEqual(await names(owner, "eu-west-1"), ["everywhere", "trail-1"]);
  assert.deepEqual(await names(owner, "eu-north-1"), ["everywhere"]);
  assert.deepEqual(await names(member, "eu-west-1"), ["own", "trail-1"]);
  assert.deepEqual(await names(stranger, "eu-west-1"), []);
});

test("the book tells of changes, and a trail logs from its start to its stop, both included", async () => {
  const made = await withTrail();
  const told: TrailChange[] = [];
  const stop = made.trails.onChange((change) => told.push(change));
  await made.call("StartLogging", { Name: "trail-1" });
  await made.call("StartLogging", { Name: "trail-1" });
  made.clock.advance(1000);
  await made.call("StopLogging", { Name: "trail-1" });
  const stopped = made.trails.get(arn);
  assert.ok(stopped !== undefined);
  assert.deepEqual(
    [start - 1, start, start + 1000, start + 1001].map((at) => wasLoggingAt(stopped, at)),
    [false, true, true, false],
  );
  await made.call("DeleteTrail", { Name: "trail-1" });
  assert.deepEqual(
    told.map(({ kind, at }) => [kind, at - start]),
    [
      ["started", 0],
      ["stopped", 1000],
      ["deleted", 1000],
    ],
  );
  assert.equal(told[1]?.before?.isLogging, true);
  stop();
  await made.call("CreateTrail", { Name: "trail-1", S3BucketName: bucket });
  assert.equal(told.length, 3);
});

test("a deleted trail leaves neither status nor tags to one of the same name", async () => {
  const made = await withTrail({ TagsList: [{ Key: "a" }] });
  made.trails.noteStatus(arn, "eu-west-1", { latestDeliveryError: "NoSuchBucket" });
  await made.call("DeleteTrail", { Name: "trail-1" });
  made.trails.noteStatus(arn, "eu-west-1", { latestDeliveryError: "NoSuchBucket" });
  await made.call("CreateTrail", { Name: "trail-1", S3BucketName: bucket });
  assert.equal((await made.call("GetTrailStatus", { Name: "trail-1" })).LatestDeliveryError, undefined);
  assert.deepEqual((await made.call("ListTags", { ResourceIdList: [arn] })).ResourceTagList?.[0]?.TagsList, []);
});

test("who changes a trail while another looks at the bucket is not overwritten (API Reference, ConflictException)", async () => {
  const made = await withTrail();
  made.outlets.meanwhile = async () => void (await made.call("StartLogging", { Name: "trail-1" }));
  await assertRefused(made.call("UpdateTrail", { Name: "trail-1", S3KeyPrefix: "late" }), "ConflictException");
  assert.equal(made.trails.get(arn)?.isLogging, true);
});

test("tags are added, replaced and removed by key (API Reference, AddTags and RemoveTags)", async () => {
  const made = await withTrail({ TagsList: [{ Key: "a", Value: "1" }, { Key: "b" }] });
  await made.call("AddTags", { ResourceId: arn, TagsList: [{ Key: "a", Value: "2" }, { Key: "c" }] });
  await made.call("RemoveTags", { ResourceId: arn, TagsList: [{ Key: "b" }] });
  assert.deepEqual((await made.call("ListTags", { ResourceIdList: [arn] })).ResourceTagList?.[0]?.TagsList, [
    { Key: "a", Value: "2" },
    { Key: "c" },
  ]);
  const many = Array.from({ length: 49 }, (_, n) => ({ Key: `k${n}` }));
  await assertRefused(made.call("AddTags", { ResourceId: arn, TagsList: many }), "TagsLimitExceededException");
});

const tagRefusals = [
  ["not an ARN", { ResourceId: "trail-1" }, {}, "CloudTrailARNInvalidException"],
  ["no such trail", { ResourceId: `${arn}-2` }, {}, "ResourceNotFoundException"],
  ["another account", { ResourceId: arn }, { accountId: stranger }, "NotOrganizationMasterAccountException"],
  ["another region", { ResourceId: arn }, elsewhere, "OperationNotPermittedException"],
  ["a dashboard", { ResourceId: arn.replace("trail/", "dashboard/") }, {}, "ResourceTypeNotSupportedException"],
] as const;

for (const [why, input, who, code] of tagRefusals) {
  test(`tags are refused to ${why} (API Reference, AddTags; the name of the refusal is chosen among its errors)`, async () => {
    const made = await withTrail();
    await assertRefused(made.call("AddTags", { ...input, TagsList: [{ Key: "a" }] }, who), code);
  });
}

test("tags of more than 20 resources are not listed at once (API Reference, ListTags)", async () => {
  const made = await withTrail();
  const ResourceIdList = Array.from({ length: 21 }, () => arn);
  await assertRefused(made.call("ListTags", { ResourceIdList }), "OperationNotPermittedException");
});
