import type { DriftCheck } from "./check.ts";
import { policyDrift } from "./policy-drift.ts";
import { mentionsOf, nameNow, valueNow } from "./settings-now.ts";

/** The topic's policy keeps CloudTrail out. */
export const topicPolicyChanged: DriftCheck = {
  name: "topic-policy-changed",
  summary: "The topic's policy was changed so that CloudTrail may not publish",
  find(context) {
    if (valueNow(context, "topic") === undefined) return [];
    const name = nameNow(context, "topic");
    return policyDrift(
      context,
      {
        check: "topic-policy-changed",
        setting: "topic-policy",
        home: "topic",
        manner: "repair",
        culprit: {
          eventNames: ["SetTopicAttributes", "AddPermission", "RemovePermission"],
          mentions: mentionsOf(context.now.places.topic),
        },
        replays: true,
        isRefused: (context.now.status?.notificationError ?? "") !== "",
      },
      {
        about: `the policy of the topic ${name}`,
        effect: `CloudTrail may not publish to the topic ${name}`,
        loss: "Log files are written, but no notice tells of them: they come late, by listing the bucket, or not at all",
        what: `Let CloudTrail publish to the topic ${name} again`,
        help: "Log files that no notice told of are looked up in the bucket afterwards",
      },
    );
  },
};
