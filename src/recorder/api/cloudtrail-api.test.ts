import assert from "node:assert/strict";
import { test } from "node:test";

import { assertRefused, bucket, madeUpApi, member, organization, owner, start, stranger } from "./api.fixture.ts";
import { queryOperations } from "./cloudtrail-api.ts";

const hour = 3_600_000;
const keys = [1, 2, 3].map((n) => ({
  value: new Uint8Array([n]),
  validFrom: start + (n - 3) * 10 * hour,
  validTo: start + (n - 2) * 10 * hour + hour,
  fingerprint: `key-${n}`,
}));

test("public keys are those of now, or of any time within what is asked (API Reference, ListPublicKeys)", async () => {
  const made = madeUpApi({ keys });
  const list = async (input: object) =>
    (await made.call("ListPublicKeys", input)).PublicKeyList?.map(({ Fingerprint }) => Fingerprint);
  assert.deepEqual(await list({}), ["key-2", "key-3"]);
  assert.deepEqual(await list({ StartTime: new Date(start - 15 * hour) }), ["key-1", "key-2", "key-3"]);
  const past = { StartTime: new Date(start - 19 * hour), EndTime: new Date(start - 18 * hour) };
  assert.deepEqual(await list(past), ["key-1"]);
  const backwards = { StartTime: past.EndTime, EndTime: past.StartTime };
  await assertRefused(made.call("ListPublicKeys", backwards), "InvalidTimeRangeException");
  await assertRefused(made.call("ListPublicKeys", { NextToken: "more" }), "InvalidTokenException");
});

type Change = Partial<typeof organization>;
const delegated = (...accounts: readonly string[]) => ({
  delegatedAdministrators: { "cloudtrail.amazonaws.com": accounts },
});
const register = "RegisterOrganizationDelegatedAdmin";
const deregister = "DeregisterOrganizationDelegatedAdmin";

const delegationRefusals: readonly (readonly [
  why: string,
  operation: typeof register | typeof deregister,
  accountId: string,
  change: Change | undefined,
  by: string,
  code: string,
])[] = [
  ["the account has no 12 digits", register, "12345", {}, owner, "InvalidParameterException"],
  ["there is no organization", register, member, undefined, owner, "OrganizationsNotInUseException"],
  ["a member asks", register, member, {}, member, "NotOrganizationManagementAccountException"],
  [
    "not all features are on",
    register,
    member,
    { hasAllFeatures: false },
    owner,
    "OrganizationNotInAllFeaturesModeException",
  ],
  ["CloudTrail is not trusted", register, member, { trusts: [] }, owner, "CloudTrailAccessNotEnabledException"],
  ["it is the management account", register, owner, {}, owner, "CannotDelegateManagementAccountException"],
  ["it is not in the organization", register, stranger, {}, owner, "AccountNotFoundException"],
  ["it is registered", register, member, delegated(member), owner, "AccountRegisteredException"],
  [
    "there are three",
    register,
    member,
    delegated("444444444444", "555555555555", "666666666666"),
    owner,
    "DelegatedAdminAccountLimitExceededException",
  ],
  ["it is not registered", deregister, member, {}, owner, "AccountNotRegisteredException"],
  ["it is not in the organization", deregister, stranger, {}, owner, "AccountNotFoundException"],
];

for (const [why, operation, accountId, change, by, code] of delegationRefusals) {
  test(`${operation} is refused when ${why} (API Reference, ${operation})`, async () => {
    const made = madeUpApi();
    if (change !== undefined) made.outlets.organizations = [{ ...organization, ...change }];
    const name = operation === register ? "MemberAccountId" : "DelegatedAdminAccountId";
    await assertRefused(made.call(operation, { [name]: accountId }, { accountId: by }), code);
  });
}

test("an administrator that is deregistered changes nothing any more", async () => {
  const made = madeUpApi();
  made.outlets.organizations = [organization];
  await made.call(register, { MemberAccountId: member });
  const trail = { Name: "trail-1", S3BucketName: bucket, IsOrganizationTrail: true };
  const { TrailARN } = await made.call("CreateTrail", trail, { accountId: member });
  await made.call(deregister, { DelegatedAdminAccountId: member });
  await assertRefused(
    made.call("StartLogging", { Name: TrailARN }, { accountId: member }),
    "NotOrganizationMasterAccountException",
  );
});

test("aggregations are refused, and turning them off is not (they are not recorded here)", async () => {
  const made = madeUpApi();
  await made.call("CreateTrail", { Name: "trail-1", S3BucketName: bucket });
  const TrailARN = `arn:aws:cloudtrail:eu-west-1:${owner}:trail/trail-1`;
  const put = (input: object) => made.call("PutEventConfiguration", { TrailName: "trail-1", ...input });
  const AggregationConfigurations = [{ EventCategory: "Data", Templates: ["API_ACTIVITY"] }];
  await assertRefused(put({ AggregationConfigurations }), "UnsupportedOperationException");
  await assertRefused(put({ MaxEventSize: "Large" }), "InvalidParameterCombinationException");
  await assertRefused(put({ EventDataStore: "x" }), "InvalidParameterCombinationException");
  const none = { TrailARN, AggregationConfigurations: [] };
  assert.deepEqual(await put({ AggregationConfigurations: [] }), none);
  assert.deepEqual(await made.call("GetEventConfiguration", { TrailName: "trail-1" }), none);
});

test("queries, imports, dashboards and insights' data are refused, never answered", async () => {
  const made = madeUpApi();
  for (const name of queryOperations) {
    await assertRefused(made.call(name, { QueryStatement: "SELECT 1" }), "UnsupportedOperationException", name);
  }
});

test("calls beyond AWS's rates are refused for each account, region and operation (AWS General Reference)", async () => {
  const made = madeUpApi({ isThrottled: true });
  const lookUp = (who = {}) => made.call("LookupEvents", {}, who);
  await lookUp();
  await lookUp();
  await assertRefused(lookUp(), "ThrottlingException");
  await lookUp({ region: "us-east-1" });
  await lookUp({ accountId: member });
  await made.call("ListTrails");
  made.clock.advance(500);
  await lookUp();
  await assertRefused(lookUp(), "ThrottlingException");
});
