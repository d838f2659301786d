import assert from "node:assert/strict";
import { test } from "node:test";
import { account, contextOf, organizationId, places, trailValue, trailView, withNow } from "./agreed-wiring.fixture.ts";
import type { AccountView } from "../account/account.ts";
import { memberMissing } from "./member-missing.ts";

const management = "999988887777";
const ofOthers = { id: organizationId, managementAccountId: management, mayManageTrails: false };
const arn = `arn:aws:cloudtrail:us-east-1:${management}:trail/all`;

/** As a member sees its organization's trail. */
function member(view: Partial<AccountView>) {
  const base = contextOf({ account: { ...account, organization: ofOthers, trails: [trailView(arn)], ...view } });
  const there = { ...places, trail: { ...places.trail, arn } };
  return { ...base, agreed: { ...base.agreed, places: there }, now: { ...base.now, places: there } };
}

test("the management account makes the trail the organization's again", () => {
  const [drift] = memberMissing.find(withNow(contextOf(), { trail: { ...trailValue, isOrganization: false } }));
  assert.deepEqual([drift?.manner, drift?.steps[0]?.after], ["repair", trailValue]);
});

test("from any other account it can only be told", () => {
  const [drift] = memberMissing.find(withNow(member({}), { trail: { ...trailValue, isOrganization: false } }));
  assert.deepEqual([drift?.manner, drift?.steps], ["tell", []]);
  assert.match(drift?.help ?? "", /in the management account 999988887777/);
});

test("CloudTrail's access to the organization is given back", () => {
  const [drift] = memberMissing.find(withNow(contextOf(), { "organization-access": false }));
  assert.deepEqual([drift?.steps[0]?.setting, drift?.steps[0]?.after], ["organization-access", true]);
});

test("a member that does not see the trail any more is told", () => {
  assert.deepEqual(memberMissing.find(member({})), []);
  const [unseen] = memberMissing.find(member({ trails: [] }));
  assert.match(unseen?.sentence ?? "", /and is not any more$/);
  const [left] = memberMissing.find(member({ trails: [], organization: undefined }));
  assert.match(left?.sentence ?? "", /it has left the organization$/);
});

test("where something could not be looked at, nothing is claimed", () => {
  const unread = [{ what: "the trails of eu-west-1", code: "AccessDenied", sentence: "No" }];
  assert.deepEqual(memberMissing.find(member({ trails: [], unread })), []);
});
