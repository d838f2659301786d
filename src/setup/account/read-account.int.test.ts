import assert from "node:assert/strict";
import { test } from "node:test";
import { openSandbox } from "../../sandbox/sandbox.fixture.ts";
import { SetupError } from "../errors.ts";
import { sandboxAws } from "../settings/contract.fixture.ts";
import type { SetupAws } from "../setup-aws.ts";
import {
  accountId,
  arnOf,
  delegate,
  document,
  makeOrganization,
  makeTrail,
  member,
  openBucket,
  region,
  userOf,
  value,
} from "./accounts.fixture.ts";
import { accountCalls, readAccount } from "./read-account.ts";

const at = Date.UTC(2026, 10, 21);

function read(aws: SetupAws, id = accountId) {
  return readAccount({ aws, accountId: id, region, now: () => at });
}

const allowed = { Effect: "Allow", Action: accountCalls.map(({ action }) => action), Resource: "*" };

test("an account without a trail is seen in all its regions, with nothing unread", async () => {
  await using sandbox = await openSandbox();
  const { regions, ...view } = await read(sandboxAws(sandbox));
  const nothing = { organization: undefined, trails: [], unread: [] };
  assert.deepEqual(view, { readAt: at, accountId, partition: "aws", ...nothing });
  assert.ok(regions.length > 10 && regions.includes(region) && regions.includes("us-east-1"));
  assert.deepEqual(regions, regions.toSorted());
});

test("trails are seen once each, wherever they are, with what they record and whether they log", async () => {
  await using sandbox = await openBucket();
  await makeTrail(sandbox, "stopped");
  const far = await makeTrail(sandbox, "far", { isMultiRegion: false, prefix: "far" }, "us-west-2");
  await far.call("StartLogging", { Name: "far" });
  const InsightSelectors = [{ InsightType: "ApiCallRateInsight" as const }];
  await far.call("PutInsightSelectors", { TrailName: "far", InsightSelectors });
  const { trails, unread } = await read(sandboxAws(sandbox));
  const selectors = {
    advanced: [
      { Name: "Management events selector", FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }] },
    ],
  };
  const same = { ownerAccountId: accountId, selectors, deliveryError: "" };
  assert.deepEqual(trails, [
    {
      ...same,
      arn: arnOf("stopped"),
      name: "stopped",
      homeRegion: region,
      value,
      isLogging: false,
      insights: [],
    },
    {
      ...same,
      arn: arnOf("far", "us-west-2"),
      name: "far",
      homeRegion: "us-west-2",
      value: { ...value, isMultiRegion: false, prefix: "far" },
      isLogging: true,
      insights: ["ApiCallRateInsight Management"],
    },
  ]);
  assert.deepEqual(unread, []);
});

test("an organization's trail is seen from its members, and who may manage it is told", async () => {
  await using sandbox = await openBucket();
  const { id } = await makeOrganization(sandbox);
  const client = await makeTrail(sandbox, "shared", { isOrganization: true });
  await client.call("StartLogging", { Name: "shared" });
  const aws = sandboxAws(sandbox);
  // What a trail selects is not told to mere members.
  const untold = [`the Insights of ${arnOf("shared")}`, `the event selectors of ${arnOf("shared")}`];
  for (const [seenFrom, mayManageTrails, expected] of [
    [accountId, true, []],
    [delegate, true, []],
    [member, false, untold],
  ] as const) {
    const { organization, trails, unread } = await read(aws, seenFrom);
    assert.deepEqual(organization, { id, managementAccountId: accountId, mayManageTrails }, seenFrom);
    assert.deepEqual(
      trails.map((trail) => [trail.arn, trail.ownerAccountId, trail.isLogging, trail.value.isOrganization]),
      [[arnOf("shared"), accountId, true, true]],
      seenFrom,
    );
    assert.deepEqual(
      unread.map(({ what }) => what),
      expected,
      seenFrom,
    );
  }
});

test("regions that a policy of the organization closes are unread, not empty", async () => {
  await using sandbox = await openBucket();
  const { organizations } = await makeOrganization(sandbox);
  const { Roots = [] } = await organizations.call("ListRoots", {});
  await organizations.call("EnablePolicyType", { RootId: Roots[0]?.Id, PolicyType: "SERVICE_CONTROL_POLICY" });
  const Condition = { StringEquals: { "aws:RequestedRegion": ["eu-west-3", "us-west-1"] } };
  const { Policy } = await organizations.call("CreatePolicy", {
    Name: "closed",
    Description: "",
    Type: "SERVICE_CONTROL_POLICY",
    Content: document({ Effect: "Deny", Action: "*", Resource: "*", Condition }),
  });
  await organizations.call("AttachPolicy", { PolicyId: Policy?.PolicySummary?.Id, TargetId: member });
  const { regions, unread } = await read(sandboxAws(sandbox), member);
  assert.ok(regions.includes("eu-west-3"));
  assert.deepEqual(
    unread.map(({ what, code }) => [what, code]),
    [
      ["the trails of eu-west-3", "AccessDeniedException"],
      ["the trails of us-west-1", "AccessDeniedException"],
    ],
  );
  assert.match(unread[0]?.sentence ?? "", /^The trails of eu-west-3 cannot be read: .*service control policy/);
});

