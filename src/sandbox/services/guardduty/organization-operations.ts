import { keyOf } from "../../../base/lasting.ts";
import { type Organization } from "../../../recorder/index.ts";
import { type Call, type Service } from "../../service.ts";
import { newDetector } from "./detector-operations.ts";
import { type GuardDutyParts } from "./guardduty-parts.ts";
import {
  administratorOf,
  badRequest,
  detectorOf,
  detectorOfAccount,
  onDetector,
  type OrganizationAdministrator,
  putDetector,
} from "./guardduty-store.ts";
import { join } from "./member-operations.ts";

/** GuardDuty for an organization: its management account names who administrates it. */
export function organizationOperations(parts: GuardDutyParts) {
  const { store, organizations } = parts;
  const { administrators } = store;
  const onAll = (action: string) => [{ action: `guardduty:${action}`, resource: "*" }];

  async function managed(call: Call): Promise<Organization> {
    const organization = await organizations.organizationOf(call.accountId);
    if (organization?.managementAccountId !== call.accountId) {
      throw badRequest("The request failed because you must be the management account of an AWS organization.");
    }
    return organization;
  }
  async function administrated(call: Call): Promise<{
    readonly organization: Organization;
    readonly key: string;
    readonly administrator: OrganizationAdministrator;
  }> {
    const organization = await organizations.organizationOf(call.accountId);
    const key = keyOf(organization?.id ?? "", call.region);
    const administrator = administrators.get(key);
    if (organization === undefined || administrator?.accountId !== call.accountId) {
      throw badRequest(
        "The request failed because the current account is not the delegated GuardDuty administrator of an organization.",
      );
    }
    return { organization, key, administrator };
  }

  return {
    EnableOrganizationAdminAccount: {
      needs: () => onAll("EnableOrganizationAdminAccount"),
      answer: async (input, call) => {
        const organization = await managed(call);
        const id = input.AdminAccountId ?? "";
        if (id !== organization.managementAccountId && !organization.memberIds.includes(id))
          throw badRequest("The request failed because the account is not a member of your organization.");
        const key = keyOf(organization.id, call.region);
        if ((administrators.get(key)?.accountId ?? id) !== id)
          throw badRequest(
            "The request failed because the maximum number of delegated administrator accounts is reached.",
          );
        if (administrators.has(key))
          throw badRequest(
            "The request failed because the account is already enabled as the GuardDuty delegated administrator for the organization.",
          );
        administrators.put(key, { accountId: id, autoEnable: "NONE" });
        if (detectorOfAccount(store, id, call.region) === undefined)
          putDetector(store, newDetector(store, id, call.region));
        return {};
      },
    },
    DisableOrganizationAdminAccount: {
      needs: () => onAll("DisableOrganizationAdminAccount"),
      answer: async (input, call) => {
        const key = keyOf((await managed(call)).id, call.region);
        if (administrators.get(key)?.accountId !== input.AdminAccountId)
          throw badRequest(
            "The request failed because the account is not the GuardDuty delegated administrator for the organization.",
          );
        administrators.delete(key);
        return {};
      },
    },
    ListOrganizationAdminAccounts: {
      needs: () => onAll("ListOrganizationAdminAccounts"),
      answer: async (_input, call) => {
        const administrator = administrators.get(keyOf((await managed(call)).id, call.region));
        return {
          AdminAccounts:
            administrator === undefined ? [] : [{ AdminAccountId: administrator.accountId, AdminStatus: "ENABLED" }],
        };
      },
    },
    DescribeOrganizationConfiguration: {
      needs: (input, call) => onDetector("DescribeOrganizationConfiguration", input.DetectorId, call),
      answer: async (input, call) => {
        detectorOf(store, input.DetectorId, call);
        const { autoEnable } = (await administrated(call)).administrator;
        return {
          AutoEnable: autoEnable !== "NONE",
          AutoEnableOrganizationMembers: autoEnable,
          MemberAccountLimitReached: false,
        };
      },
    },
    UpdateOrganizationConfiguration: {
      needs: (input, call) => onDetector("UpdateOrganizationConfiguration", input.DetectorId, call),
      answer: async (input, call) => {
        const detector = detectorOf(store, input.DetectorId, call);
        const { organization, key, administrator } = await administrated(call);
        if (input.Features !== undefined || input.DataSources !== undefined)
          throw badRequest("Features of an organization's new members are not part of this endpoint.");
        const asked =
          input.AutoEnableOrganizationMembers ??
          (input.AutoEnable === undefined ? administrator.autoEnable : input.AutoEnable ? "NEW" : "NONE");
        administrators.put(key, { ...administrator, autoEnable: asked });
        if (asked === "ALL") {
          for (const accountId of [organization.managementAccountId, ...organization.memberIds]) {
            const isFree = accountId !== call.accountId && administratorOf(store, accountId, call.region) === undefined;
            if (isFree) join(parts, detector, { accountId, email: "", isOfOrganization: true, at: call.at });
          }
        }
        return {};
      },
    },
  } satisfies Service<"guardduty">["operations"];
}

/** Makes an account that has joined an organization a member, where its administrator wants that of new ones. */
export function welcome(parts: GuardDutyParts, organizationId: string, accountId: string): void {
  const { store } = parts;
  for (const [key, { accountId: administratorId, autoEnable }] of [
    ...store.administrators.entries(keyOf(organizationId, "")),
  ]) {
    const region = key.slice(keyOf(organizationId, "").length);
    const detector = detectorOfAccount(store, administratorId, region);
    if (autoEnable === "NONE" || detector === undefined || accountId === administratorId) continue;
    if (administratorOf(store, accountId, region) !== undefined) continue;
    join(parts, detector, { accountId, email: "", isOfOrganization: true, at: store.world.clock.now() });
  }
}
