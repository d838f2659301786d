import assert from "node:assert/strict";
import { test } from "node:test";
import { AwsCallError } from "../../aws/index.ts";
import { openSandbox, sandboxAccount, sandboxRegion, type TestSandbox } from "../../sandbox/sandbox.fixture.ts";
import { sandboxAws, settingContract } from "./contract.fixture.ts";
import { organizationAccessSetting } from "./organization-access.ts";
import { plainTrail } from "./plain-trail.fixture.ts";
import { trailInsightsSetting } from "./trail-insights.ts";
import { trailLoggingSetting } from "./trail-logging.ts";
import { trailSelectorsSetting } from "./trail-selectors.ts";
import { trailSetting } from "./trail.ts";
import type { TrailValue } from "./values.ts";

const accountId = sandboxAccount;
const region = sandboxRegion;
const place = { accountId, region, arn: `arn:aws:cloudtrail:${region}:${accountId}:trail/care` };
const nowhere = { ...place, arn: `${place.arn}-less` };
const topicArn = `arn:aws:sns:${region}:${accountId}:files`;
const plain = plainTrail("care-logs");
const wide: TrailValue = {
  ...plain,
  bucket: "other-logs",
  prefix: "cloud/trail",
  topicArn,
  isMultiRegion: true,
  validatesLogFiles: true,
};
/** Back in one region, and with global events all the same, which AWS would leave out by itself. */
const narrowed: TrailValue = { ...plain, prefix: "care" };

const local: TrailValue = { ...narrowed, hasGlobalEvents: false };

function letCloudTrail(...statements: readonly (readonly [action: string, resource: string])[]): string {
  const Principal = { Service: "cloudtrail.amazonaws.com" };
  const Statement = statements.map(([Action, Resource]) => ({ Effect: "Allow", Principal, Action, Resource }));
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

/** Buckets and a topic that CloudTrail may use. */
async function openDestinations(): Promise<TestSandbox> {
  const sandbox = await openSandbox();
  const s3 = await sandbox.client("s3");
  for (const Bucket of [plain.bucket, wide.bucket]) {
    await s3.call("CreateBucket", { Bucket, CreateBucketConfiguration: { LocationConstraint: "eu-central-1" } });
    const arn = `arn:aws:s3:::${Bucket}`;
    await s3.call("PutBucketPolicy", {
      Bucket,
      Policy: letCloudTrail(["s3:GetBucketAcl", arn], ["s3:PutObject", `${arn}/*`]),
    });
  }
  const sns = await sandbox.client("sns");
  await sns.call("CreateTopic", { Name: "files", Attributes: { Policy: letCloudTrail(["SNS:Publish", topicArn]) } });
  return sandbox;
}

async function openTrail(): Promise<TestSandbox> {
  const sandbox = await openDestinations();
  await trailSetting.put(place, { before: undefined, after: plain }, sandboxAws(sandbox));
  return sandbox;
}

settingContract("trail", {
  setting: trailSetting,
  runsCommands: true,
  async open() {
    return { sandbox: await openDestinations(), place, nowhere, values: [plain, wide, narrowed, local] };
  },
});

settingContract("trail-logging", {
  setting: trailLoggingSetting,
  async open() {
    const sandbox = await openTrail();
    return { sandbox, place, nowhere, untouched: false, values: [true, false, true], takenAway: { reads: false } };
  },
});

const newTrailsSelectors = {
  advanced: [
    { Name: "Management events selector", FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }] },
  ],
};

settingContract("trail-selectors", {
  setting: trailSelectorsSetting,
  runsCommands: true,
  async open() {
    const object = { Type: "AWS::S3::Object", Values: ["arn:aws:s3:::shop/"] };
    const basic = {
      ReadWriteType: "WriteOnly",
      IncludeManagementEvents: true,
      DataResources: [object],
      ExcludeManagementEventSources: ["kms.amazonaws.com"],
    };
    const fields = [
      { Field: "eventCategory", Equals: ["Data"] },
      { Field: "resources.type", Equals: ["AWS::S3::Object"] },
      { Field: "resources.ARN", NotStartsWith: ["arn:aws:s3:::care-logs/"], StartsWith: ["arn:aws:s3:::"] },
    ];
    const advanced = { advanced: [...newTrailsSelectors.advanced, { FieldSelectors: fields }] };
    return {
      sandbox: await openTrail(),
      place,
      nowhere,
      untouched: newTrailsSelectors,
      values: [{ basic: [basic] }, advanced],
      takenAway: { reads: newTrailsSelectors },
    };
  },
});

