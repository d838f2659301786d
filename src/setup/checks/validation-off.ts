import type { DriftCheck } from "./check.ts";
import { changeSteps } from "./change-steps.ts";
import { compared, mentionsOf, nameNow } from "./settings-now.ts";

/** The trail makes no digests any more. */
export const validationOff: DriftCheck = {
  name: "validation-off",
  summary: "Log file validation was switched off: no digests are made",
  find(context) {
    const both = compared(context, "trail");
    if (both?.was?.validatesLogFiles !== true || both.is?.validatesLogFiles !== false) return [];
    const name = nameNow(context, "trail");
    return [
      {
        check: "validation-off",
        about: `the trail ${name}`,
        sentence: `Log file validation of the trail ${name} was on and is off`,
        loss: "Log files since then have no digest: that one of them was changed or taken away cannot be proved, now or later",
        manner: "repair",
        steps: changeSteps(
          context,
          "trail",
          { ...both.is, validatesLogFiles: true },
          {
            what: `Let the trail ${name} make digests again`,
            why: "Without digests nobody can prove that log files are all there, and as they were written",
            cost: "One small file for each region and hour",
            undo: "It is switched off again; digests that were made stay",
          },
        ),
        help: "A new chain of digests begins when it is on again: what lies between the two chains stays unproved",
        culprit: { eventNames: ["UpdateTrail"], mentions: mentionsOf(context.now.places.trail) },
      },
    ];
  },
};