test("a trail whose home is closed is seen by its shadow, and that its state is not known is told", async () => {
  await using sandbox = await openBucket();
  await makeTrail(sandbox, "care");
  const Condition = { StringEquals: { "aws:RequestedRegion": region } };
  const closed = { Effect: "Deny", Action: "cloudtrail:*", Resource: "*", Condition };
  const { trails, unread } = await read(await userOf(sandbox, accountId, allowed, closed));
  assert.deepEqual(
    trails.map(({ arn, isLogging, selectors, insights }) => ({ arn, isLogging, selectors, insights })),
    [{ arn: arnOf("care"), isLogging: undefined, selectors: undefined, insights: [] }],
  );
  assert.deepEqual(
    unread.map(({ what }) => what),
    [
      `the Insights of ${arnOf("care")}`,
      `the event selectors of ${arnOf("care")}`,
      `the trails of ${region}`,
      `whether ${arnOf("care")} logs`,
    ],
  );
});

test("the calls that are named are enough, and without any of them something is unread", async () => {
  await using sandbox = await openBucket();
  const { id } = await makeOrganization(sandbox);
  await makeTrail(sandbox, "care", { isOrganization: true });
  const view = await read(await userOf(sandbox, delegate, allowed), delegate);
  assert.deepEqual(view.unread, []);
  assert.deepEqual(view.organization, { id, managementAccountId: accountId, mayManageTrails: true });
  assert.equal(view.trails.length, 1);
  for (const { action } of accountCalls) {
    const Action = allowed.Action.filter((each) => each !== action);
    const narrow = await read(await userOf(sandbox, delegate, { ...allowed, Action }), delegate);
    assert.notDeepEqual(narrow.unread, [], action);
    assert.ok(
      narrow.unread.every(({ code, sentence }) => /AccessDenied|Unauthorized/.test(code) && sentence.includes(action)),
    );
  }
});

test("where regions may not be listed, the one that is known is looked at", async () => {
  await using sandbox = await openBucket();
  await makeTrail(sandbox, "care");
  const Action = allowed.Action.filter((action) => action !== "ec2:DescribeRegions");
  const { regions, trails, unread } = await read(await userOf(sandbox, accountId, { ...allowed, Action }));
  assert.deepEqual(regions, [region]);
  assert.equal(trails.length, 1);
  assert.deepEqual(
    unread.map(({ what }) => what),
    ["the list of regions"],
  );
});

test("another account's credentials look at nothing", async () => {
  await using sandbox = await openSandbox();
  const aws = sandboxAws(sandbox, sandbox.sandbox.administrator(member));
  await assert.rejects(read(aws), (error) => error instanceof SetupError && error.code === "account-other");
});

test("a trail that was changed a moment ago is told as its home region tells it", async () => {
  await using sandbox = await openBucket();
  await makeTrail(sandbox, "care");
  const aws = sandboxAws(sandbox);
  const first = Promise.withResolvers<void>();
  const lagging: SetupAws = {
    async client(service, place) {
      const client = await aws.client(service, place);
      if (service !== "cloudtrail") return client;
      return {
        ...client,
        async call(operation, input) {
          // The home answers neither first nor last.
          if (place.region === region) await first.promise;
          const answer = await client.call(operation, input);
          if (place.region === region) return answer;
          first.resolve();
          const { trailList = [] } = answer as { readonly trailList?: readonly object[] };
          return { ...answer, trailList: trailList.map((trail) => ({ ...trail, S3BucketName: "before" })) };
        },
      };
    },
  };
  const { trails } = await read(lagging);
  assert.deepEqual(
    trails.map((trail) => trail.value.bucket),
    [value.bucket],
  );
});

test("a region that the network does not reach is unread, and what is broken in here is not hidden", async () => {
  await using sandbox = await openSandbox();
  const aws = sandboxAws(sandbox);
  const failing = (error: Error): SetupAws => ({
    async client(service, place) {
      const client = await aws.client(service, place);
      if (service !== "cloudtrail" || place.region !== "sa-east-1") return client;
      return {
        ...client,
        async call() {
          throw error;
        },
      };
    },
  });
  const lost = Object.assign(new Error("getaddrinfo ENOTFOUND cloudtrail.sa-east-1"), { code: "ENOTFOUND" });
  const { unread } = await read(failing(lost));
  assert.deepEqual(
    unread.map(({ what, code }) => [what, code]),
    [["the trails of sa-east-1", "ENOTFOUND"]],
  );
  await assert.rejects(read(failing(new TypeError("broken"))), TypeError);
});
