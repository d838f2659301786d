import type { TrailView } from "../account/account.ts";
import type { TrailValue } from "../settings/values.ts";
import type { CheckContext } from "./check.ts";
import { compareSelectors } from "./compare-selectors.ts";
import { isGone, valueNow } from "./settings-now.ts";

/** The trail that the way begins with from now on: as it is, another in place of a deleted one, or made again. */
export function followedTrail(context: CheckContext): { readonly arn: string; readonly value: TrailValue } | undefined {
  const arn = context.now.places.trail?.arn ?? context.agreed.places.trail?.arn;
  const value = valueNow(context, "trail");
  if (arn !== undefined && value !== undefined) return { arn, value };
  const other = isGone(context, "trail") ? otherTrail(context) : undefined;
  if (other !== undefined) return other;
  const was = context.agreed.values.trail;
  return arn === undefined || was === undefined ? undefined : { arn, value: was };
}

/**
 * Another trail that records all that a deleted one did, into the same bucket or one of its own: it is used rather than
 * a second copy paid for. Nothing unless it is certain that it does.
 */
export function otherTrail({ agreed, now, account }: CheckContext): TrailView | undefined {
  const was = agreed.values.trail;
  const gone = now.places.trail?.arn ?? agreed.places.trail?.arn;
  if (was === undefined || gone === undefined) return undefined;
  const region = gone.split(":")[3];
  const fitting = account.trails.filter(
    ({ arn, value, isLogging, selectors, deliveryError, homeRegion }) =>
      arn !== gone &&
      isLogging === true &&
      deliveryError === "" &&
      selectors !== undefined &&
      (value.isMultiRegion || (!was.isMultiRegion && homeRegion === region)) &&
      (value.isOrganization || !was.isOrganization) &&
      compareSelectors(agreed.values["trail-selectors"], selectors).lost.length === 0,
  );
  // One that tells of its files where we listen already comes first.
  const rank = ({ value }: TrailView) => (value.topicArn === was.topicArn ? 2 : 0) + (value.topicArn === "" ? 0 : 1);
  return [...fitting].sort((a, b) => rank(b) - rank(a) || (a.arn < b.arn ? -1 : 1))[0];
}
