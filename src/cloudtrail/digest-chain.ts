import { type ObjectKey } from "./object-key.ts";

/**
 * What a chain of digests is of: a trail, in an account and a region; late log files have a chain of their own
 * (CloudTrail User Guide, "CloudTrail digest file structure"). The bucket is not part of it: a chain goes on where a
 * trail is given another one.
 */
export interface DigestChain {
  readonly accountId: string;
  /** Where the events happened; the keys that sign are this region's. */
  readonly region: string;
  /** Of an organization's trail; empty for an account's own. */
  readonly organizationId: string;
  readonly trailName: string;
  /** Where the trail was made. */
  readonly homeRegion: string;
  readonly isBackfill: boolean;
}

/** A chain in one word: the same for the same chain, and another for every other. */
export function chainId(chain: DigestChain): string {
  const { accountId, region, organizationId, homeRegion, trailName, isBackfill } = chain;
  return [accountId, region, organizationId, homeRegion, trailName, ...(isBackfill ? ["backfill"] : [])].join("/");
}

/** The chain that a digest's key belongs to; nothing for a key that is no digest's. */
export function chainOfKey(key: ObjectKey): DigestChain | undefined {
  const { accountId, region, folder, digest } = key;
  if (key.kind !== "digest" || digest === undefined) return undefined;
  return { accountId, region, organizationId: folder?.organizationId ?? "", ...digest };
}
