import assert from "node:assert/strict";
import { test } from "node:test";

import { openSandbox, sandboxAccount } from "../../sandbox.fixture.ts";

test("real clients: who joins the organization becomes a member where its administrator wants that", async () => {
  await using box = await openSandbox();
  const [organizations, guardduty] = [await box.client("organizations"), await box.client("guardduty")];
  await organizations.call("CreateOrganization", { FeatureSet: "ALL" });
  await guardduty.call("EnableOrganizationAdminAccount", { AdminAccountId: sandboxAccount });
  const { DetectorIds: [DetectorId] = [] } = await guardduty.call("ListDetectors", {});
  await guardduty.call("UpdateOrganizationConfiguration", { DetectorId, AutoEnableOrganizationMembers: "NEW" });

  const other = box.sandbox.identity.accounts.all().find((id) => id !== sandboxAccount) ?? "";
  const { Handshake } = await organizations.call("InviteAccountToOrganization", {
    Target: { Id: other, Type: "ACCOUNT" },
  });
  const invited = await box.client("organizations", { accountId: other });
  await invited.call("AcceptHandshake", { HandshakeId: Handshake?.Id });
  const made = await organizations.call("CreateAccount", { AccountName: "New", Email: "new@example.com" });
  const { CreateAccountStatus } = await organizations.call("DescribeCreateAccountStatus", {
    CreateAccountRequestId: made.CreateAccountStatus?.Id,
  });

  const { Members = [] } = await guardduty.call("ListMembers", { DetectorId });
  assert.deepEqual(Members.map(({ AccountId }) => AccountId).sort(), [other, CreateAccountStatus?.AccountId].sort());
  assert.deepEqual(box.troubles, []);
});
