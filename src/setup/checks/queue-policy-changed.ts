import type { DriftCheck } from "./check.ts";
import { policyDrift } from "./policy-drift.ts";
import { mentionsOf, nameNow, valueNow } from "./settings-now.ts";

/** The queue's policy keeps the topic out. */
export const queuePolicyChanged: DriftCheck = {
  name: "queue-policy-changed",
  summary: "The queue's policy was changed so that the topic may not send into it",
  find(context) {
    if (valueNow(context, "queue") === undefined) return [];
    const name = nameNow(context, "queue");
    const topic = nameNow(context, "topic");
    return policyDrift(
      context,
      {
        check: "queue-policy-changed",
        setting: "queue-policy",
        home: "queue",
        manner: "repair",
        culprit: {
          eventNames: ["SetQueueAttributes", "AddPermission", "RemovePermission"],
          mentions: mentionsOf(context.now.places.queue),
        },
        replays: true,
        isRefused: false,
      },
      {
        about: `the policy of the queue ${name}`,
        effect: `the topic ${topic} may not send into the queue ${name}`,
        loss: "SNS drops the notices of log files that it may not deliver; the log files themselves stay in the bucket",
        what: `Let the topic ${topic} send into the queue ${name} again`,
        help: "Log files whose notices were dropped are looked up in the bucket afterwards",
      },
    );
  },
};
