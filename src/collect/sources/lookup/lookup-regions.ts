import { partitionOfRegion } from "../../access/regions.ts";
import { diagnose } from "../diagnose.ts";
import type { Finding } from "../findings.ts";
import type { SourceAws } from "../source.ts";
import type { LookupSettings } from "./lookup-settings.ts";

/** Enabled in every account (AWS Account Management Reference Guide, "Enable or disable AWS Regions in your account"). */
const enabledByDefault: Readonly<Record<string, readonly string[]>> = {
  aws: [
    ...["us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1"],
    ...["eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3"],
    ...["ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2"],
  ],
  "aws-cn": ["cn-north-1", "cn-northwest-1"],
  "aws-us-gov": ["us-gov-east-1", "us-gov-west-1"],
};

export interface LookupRegions {
  readonly regions: readonly string[];
  /** Why they are not the account's own list. */
  readonly problem?: Finding;
}

/** The regions to look in: those that were named, else those that the account has enabled, else those that all have. */
export async function findRegions(
  settings: LookupSettings,
  aws: SourceAws,
  signal: AbortSignal,
): Promise<LookupRegions> {
  if (settings.regions !== undefined) return { regions: [...new Set(settings.regions)] };
  try {
    const ec2 = await aws.client("ec2", settings.region);
    const { Regions = [] } = await ec2.call("DescribeRegions", {}, { signal });
    const regions = Regions.flatMap(({ RegionName }) => RegionName ?? []);
    if (regions.length > 0) return { regions };
    return { regions: fallback(settings.region) };
  } catch (error) {
    signal.throwIfAborted();
    const problem = diagnose(error, { what: "the list of the account's regions", region: settings.region });
    return { regions: fallback(settings.region), problem };
  }
}

function fallback(region: string): readonly string[] {
  return enabledByDefault[partitionOfRegion(region) ?? "aws"] ?? [region];
}
