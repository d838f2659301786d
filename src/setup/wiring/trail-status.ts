import { AwsCallError } from "../../aws/index.ts";
import type { SetupAws } from "../setup-aws.ts";
import type { Place } from "../settings/place.ts";
import type { TrailStatus } from "./wiring.ts";

/** What the trail says of itself; nothing where it is gone or may not be asked. */
export async function readTrailStatus(trail: Place, aws: SetupAws): Promise<TrailStatus | undefined> {
  try {
    const client = await aws.client("cloudtrail", trail);
    const said = await client.call("GetTrailStatus", { Name: trail.arn });
    return {
      deliveryError: said.LatestDeliveryError ?? "",
      notificationError: said.LatestNotificationError ?? "",
      lastDeliveryAt: said.LatestDeliveryTime?.getTime(),
      lastNotificationAt: said.LatestNotificationTime?.getTime(),
      lastDigestAt: said.LatestDigestDeliveryTime?.getTime(),
      stoppedAt: said.StopLoggingTime?.getTime(),
    };
  } catch (error) {
    if (error instanceof AwsCallError) return undefined;
    throw error;
  }
}
