import assert from "node:assert/strict";
import { test } from "node:test";

import { type CloudTrailApi } from "../../../recorder/index.ts";
import { testAccount, testCall, testWorld } from "../call.fixture.ts";
import { cloudTrailNeeds } from "./cloudtrail-needs.ts";
import { cloudTrailService } from "./cloudtrail-service.ts";

const trailArn = `arn:aws:cloudtrail:us-east-1:${testAccount}:trail/trail-1`;
const otherStore = "arn:aws:cloudtrail:us-east-1:444455556666:eventdatastore/one";
const roleArn = `arn:aws:iam::${testAccount}:role/writes`;

const rows = [
  ["a trail by name", "StartLogging", { Name: "trail-1" }, [["cloudtrail:StartLogging", trailArn]]],
  ["a trail by ARN", "GetTrailStatus", { Name: trailArn }, [["cloudtrail:GetTrailStatus", trailArn]]],
  [
    "a new trail with tags and a role",
    "CreateTrail",
    { Name: "trail-1", TagsList: [{ Key: "a" }], CloudWatchLogsRoleArn: roleArn },
    [
      ["cloudtrail:CreateTrail", trailArn],
      ["cloudtrail:AddTags", trailArn],
      ["iam:PassRole", roleArn],
    ],
  ],
  ["the event history", "LookupEvents", {}, [["cloudtrail:LookupEvents", "*"]]],
  ["all trails", "DescribeTrails", { trailNameList: ["trail-1"] }, [["cloudtrail:DescribeTrails", "*"]]],
  [
    "insights of a trail",
    "PutInsightSelectors",
    { TrailName: "trail-1" },
    [["cloudtrail:PutInsightSelectors", trailArn]],
  ],
  [
    "tags of several",
    "ListTags",
    { ResourceIdList: [trailArn, otherStore] },
    [
      ["cloudtrail:ListTags", trailArn],
      ["cloudtrail:ListTags", otherStore],
    ],
  ],
  [
    "another's store",
    "GetEventDataStore",
    { EventDataStore: otherStore },
    [["cloudtrail:GetEventDataStore", otherStore]],
  ],
] as const;

for (const [what, operation, input, expected] of rows) {
  test(`${operation} of ${what} needs what the Service Authorization Reference says`, () => {
    const needs = cloudTrailNeeds(operation, input, testCall(), () => undefined);
    assert.deepEqual(
      needs.map(({ action, resource }) => [action, resource]),
      expected,
    );
  });
}

test("a store of another account is read only when its policy allows it too", () => {
  const [need] = cloudTrailNeeds("GetEventDataStore", { EventDataStore: otherStore }, testCall(), () => "{}");
  assert.deepEqual([need?.ownerId, need?.resourcePolicy], ["444455556666", "{}"]);
});

test("an operation is answered for the account, region and instant of its call", async () => {
  const world = testWorld();
  const asked: object[] = [];
  const api: CloudTrailApi = {
    ListTrails: async (input, by) => {
      asked.push(input, by);
      return { Trails: [] };
    },
  };
  const service = cloudTrailService(api, world.state);
  assert.equal(service.name, "cloudtrail");
  const call = testCall({ service: "cloudtrail", region: "eu-west-1", world });
  assert.deepEqual(await service.operations.ListTrails?.answer({}, call), { Trails: [] });
  assert.deepEqual(asked, [
    {},
    { accountId: testAccount, region: "eu-west-1", arn: call.caller.arn, at: world.clock.now() },
  ]);
});
