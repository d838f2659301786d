import { AwsCallError, type AwsClient } from "../../aws/index.ts";
import { cloudTrail } from "../service-principal.ts";
import { unlessAbsent } from "../settings/setting-request.ts";
import type { OrganizationView } from "./account.ts";
import type { UnreadList } from "./unread.ts";

/** The account's organization; nothing where it is in none, or where that may not be asked. */
export async function readOrganization(
  client: AwsClient<"organizations">,
  accountId: string,
  unread: UnreadList,
): Promise<OrganizationView | undefined> {
  const asked = unlessAbsent(["AWSOrganizationsNotInUseException"], client.call("DescribeOrganization", {}));
  const organization = (await unread.unless("the organization", asked))?.Organization;
  if (organization === undefined) return undefined;
  const managementAccountId = organization.MasterAccountId ?? "";
  const mayManageTrails = managementAccountId === accountId || (await isDelegated(client, accountId, unread));
  return { id: organization.Id ?? "", managementAccountId, mayManageTrails };
}

/** Whether the organization lets the account look after CloudTrail for it. */
async function isDelegated(
  client: AwsClient<"organizations">,
  accountId: string,
  unread: UnreadList,
): Promise<boolean> {
  let NextToken: string | undefined;
  do {
    const input = { ServicePrincipal: cloudTrail, ...(NextToken === undefined ? {} : { NextToken }) };
    const asked = unlessMember(client.call("ListDelegatedAdministrators", input));
    const page = await unread.unless("the organization's delegated administrators", asked);
    if (page?.DelegatedAdministrators?.some(({ Id }) => Id === accountId) === true) return true;
    NextToken = page?.NextToken;
  } while (NextToken !== undefined && NextToken !== "");
  return false;
}

/**
 * A mere member gets no answer, whatever it may do: only the management account and delegated administrators do
 * (Organizations API Reference). Whom a policy forbids to ask is told another sentence, which names the action.
 */
async function unlessMember<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    const isRefused = error instanceof AwsCallError && error.code === "AccessDeniedException";
    if (isRefused && !error.message.includes("organizations:ListDelegatedAdministrators")) return undefined;
    throw error;
  }
}
