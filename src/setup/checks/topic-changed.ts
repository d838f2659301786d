import { mergeStatements } from "../policies/merge-policy.ts";
import type { CheckContext, Drift, DriftCheck } from "./check.ts";
import { changeSteps } from "./change-steps.ts";
import { neededStatements } from "./needed-statements.ts";
import { compared, mentionsOf, nameNow } from "./settings-now.ts";

/** The trail tells another topic, which is followed, or none any more. */
export const topicChanged: DriftCheck = {
  name: "topic-changed",
  summary: "The trail names another topic, which is followed, or none, which is turned back",
  find(context) {
    const both = compared(context, "trail");
    const was = both?.was?.topicArn ?? "";
    const is = both?.is?.topicArn;
    // A way that was agreed on without a topic needs none.
    if (both?.is === undefined || is === undefined || was === "" || was === is) return [];
    const name = nameNow(context, "trail");
    const told = {
      check: "topic-changed",
      about: `the trail ${name}`,
      culprit: { eventNames: ["UpdateTrail"], mentions: mentionsOf(context.now.places.trail) },
      replays: true,
    };
    if (is !== "") return [{ ...told, ...follow(context, { name, was, is }) }];
    return [
      {
        ...told,
        sentence: `The trail ${name} told the topic ${was} of its log files and tells none`,
        loss: "No notice tells of log files since then; the log files themselves stay in the bucket",
        manner: "repair",
        steps: changeSteps(
          context,
          "trail",
          { ...both.is, topicArn: was },
          {
            what: `Let the trail ${name} tell the topic ${nameOfTopic(was)} of its log files again`,
            why: "Without notices log files come late, by listing the bucket, or not at all",
            cost: "SNS's and SQS's price for each notice, cents a month",
            undo: "The trail tells no topic again",
          },
        ),
        help: "Log files that no notice told of are looked up in the bucket afterwards",
      },
    ];
  },
};

function follow(
  context: CheckContext,
  { name, was, is }: { readonly name: string; readonly was: string; readonly is: string },
): Omit<Drift, "check" | "about" | "culprit"> {
  const { agreed, now } = context;
  const queue = nameNow(context, "queue");
  const needed = neededStatements(context, "queue-policy");
  const { document } = mergeStatements(now.values["queue-policy"] ?? agreed.values["queue-policy"], needed);
  const why = `The trail ${name} tells the topic ${nameOfTopic(is)} now, and our queue does not hear of it`;
  return {
    sentence: `The trail ${name} told the topic ${was} of its log files and tells ${is}`,
    loss: "Notices of log files since then do not come into our queue; the log files themselves stay in the bucket",
    manner: "repair",
    steps: [
      ...changeSteps(context, "queue-policy", document, {
        what: `Let the topic ${nameOfTopic(is)} send into the queue ${queue}`,
        why,
      }),
      ...changeSteps(context, "subscription", agreed.values.subscription, {
        what: `Subscribe the queue ${queue} to the topic ${nameOfTopic(is)}`,
        why,
        undo: "The subscription is taken away",
      }),
    ],
    help: `The topic ${nameOfTopic(is)} is followed; if it is another account's, its owner has to let us subscribe`,
    follows: true,
  };
}

function nameOfTopic(arn: string): string {
  return arn.slice(arn.lastIndexOf(":") + 1);
}
