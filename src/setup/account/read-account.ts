import { SetupError } from "../errors.ts";
import type { SetupAws } from "../setup-aws.ts";
import type { SettingCall } from "../settings/setting.ts";
import type { AccountView } from "./account.ts";
import { readOrganization } from "./read-organization.ts";
import { readTrails } from "./read-trails.ts";
import { UnreadList } from "./unread.ts";
import { regionList } from "./unseen-regions.ts";

/** What reading an account takes. Who one is may be asked by everybody (STS API Reference, GetCallerIdentity). */
export const accountCalls: readonly SettingCall[] = [
  "ec2:DescribeRegions",
  "organizations:DescribeOrganization",
  "organizations:ListDelegatedAdministrators",
  "cloudtrail:DescribeTrails",
  "cloudtrail:GetTrailStatus",
  "cloudtrail:GetEventSelectors",
  "cloudtrail:GetInsightSelectors",
].map((action) => ({ action, on: "everything" }));

export interface AccountReading {
  readonly aws: SetupAws;
  readonly accountId: string;
  /** Where calls go that belong to no region, and the one that is looked at when regions may not be listed. */
  readonly region: string;
  readonly now: () => number;
}

/**
 * Looks at an account in all its regions, and changes nothing. What may not be looked at is told, never left out; rejects
 * where the credentials are another account's.
 */
export async function readAccount({ aws, accountId, region, now }: AccountReading): Promise<AccountView> {
  const readAt = now();
  const at = { accountId, region };
  const partition = await checkCaller(at, aws);
  const unread = new UnreadList();
  const [organization, regions] = await Promise.all([
    readOrganization(await aws.client("organizations", at), accountId, unread),
    readRegions(at, aws, unread),
  ]);
  const trails = await readTrails(regions, { aws, accountId, unread });
  return { readAt, accountId, partition, organization, regions, trails, unread: unread.found };
}

interface At {
  readonly accountId: string;
  readonly region: string;
}

/** The partition of the account that we speak as, if it is the one we are to look at. */
async function checkCaller(at: At, aws: SetupAws): Promise<string> {
  const client = await aws.client("sts", at);
  const { Account, Arn = "" } = await client.call("GetCallerIdentity", {});
  if (Account !== at.accountId) {
    throw new SetupError(`The credentials for account ${at.accountId} are those of account ${Account}`, {
      code: "account-other",
      fault: "user",
      help: "Give the ARN of a role of that account, or its own keys",
      details: { accountId: at.accountId, found: Account, arn: Arn },
    });
  }
  return Arn.split(":")[1] ?? "aws";
}

/** Regions that are enabled, sorted; the one that we know when they may not be listed. */
async function readRegions(at: At, aws: SetupAws, unread: UnreadList): Promise<readonly string[]> {
  const client = await aws.client("ec2", at);
  const answer = await unread.unless(regionList, client.call("DescribeRegions", {}));
  if (answer === undefined) return [at.region];
  return (answer.Regions ?? []).flatMap(({ RegionName }) => (RegionName === undefined ? [] : [RegionName])).sort();
}
