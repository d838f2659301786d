import type { OutputOf } from "../../aws/index.ts";
import { forEachAtOnce } from "../../base/for-each-at-once.ts";
import type { SetupAws } from "../setup-aws.ts";
import { readInsights } from "../settings/trail-insights.ts";
import { selectorsValueOf } from "../settings/trail-selectors.ts";
import { trailValueOf } from "../settings/trail.ts";
import type { TrailView } from "./account.ts";
import type { UnreadList } from "./unread.ts";
import { trailsIn } from "./unseen-regions.ts";

type AwsTrail = NonNullable<OutputOf<"cloudtrail", "GetTrail">["Trail"]>;

interface TrailsReading {
  readonly aws: SetupAws;
  readonly accountId: string;
  readonly unread: UnreadList;
}

/** Regions, then trails, that are asked about at once. */
const atOnce = 8;

/** Every trail that reaches into one of the regions, each once, in the order of their ARNs. */
export async function readTrails(regions: readonly string[], reading: TrailsReading): Promise<readonly TrailView[]> {
  const { aws, accountId, unread } = reading;
  const found = new Map<string, AwsTrail>();
  await forEachAtOnce(regions, atOnce, async (region) => {
    const client = await aws.client("cloudtrail", { accountId, region });
    // A trail of all regions, or of the organization, is here as a shadow; its home may be where we may not look.
    const answer = await unread.unless(trailsIn(region), client.call("DescribeTrails", { includeShadowTrails: true }));
    for (const trail of answer?.trailList ?? []) {
      const { TrailARN: arn, HomeRegion: home } = trail;
      // What was changed a moment ago is at home first.
      if (arn !== undefined && (home === region || !found.has(arn))) found.set(arn, trail);
    }
  });
  const views: TrailView[] = [];
  await forEachAtOnce(found, atOnce, async ([arn, trail]) => {
    views.push(await readTrail(arn, trail, reading));
  });
  return views.sort((a, b) => (a.arn < b.arn ? -1 : 1));
}

/** One trail, asked about in its home region by its ARN: another account's would not be found by its name. */
async function readTrail(arn: string, trail: AwsTrail, { aws, accountId, unread }: TrailsReading): Promise<TrailView> {
  const [, , , arnRegion = "", ownerAccountId = ""] = arn.split(":");
  const { Name: name = arn.slice(arn.lastIndexOf("/") + 1), HomeRegion: homeRegion = arnRegion } = trail;
  const client = await aws.client("cloudtrail", { accountId, region: homeRegion });
  const status = await unread.unless(`whether ${arn} logs`, client.call("GetTrailStatus", { Name: arn }));
  const selectors = await unread.unless(
    `the event selectors of ${arn}`,
    client.call("GetEventSelectors", { TrailName: arn }),
  );
  const insights = await unread.unless(
    `the Insights of ${arn}`,
    readInsights(client.call("GetInsightSelectors", { TrailName: arn })),
  );
  return {
    arn,
    name,
    homeRegion,
    ownerAccountId,
    value: trailValueOf(trail),
    isLogging: status === undefined ? undefined : status.IsLogging === true,
    selectors: selectors && selectorsValueOf(selectors),
    insights: insights ?? [],
    deliveryError: status?.LatestDeliveryError ?? "",
  };
}
