import type { DriftCheck } from "./check.ts";
import { changeSteps } from "./change-steps.ts";
import { compared, mentionsOf, nameNow } from "./settings-now.ts";

/** The trail of all regions is one of its home region only. */
export const trailSingleRegion: DriftCheck = {
  name: "trail-single-region",
  summary: "The trail of all regions was made one of a single region",
  find(context) {
    const both = compared(context, "trail");
    if (both?.was?.isMultiRegion !== true || both.is?.isMultiRegion !== false) return [];
    const name = nameNow(context, "trail");
    const home = context.now.places.trail?.region ?? "";
    const others = context.account.regions.filter((region) => region !== home).length;
    const hasGlobalEvents = both.was.hasGlobalEvents || both.is.hasGlobalEvents;
    const globals = hasGlobalEvents === both.is.hasGlobalEvents ? "" : ", nor of IAM, STS and CloudFront";
    return [
      {
        check: "trail-single-region",
        about: `the trail ${name}`,
        sentence: `The trail ${name} recorded all regions and records ${home} only`,
        loss: `Nothing is recorded in ${others} other regions that the account has enabled${globals}: that is where an intruder goes to work unseen`,
        manner: "repair",
        steps: changeSteps(
          context,
          "trail",
          { ...both.is, isMultiRegion: true, hasGlobalEvents },
          {
            what: `Let the trail ${name} record all regions again`,
            why: `It did so before, and ${others} regions are not recorded since`,
            cost: "Nothing for the first copy of management events in each region; what else it records costs as before",
            undo: "It records its home region only again",
          },
        ),
        help: "What happened meanwhile in the other regions is in their event history for 90 days, management events only",
        culprit: { eventNames: ["UpdateTrail"], mentions: mentionsOf(context.now.places.trail) },
      },
    ];
  },
};