settingContract("trail-insights", {
  setting: trailInsightsSetting,
  async open() {
    return {
      sandbox: await openTrail(),
      place,
      nowhere,
      untouched: [],
      values: [["ApiCallRateInsight Management"], ["ApiCallRateInsight Management", "ApiErrorRateInsight Management"]],
      takenAway: { reads: [] },
    };
  },
});

settingContract("organization-access", {
  setting: organizationAccessSetting,
  async open() {
    const sandbox = await openSandbox();
    const organizations = await sandbox.client("organizations");
    await organizations.call("CreateOrganization", { FeatureSet: "ALL" });
    const inOne = { accountId, region: "us-east-1", arn: `arn:aws:organizations::${accountId}:organization/o-example` };
    return {
      sandbox,
      place: inOne,
      nowhere: { ...inOne, accountId: "444455556666" },
      untouched: false,
      values: [true, false, true],
      takenAway: { reads: false },
      mentioned: "loud",
    };
  },
});

test("a trail that was made since by somebody else becomes what was asked for", async () => {
  await using sandbox = await openDestinations();
  const aws = sandboxAws(sandbox);
  await trailSetting.put(place, { before: undefined, after: wide }, aws);
  await trailSetting.put(place, { before: undefined, after: plain }, aws);
  assert.deepEqual(await trailSetting.get(place, aws), plain);
});

test("what is taken away of a trail that is gone is away", async () => {
  await using sandbox = await openSandbox();
  const aws = sandboxAws(sandbox);
  await trailLoggingSetting.put(place, { before: true, after: undefined }, aws);
  await trailSelectorsSetting.put(place, { before: newTrailsSelectors, after: undefined }, aws);
  await trailInsightsSetting.put(place, { before: [], after: undefined }, aws);
  await trailSetting.put(place, { before: plain, after: undefined }, aws);
  for (const setting of [trailLoggingSetting, trailSelectorsSetting, trailInsightsSetting] as const) {
    assert.equal(await setting.get(place, aws), undefined);
  }
  await assert.rejects(
    trailLoggingSetting.put(place, { before: undefined, after: true }, aws),
    (error) => error instanceof AwsCallError && error.code === "TrailNotFoundException",
  );
});

test("only what differs of a trail is changed, so that nobody needs rights to the rest", async () => {
  const change = { before: wide, after: { ...wide, topicArn: "" } };
  const update = `aws cloudtrail update-trail --name ${place.arn}`;
  assert.deepEqual(trailSetting.commands(place, change), [`${update} --sns-topic-name '' --region ${region}`]);
  const isNarrower = { before: wide, after: { ...wide, isMultiRegion: false } };
  assert.deepEqual(trailSetting.commands(place, isNarrower), [
    `${update} --include-global-service-events --no-is-multi-region-trail --region ${region}`,
  ]);
  assert.deepEqual(trailSetting.commands(place, { before: wide, after: wide }), []);
  const [creation = ""] = trailSetting.commands(place, { before: undefined, after: plain });
  assert.match(creation, /^aws cloudtrail create-trail --name care --s3-bucket-name care-logs --include/);
  assert.doesNotMatch(creation, /''/);
});

test("a trail whose topic does not let CloudTrail publish is refused as AWS refuses it", async () => {
  await using sandbox = await openDestinations();
  const after = { ...plain, topicArn: `${topicArn}-closed` };
  await assert.rejects(
    trailSetting.put(place, { before: undefined, after }, sandboxAws(sandbox)),
    (error) => error instanceof AwsCallError && error.code === "InsufficientSnsTopicPolicyException",
  );
});
