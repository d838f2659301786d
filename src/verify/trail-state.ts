import { AwsCallError } from "../aws/index.ts";
import type { DigestChain } from "../cloudtrail/index.ts";
import type { SourceAws } from "../collect/index.ts";

/** How a trail is set, as it tells in its home region. */
export interface TrailState {
  readonly askedAt: number;
  readonly exists: boolean;
  readonly isLogging: boolean;
  readonly isValidating: boolean;
  /** Milliseconds. */
  readonly stoppedAt: number | undefined;
  readonly digestDeliveredAt: number | undefined;
  /** S3's code of the last digest that could not be delivered. */
  readonly digestError: string | undefined;
}

/** Why no digests are due any more, and since when, milliseconds. */
export interface TrailEnd {
  readonly endedAt: number;
  readonly endedWhy: "logging-stopped" | "validation-off" | "trail-deleted";
}

/** That and when a trail's chains ended, their newest digest ending at `head`; nothing where digests are due. */
export function endOf(state: TrailState, head: number): TrailEnd | undefined {
  if (!state.exists) return { endedAt: head, endedWhy: "trail-deleted" };
  if (!state.isLogging) return { endedAt: state.stoppedAt ?? head, endedWhy: "logging-stopped" };
  return state.isValidating ? undefined : { endedAt: head, endedWhy: "validation-off" };
}

/**
 * Asks how a trail is. Nothing where this is not an account that would see the trail. Only the account that had it can tell that a trail is
 * gone: another one never sees it.
 */
export async function askTrail(
  aws: Pick<SourceAws, "client">,
  { trailName, homeRegion, accountId, organizationId }: DigestChain,
  bucket: string,
  now: number,
  signal: AbortSignal,
): Promise<TrailState | undefined> {
  const client = await aws.client("cloudtrail", homeRegion);
  const { trailList = [] } = await client.call("DescribeTrails", { includeShadowTrails: false }, { signal });
  const trail = trailList.find(
    ({ Name, HomeRegion, S3BucketName }) => Name === trailName && HomeRegion === homeRegion && S3BucketName === bucket,
  );
  const none = { stoppedAt: undefined, digestDeliveredAt: undefined, digestError: undefined };
  if (trail?.TrailARN === undefined) {
    const isOwners = organizationId === "" && (await isAccount(aws, accountId, signal));
    if (!isOwners) return undefined;
    return { askedAt: now, exists: false, isLogging: false, isValidating: false, ...none };
  }
  const status = await client.call("GetTrailStatus", { Name: trail.TrailARN }, { signal });
  return {
    askedAt: now,
    exists: true,
    isLogging: status.IsLogging !== false,
    isValidating: trail.LogFileValidationEnabled !== false,
    stoppedAt: status.StopLoggingTime?.getTime(),
    digestDeliveredAt: status.LatestDigestDeliveryTime?.getTime(),
    digestError: status.LatestDigestDeliveryError,
  };
}

async function isAccount(aws: Pick<SourceAws, "client">, accountId: string, signal: AbortSignal): Promise<boolean> {
  try {
    const client = await aws.client("sts");
    return (await client.call("GetCallerIdentity", {}, { signal })).Account === accountId;
  } catch (error) {
    if (error instanceof AwsCallError) return false;
    throw error;
  }
}
