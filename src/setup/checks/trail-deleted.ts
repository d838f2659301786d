import type { TrailView } from "../account/account.ts";
import { unseenRegions } from "../account/unseen-regions.ts";
import { mergeStatements } from "../policies/merge-policy.ts";
import { queueStatement, topicStatement } from "../policies/statements.ts";
import type { PlanStep } from "../planning/plan.ts";
import { placeOfArn } from "../wiring/locate.ts";
import type { CheckContext, Drift, DriftCheck } from "./check.ts";
import { changeSteps } from "./change-steps.ts";
import { otherTrail } from "./followed-trail.ts";
import { isGone, mentionsOf, nameNow } from "./settings-now.ts";

/** The trail is gone: another that does the same is used, or it is made again as it was. */
export const trailDeleted: DriftCheck = {
  name: "trail-deleted",
  summary: "The trail was deleted: another good one is used, or it is made again",
  find(context) {
    if (!isGone(context, "trail")) return [];
    const name = nameNow(context, "trail");
    const told = {
      check: "trail-deleted",
      about: `the trail ${name}`,
      culprit: { eventNames: ["DeleteTrail"], mentions: mentionsOf(context.now.places.trail) },
    };
    const other = otherTrail(context);
    return [{ ...told, ...(other === undefined ? makeAgain(context, name) : goOnWithOther(context, name, other)) }];
  },
};

type Mended = Omit<Drift, "check" | "about" | "culprit">;

function makeAgain(context: CheckContext, name: string): Mended {
  const { values } = context.agreed;
  const why = "It is gone, and no other trail records all that it recorded";
  const copies = context.account.trails.filter((trail) => trail.isLogging === true).length;
  const unseen = unseenRegions(context.account).open;
  const charged =
    unseen.length > 0
      ? `The trails of ${unseen.join(", ")} could not be seen: where one records the same management events, this is a further copy, which is charged`
      : copies === 0
        ? "Nothing for the first copy of management events; what else it recorded is charged as before"
        : `${copies} other trails log: where they record the same management events, this is a further copy, which is charged; it was so before`;
  const fresh = { isFresh: true };
  return {
    sentence: `The trail ${name} was there and is deleted`,
    loss: "Nothing is recorded since: those log files are never made. The event history of AWS has the management events of the last 90 days only",
    // Somebody may have made another where nobody may look now.
    manner: unseen.length > 0 ? "propose" : "repair",
    steps: [
      ...changeSteps(context, "trail", values.trail, {
        what: `Make the trail ${name} again, as it was`,
        why,
        cost: charged,
        undo: "The trail is deleted; its log files stay",
      }),
      ...changeSteps(
        context,
        "trail-selectors",
        values["trail-selectors"],
        { what: `Let the trail ${name} record what it recorded`, why, cost: "What its data events cost before" },
        fresh,
      ),
      ...changeSteps(
        context,
        "trail-insights",
        values["trail-insights"],
        { what: `Let the trail ${name} look for unusual activity again`, why, cost: "What Insights cost before" },
        fresh,
      ),
      ...changeSteps(
        context,
        "trail-logging",
        values["trail-logging"] === false ? undefined : values["trail-logging"],
        { what: `Start the trail ${name}`, why: "A trail that was just made does not log yet" },
        fresh,
      ),
    ],
    help: "Digests of the new trail do not follow those of the old one: what lies between them stays unproved",
  };
}

function goOnWithOther(context: CheckContext, name: string, other: TrailView): Mended {
  const was = context.agreed.values.trail;
  const isElsewhere = other.value.bucket !== was?.bucket;
  const changesIt = other.value.topicArn === "";
  return {
    sentence: `The trail ${name} was there and is deleted; the trail ${other.name} records all that it recorded`,
    loss: `Nothing is lost: ${other.name} goes on recording. Its log files are not collected until it is used here`,
    // What is another's is not changed by itself, nor is a bucket taken for readable that never was read.
    manner: changesIt || isElsewhere ? "propose" : "repair",
    steps: stepsToOther(context, other),
    help: `${other.name} delivers into the bucket ${other.value.bucket}${other.value.validatesLogFiles ? "" : ", without digests"}. Making ${name} again would be a second copy of the same events, which is charged`,
    follows: true,
    replays: true,
    trailArn: other.arn,
  };
}

/** The queue hears of the other trail's log files: by its own topic, or by ours where it has none. */
function stepsToOther(context: CheckContext, other: TrailView): readonly PlanStep[] {
  const { now, agreed } = context;
  const { topic, queue } = now.places;
  const topicArn = other.value.topicArn === "" ? topic?.arn : other.value.topicArn;
  if (topicArn === undefined || queue === undefined) return [];
  const why = `The trail ${other.name} is used instead of one that is gone`;
  const isOurs = topicArn === topic?.arn;
  const merged = mergeStatements(now.values["queue-policy"] ?? agreed.values["queue-policy"], [
    queueStatement({ queueArn: queue.arn, topicArns: [topicArn] }),
  ]);
  const topicPolicy = mergeStatements(now.values["topic-policy"] ?? agreed.values["topic-policy"], [
    topicStatement({ topicArn, trailArns: [other.arn] }),
  ]);
  const at = { place: { ...placeOfArn(topicArn), to: queue.arn } };
  return [
    ...changeSteps(context, "queue-policy", merged.document, { what: "Let its topic send into our queue", why }),
    ...(isOurs
      ? changeSteps(context, "topic-policy", topicPolicy.document, { what: "Let it publish to our topic", why })
      : []),
    ...changeSteps(
      context,
      "subscription",
      agreed.values.subscription ?? { isRaw: false, filterPolicy: "" },
      { what: "Subscribe our queue to its topic", why },
      isOurs ? {} : at,
    ),
    ...changeSteps(
      context,
      "trail",
      { ...other.value, topicArn },
      { what: `Let the trail ${other.name} tell our topic of its log files`, why },
      { place: { ...placeOfArn(other.arn), region: other.homeRegion }, before: other.value },
    ),
  ];
}
