import { cloudTrail } from "../service-principal.ts";
import type { Place } from "./place.ts";
import { type SettingRequest, settingRequest, unlessAbsent } from "./setting-request.ts";
import { defineSetting } from "./setting.ts";

/** Whether CloudTrail may act in all accounts of the organization, which its trails need. */
export const organizationAccessSetting = defineSetting({
  name: "organization-access",
  title: () => "CloudTrail's access to the organization",
  calls: {
    get: [{ action: "organizations:ListAWSServiceAccessForOrganization", on: "everything" }],
    put: [
      { action: "organizations:EnableAWSServiceAccess", on: "everything" },
      { action: "organizations:DisableAWSServiceAccess", on: "everything" },
    ],
  },
  async get(place, aws) {
    const client = await aws.client("organizations", place);
    let NextToken: string | undefined;
    do {
      const asked = client.call("ListAWSServiceAccessForOrganization", NextToken === undefined ? {} : { NextToken });
      const page = await unlessAbsent(["AWSOrganizationsNotInUseException"], asked);
      if (page === undefined) return undefined;
      const trusted = page.EnabledServicePrincipals ?? [];
      if (trusted.some(({ ServicePrincipal }) => ServicePrincipal === cloudTrail)) return true;
      NextToken = page.NextToken;
    } while (NextToken !== undefined && NextToken !== "");
    return false;
  },
  put: (place, { after }, aws) => request(place, after).send(aws),
  commands: (place, { after }) => [request(place, after).command()],
});

function request(place: Place, after: boolean | undefined): SettingRequest {
  const operation = after === true ? "EnableAWSServiceAccess" : "DisableAWSServiceAccess";
  return settingRequest(place, "organizations", operation, { ServicePrincipal: cloudTrail });
}
