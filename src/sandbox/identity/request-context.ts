import { type Context, contextOf } from "../policy/context.ts";
import { type Call, type Need } from "../service.ts";
import { type OrganizationBook } from "./organization-book.ts";
import { inSeconds } from "./user-identity.ts";

/**
 * What conditions may look at. IAM User Guide, 'AWS global condition context keys'. The sandbox stands for AWS's TLS
 * endpoints, so `aws:SecureTransport` is true although it listens in the clear on the loopback interface.
 */
export function requestContext(call: Call, need: Need, organizations: OrganizationBook): Context {
  const { caller } = call;
  const owner = need.ownerId ?? call.accountId;
  return contextOf(
    {
      "aws:CurrentTime": inSeconds(call.at),
      "aws:EpochTime": String(Math.floor(call.at / 1000)),
      "aws:RequestedRegion": call.region,
      "aws:SecureTransport": "true",
      "aws:UserAgent": call.userAgent,
      "aws:ViaAWSService": "false",
      "aws:ResourceAccount": owner,
      "aws:ResourceOrgID": organizations.organizationOf(owner)?.id,
      "aws:ResourceOrgPaths": organizations.pathOf(owner),
    },
    caller.kind === "service" ? serviceContext(call, organizations) : principalContext(call, organizations),
    caller.context,
    need.context ?? {},
  );
}

function serviceContext({ caller }: Call, organizations: OrganizationBook): Record<string, string | undefined> {
  const account = caller.context["aws:SourceAccount"];
  return {
    "aws:PrincipalIsAWSService": "true",
    "aws:PrincipalServiceName": caller.principalArn,
    "aws:SourceOrgID": account === undefined ? undefined : organizations.organizationOf(account)?.id,
    "aws:SourceOrgPaths": account === undefined ? undefined : organizations.pathOf(account),
  };
}

function principalContext(call: Call, organizations: OrganizationBook): Record<string, string | undefined> {
  const { caller } = call;
  const isKnown = caller.kind !== "anonymous";
  return {
    "aws:SourceIp": call.sourceIp,
    "aws:PrincipalIsAWSService": "false",
    "aws:PrincipalArn": isKnown ? caller.principalArn : undefined,
    "aws:PrincipalAccount": isKnown ? caller.accountId : undefined,
    "aws:PrincipalType": isKnown ? undefined : "Anonymous",
    "aws:PrincipalOrgID": isKnown ? organizations.organizationOf(caller.accountId)?.id : undefined,
    "aws:PrincipalOrgMasterAccountId": isKnown
      ? organizations.organizationOf(caller.accountId)?.managementAccountId
      : undefined,
    "aws:PrincipalOrgPaths": isKnown ? organizations.pathOf(caller.accountId) : undefined,
    ...Object.fromEntries(Object.entries(caller.tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
  };
}
