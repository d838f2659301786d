import { mergeStatements } from "../policies/merge-policy.ts";
import type { PlanStep } from "../planning/plan.ts";
import type { CheckContext, DriftCheck } from "./check.ts";
import { changeSteps } from "./change-steps.ts";
import { neededStatements } from "./needed-statements.ts";
import { isGone, mentionsOf, nameNow, valueNow } from "./settings-now.ts";

/** The queue is gone, with all notices that lay in it. */
export const queueDeleted: DriftCheck = {
  name: "queue-deleted",
  summary: "The queue was deleted: it is made again, and lost notices are looked up in the bucket",
  find(context) {
    if (!isGone(context, "queue")) return [];
    const name = nameNow(context, "queue");
    return [
      {
        check: "queue-deleted",
        about: `the queue ${name}`,
        sentence: `The queue ${name} was there and is deleted`,
        loss: "Notices that lay in it, and those since, are gone; the log files themselves stay in the bucket",
        manner: "repair",
        steps: stepsToQueue(context, name),
        help: "Log files whose notices were lost are looked up in the bucket afterwards. AWS makes no queue of a name within 60 seconds after it was deleted",
        culprit: { eventNames: ["DeleteQueue"], mentions: mentionsOf(context.now.places.queue) },
        replays: true,
      },
    ];
  },
};

function stepsToQueue(context: CheckContext, name: string): readonly PlanStep[] {
  const { values } = context.agreed;
  const needed = neededStatements(context, "queue-policy");
  const { document } = mergeStatements(values["queue-policy"], needed);
  const why = "A queue made anew has nothing of what it had";
  const fresh = { isFresh: true };
  const deadLetter = valueNow(context, "dead-letter-queue") === undefined ? values["dead-letter-queue"] : undefined;
  const subscription = valueNow(context, "subscription") === undefined ? values.subscription : undefined;
  return [
    ...changeSteps(context, "dead-letter-queue", deadLetter, {
      what: `Make the queue ${nameNow(context, "deadLetter")} again, for notices that cannot be read`,
      why: "It is gone as well",
      undo: "The queue is deleted",
    }),
    ...changeSteps(context, "queue", values.queue, {
      what: `Make the queue ${name} again`,
      why: "Without it no notice of a log file comes here",
      cost: "SQS's price for each request, cents a month",
      undo: "The queue is deleted",
    }),
    ...changeSteps(
      context,
      "queue-redrive",
      values["queue-redrive"],
      { what: `Put notices that cannot be read aside into ${nameNow(context, "deadLetter")}`, why },
      fresh,
    ),
    ...(needed.length === 0
      ? []
      : changeSteps(
          context,
          "queue-policy",
          document,
          { what: `Let the topic ${nameNow(context, "topic")} send into the queue ${name}`, why },
          fresh,
        )),
    ...changeSteps(context, "subscription", subscription, {
      what: `Subscribe the queue ${name} to the topic ${nameNow(context, "topic")} again`,
      why: "Its subscription is gone as well",
      undo: "The subscription is taken away",
    }),
  ];
}
