import type { TrailValue } from "../settings/values.ts";
import type { DriftCheck } from "./check.ts";
import { compared, mentionsOf, nameNow } from "./settings-now.ts";

/** The trail delivers elsewhere: into another bucket, or below another prefix. */
export const bucketReassigned: DriftCheck = {
  name: "bucket-reassigned",
  summary: "The trail delivers into another bucket, or below another prefix: it is followed",
  find(context) {
    const both = compared(context, "trail");
    if (both?.was === undefined || both.is === undefined) return [];
    const [from, to] = [whereOf(both.was), whereOf(both.is)];
    if (from === to) return [];
    const name = nameNow(context, "trail");
    return [
      {
        check: "bucket-reassigned",
        about: `the trail ${name}`,
        sentence: `The trail ${name} delivered into ${from} and delivers into ${to}`,
        loss: `Log files since then are not in ${from}; nothing is lost as long as ${to} may be read. What protected ${from} (versions, locks, how long files stay) is not carried over`,
        manner: "repair",
        steps: [],
        help: `${to} is read from now on, and ${from} until nothing comes there any more. Turn the trail back by hand if it should not have been changed`,
        culprit: { eventNames: ["UpdateTrail"], mentions: mentionsOf(context.now.places.trail) },
        follows: true,
      },
    ];
  },
};

function whereOf({ bucket, prefix }: TrailValue): string {
  return prefix === "" ? `the bucket ${bucket}` : `the bucket ${bucket} below ${prefix}`;
}
