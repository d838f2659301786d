import type { DriftCheck } from "./check.ts";
import { changeSteps } from "./change-steps.ts";
import { isGone, mentionsOf, nameNow } from "./settings-now.ts";

/** The queue does not get what the topic tells. */
export const subscriptionRemoved: DriftCheck = {
  name: "subscription-removed",
  summary: "The queue is not subscribed to the topic any more",
  find(context) {
    const { agreed, now } = context;
    if (!isGone(context, "subscription")) return [];
    const [queue, topic] = [nameNow(context, "queue"), nameNow(context, "topic")];
    return [
      {
        check: "subscription-removed",
        about: `the subscription of the queue ${queue} to the topic ${topic}`,
        sentence: `The queue ${queue} was subscribed to the topic ${topic} and is not any more`,
        loss: "Notices of log files since then went nowhere and cannot be had again; the log files themselves stay in the bucket",
        manner: "repair",
        steps: changeSteps(context, "subscription", agreed.values.subscription, {
          what: `Subscribe the queue ${queue} to the topic ${topic} again`,
          why: "It was subscribed before, and hears of no log file without",
          undo: "The subscription is taken away again",
        }),
        help: "Log files that no notice told of are looked up in the bucket afterwards",
        // An Unsubscribe names the subscription, whose ARN begins with that of its topic.
        culprit: { eventNames: ["Unsubscribe", "DeleteTopic"], mentions: mentionsOf(now.places.topic) },
        replays: true,
      },
    ];
  },
};
