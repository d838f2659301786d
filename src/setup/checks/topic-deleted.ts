import { mergeStatements } from "../policies/merge-policy.ts";
import type { DriftCheck } from "./check.ts";
import { changeSteps } from "./change-steps.ts";
import { followedTrail } from "./followed-trail.ts";
import { neededStatements } from "./needed-statements.ts";
import { isGone, mentionsOf, nameNow } from "./settings-now.ts";

/** The topic that the trail still names is gone. */
export const topicDeleted: DriftCheck = {
  name: "topic-deleted",
  summary: "The topic was deleted: it is made again under its name",
  find(context) {
    const { agreed, now } = context;
    const named = followedTrail(context)?.value.topicArn ?? "";
    if (!isGone(context, "topic") || (named !== "" && named !== now.places.topic?.arn)) return [];
    const [name, queue] = [nameNow(context, "topic"), nameNow(context, "queue")];
    const { document } = mergeStatements(agreed.values["topic-policy"], neededStatements(context, "topic-policy"));
    const why = "The trail still names it, and a topic made anew under its name has nothing of what it had";
    const fresh = { isFresh: true };
    return [
      {
        check: "topic-deleted",
        about: `the topic ${name}`,
        sentence: `The topic ${name} was there and is deleted`,
        loss: "Notices of log files since then went nowhere and cannot be had again; the log files themselves stay in the bucket",
        manner: "repair",
        steps: [
          ...changeSteps(context, "topic", agreed.values.topic, {
            what: `Make the topic ${name} again`,
            why: "The trail still names it, and its notices go nowhere",
            cost: "SNS's price for each notice, cents a month",
            undo: "The topic is deleted",
          }),
          ...changeSteps(
            context,
            "topic-key",
            agreed.values["topic-key"],
            { what: `Encrypt the topic ${name} with the key that it had`, why },
            fresh,
          ),
          ...changeSteps(
            context,
            "topic-policy",
            document,
            { what: `Give the topic ${name} the policy that it had`, why },
            fresh,
          ),
          ...changeSteps(context, "subscription", agreed.values.subscription, {
            what: `Subscribe the queue ${queue} to the topic ${name} again`,
            why: "Its subscriptions went with the topic",
            undo: "The subscription is taken away",
          }),
        ],
        help: "Others who were subscribed to the topic have to subscribe again themselves. Log files that no notice told of are looked up in the bucket afterwards",
        culprit: { eventNames: ["DeleteTopic"], mentions: mentionsOf(now.places.topic) },
        replays: true,
      },
    ];
  },
};
