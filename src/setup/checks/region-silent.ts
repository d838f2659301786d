import type { CheckContext, DriftCheck } from "./check.ts";
import { changeSteps } from "./change-steps.ts";
import { compared, nameNow } from "./settings-now.ts";

/**
 * A region is enabled in which no trail records. A trail of all regions covers new ones by itself, so this is about
 * accounts with trails of single regions; which regions were enabled when the way was agreed on is not known.
 */
export const regionSilent: DriftCheck = {
  name: "region-silent",
  summary: "A region is enabled that no trail records",
  find(context) {
    const both = compared(context, "trail");
    // A trail that was narrowed, or is gone, is another drift.
    if (both?.is === undefined || both.is.isMultiRegion || both.was?.isMultiRegion === true) return [];
    const silent = silentRegions(context);
    if (silent.length === 0) return [];
    const name = nameNow(context, "trail");
    const places = silent.join(", ");
    return [
      {
        check: "region-silent",
        about: "the regions of the account",
        sentence: `Enabled, but recorded by no trail: ${places}`,
        loss: `What is done in ${places} is in no log file; the event history has 90 days of it, management events only`,
        manner: "propose",
        steps: changeSteps(
          context,
          "trail",
          { ...both.is, isMultiRegion: true, hasGlobalEvents: true },
          {
            what: `Let the trail ${name} record all regions, and those that are enabled later`,
            why: `No trail records ${places}`,
            cost: costOf(context),
            undo: "It records its home region only again",
          },
        ),
        help: "Disabling a region that nobody uses helps as well",
        // A trail of all regions is stopped in its home, whichever that is, and a deleted one is not known by name.
        culprit: {
          eventNames: ["EnableRegion", "DeleteTrail", "StopLogging", "UpdateTrail"],
          mentions: [context.account.accountId],
        },
      },
    ];
  },
};

/** Nothing where trails or regions could not be looked at: one of them might record. */
function silentRegions({ account, now }: CheckContext): readonly string[] {
  if (account.unread.length > 0) return [];
  const home = now.places.trail?.region;
  const logging = account.trails.filter(({ arn, isLogging }) => isLogging !== false && arn !== now.places.trail?.arn);
  if (logging.some(({ value }) => value.isMultiRegion)) return [];
  const covered = new Set([home, ...logging.map(({ homeRegion }) => homeRegion)]);
  return account.regions.filter((region) => !covered.has(region));
}

function costOf({ account, now }: CheckContext): string {
  const others = account.trails.filter(({ arn, isLogging }) => isLogging === true && arn !== now.places.trail?.arn);
  const first = "Nothing for the first copy of management events in each region";
  if (others.length === 0) return first;
  const regions = [...new Set(others.map(({ homeRegion }) => homeRegion))].sort().join(", ");
  return `${first}; in ${regions} it is a second copy beside the trails there, and charged event by event`;
}
