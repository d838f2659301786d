import { AwsCallError } from "../../aws/index.ts";
import type { DigestChain } from "../../cloudtrail/index.ts";
import type { Clock } from "../../base/clock.ts";
import type { SourceReach } from "../../collect/index.ts";
import type { Look } from "./look.ts";

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

/** A trail is asked about at most so often. */
const askEveryMs = 30 * 60_000;

/** Asks trails how they are, where a source may; one question serves all chains of a trail. */
export class TrailStates {
  readonly #clock: Clock;
  readonly #states = new Map<string, { readonly at: number; readonly state: TrailState | undefined }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Nothing where nobody may ask. */
  async of(chain: DigestChain, bucket: string, source: string, look: Look): Promise<TrailState | undefined> {
    const { accountId, organizationId, homeRegion, trailName } = chain;
    // An organization's trail is one, whichever account a chain is of.
    const id = [organizationId === "" ? accountId : organizationId, homeRegion, trailName].join("/");
    const known = this.#states.get(id);
    if (known !== undefined && this.#clock.now() < known.at + askEveryMs) return known.state;
    const state = await this.#ask(chain, bucket, source, look);
    this.#states.set(id, { at: this.#clock.now(), state });
    return state;
  }

  async #ask(chain: DigestChain, bucket: string, source: string, look: Look): Promise<TrailState | undefined> {
    for await (const way of look.reaching.ways(source)) {
      try {
        const state = await askThrough(way, chain, bucket, this.#clock.now(), look.signal);
        if (state !== undefined) return state;
      } catch {
        look.signal.throwIfAborted();
      }
    }
    return undefined;
  }
}

/**
 * Nothing where this is not an account that would see the trail. Only the account that had it can tell that a trail is
 * gone: another one never sees it.
 */
async function askThrough(
  way: SourceReach,
  { trailName, homeRegion, accountId, organizationId }: DigestChain,
  bucket: string,
  now: number,
  signal: AbortSignal,
): Promise<TrailState | undefined> {
  const client = await way.aws.client("cloudtrail", homeRegion);
  const { trailList = [] } = await client.call("DescribeTrails", { includeShadowTrails: false }, { signal });
  const trail = trailList.find(
    ({ Name, HomeRegion, S3BucketName }) => Name === trailName && HomeRegion === homeRegion && S3BucketName === bucket,
  );
  const none = { stoppedAt: undefined, digestDeliveredAt: undefined, digestError: undefined };
  if (trail?.TrailARN === undefined) {
    const isOwners = organizationId === "" && (await isAccount(way, accountId, signal));
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

async function isAccount(way: SourceReach, accountId: string, signal: AbortSignal): Promise<boolean> {
  try {
    const client = await way.aws.client("sts");
    return (await client.call("GetCallerIdentity", {}, { signal })).Account === accountId;
  } catch (error) {
    if (error instanceof AwsCallError) return false;
    throw error;
  }
}
