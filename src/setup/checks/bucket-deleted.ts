import { mergeStatements } from "../policies/merge-policy.ts";
import type { PlanStep } from "../planning/plan.ts";
import type { CheckContext, DriftCheck } from "./check.ts";
import { changeSteps } from "./change-steps.ts";
import { followedTrail } from "./followed-trail.ts";
import { neededStatements } from "./needed-statements.ts";
import { isGone, mentionsOf, nameNow } from "./settings-now.ts";

const dayMs = 86_400_000;
/** CloudTrail User Guide, "Using Amazon S3 bucket policies": so long it tries to deliver. */
const retryDays = 30;

/** The bucket is gone; made again in time, it still gets what CloudTrail could not deliver. */
export const bucketDeleted: DriftCheck = {
  name: "bucket-deleted",
  summary: "The bucket was deleted: it is made again while CloudTrail still tries to deliver",
  find(context) {
    const trail = followedTrail(context);
    const name = nameNow(context, "bucket");
    if (!isGone(context, "bucket") || (trail !== undefined && trail.value.bucket !== name)) return [];
    return [
      {
        check: "bucket-deleted",
        about: `the bucket ${name}`,
        sentence: `The bucket ${name} was there and is deleted`,
        loss: `The log files and digests that lay in it are gone, but for what was collected. ${retriesLeft(context)}`,
        manner: "repair",
        steps: stepsToBucket(context, name),
        help: `Make haste: as long as no bucket ${name} is there, anybody on AWS may make one of that name. If somebody has, it cannot be made again: give the trail another bucket`,
        culprit: { eventNames: ["DeleteBucket"], mentions: mentionsOf(context.now.places.bucket) },
      },
    ];
  },
};

function retriesLeft({ now: { status }, deployment: { now } }: CheckContext): string {
  const error = status?.deliveryError ?? "";
  const says = error === "" ? "CloudTrail tells of no failed delivery yet" : `CloudTrail says ${error}`;
  const rule = `${says}; it tries for ${retryDays} days to deliver, and charges for trying`;
  if (status?.lastDeliveryAt === undefined) return `${rule}. When it last delivered is not known`;
  const last = new Date(status.lastDeliveryAt).toISOString();
  const left = Math.floor((status.lastDeliveryAt + retryDays * dayMs - now) / dayMs);
  if (left < 0) return `${rule}. It last delivered ${last}: the first log files after that are lost already`;
  return `${rule}. It last delivered ${last}: nothing after that is lost for ${left} days yet`;
}

function stepsToBucket(context: CheckContext, name: string): readonly PlanStep[] {
  const { values } = context.agreed;
  const { document } = mergeStatements(values["bucket-policy"], neededStatements(context, "bucket-policy"));
  const why = "A bucket made anew has nothing of what protected it";
  const fresh = { isFresh: true };
  return [
    ...changeSteps(context, "bucket", values.bucket, {
      what: `Make the bucket ${name} again`,
      why: "The trail still names it; CloudTrail delivers what it could not when it is there in time",
      cost: "S3's price for what is stored and for each file that is written",
      undo: "It is deleted if no log files lie in it; those are only deleted when you say so",
    }),
    ...changeSteps(
      context,
      "bucket-public-access",
      values["bucket-public-access"],
      { what: `Block public access to ${name} as before`, why },
      fresh,
    ),
    ...changeSteps(
      context,
      "bucket-ownership",
      values["bucket-ownership"],
      { what: `Let log files in ${name} belong to whom they belonged`, why },
      fresh,
    ),
    ...changeSteps(
      context,
      "bucket-encryption",
      values["bucket-encryption"],
      { what: `Encrypt what comes into ${name} as before`, why },
      fresh,
    ),
    ...changeSteps(
      context,
      "bucket-versioning",
      values["bucket-versioning"],
      { what: `Keep versions in ${name} as before`, why, cost: "S3's price for versions that are kept" },
      fresh,
    ),
    ...changeSteps(
      context,
      "bucket-object-lock",
      values["bucket-object-lock"],
      { what: `Lock log files in ${name} as before`, why, undo: "What was locked meanwhile stays locked" },
      fresh,
    ),
    ...changeSteps(
      context,
      "bucket-lifecycle",
      values["bucket-lifecycle"],
      { what: `Keep log files in ${name} as long as before`, why },
      fresh,
    ),
    ...changeSteps(
      context,
      "bucket-policy",
      document,
      { what: `Let CloudTrail write into ${name}`, why: "CloudTrail delivers into no bucket that does not let it" },
      fresh,
    ),
  ];
}
