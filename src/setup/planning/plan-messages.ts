import { queueStatement, topicStatement } from "../policies/statements.ts";
import { unpinnedNote } from "../policies/unpinned.ts";
import { cloudTrail } from "../service-principal.ts";
import { nameOf } from "../settings/place.ts";
import type { QueueValue } from "../settings/values.ts";
import type { PlanInput, PlanParts } from "./plan-collection.ts";
import { planPolicy } from "./plan-policy.ts";

const daySeconds = 86_400;
/** The longest that SQS keeps a message (SQS API Reference, "SetQueueAttributes"). */
const keptLongest: QueueValue = {
  retentionSeconds: 14 * daySeconds,
  visibilitySeconds: 300,
  isEncrypted: true,
  keyId: "",
};
/** The most there is: a message stays until its log file can be read, however often that is tried. */
const receivesMax = 1000;

/** Topic, queues and subscription: what is there is used; others' subscriptions stay theirs. */
export function planMessages(input: PlanInput, parts: PlanParts): void {
  const { topic, queue, deadLetter, subscription } = input.wiring.places;
  if (topic === undefined || queue === undefined || deadLetter === undefined || subscription === undefined) return;
  planTopic(input, parts);
  planQueues(input, parts);
  const { list, notes } = parts;
  if (input.wiring.values.subscription === undefined) {
    list.set(
      "subscription",
      { isRaw: true, filterPolicy: "" },
      {
        what: `Subscribe the queue ${nameOf(queue)} to the topic ${nameOf(topic)}`,
        why: "So each log file is heard of within seconds; other subscribers are not touched",
        undo: "The subscription is ended",
      },
    );
  } else if (input.wiring.values.subscription.filterPolicy !== "") {
    notes.push(
      `The subscription of the queue ${nameOf(queue)} has a filter policy: notices that it leaves out never come`,
    );
  }
}

function planTopic(input: PlanInput, parts: PlanParts): void {
  const { wiring } = input;
  const { list, notes } = parts;
  const { topic, trail } = wiring.places;
  if (topic === undefined || trail === undefined) return;
  const name = nameOf(topic);
  list.set("topic", true, {
    what: `Make the topic ${name} in ${topic.region}`,
    why: "The trail says there which log files have come",
    cost: "SNS: the first million notices a month are free, then 0.50 USD a million",
    undo: "The topic is deleted",
  });
  planPolicy(
    "topic",
    {
      statements: [topicStatement({ topicArn: topic.arn, trailArns: [trail.arn] })],
      what: `Let CloudTrail publish to the topic ${name}, for this trail only`,
      why: "Without it the trail's notices are refused; what else the policy says stays",
    },
    input,
    parts,
  );
  notes.push(...unpinnedNote(`the policy of the topic ${name}`, wiring.values["topic-policy"], cloudTrail));
  const key = wiring.values["topic-key"];
  if (key !== undefined) {
    notes.push(
      `The topic ${name} is encrypted with ${key}: its key policy has to give ${cloudTrail} kms:GenerateDataKey* and kms:Decrypt`,
    );
  }
}

function planQueues(input: PlanInput, parts: PlanParts): void {
  const { wiring } = input;
  const { list } = parts;
  const { topic, queue, deadLetter } = wiring.places;
  if (topic === undefined || queue === undefined || deadLetter === undefined) return;
  const name = nameOf(queue);
  if (wiring.values["dead-letter-queue"] === undefined) {
    list.set("dead-letter-queue", keptLongest, {
      what: `Make the queue ${nameOf(deadLetter)} for messages that could not be read`,
      why: "A message that fails again and again is kept there instead of being lost",
      cost: "Nothing while it is empty",
      undo: "The queue is deleted, with the messages in it",
    });
  }
  if (wiring.values.queue === undefined) {
    list.set("queue", keptLongest, {
      what: `Make the queue ${name} in ${queue.region}, encrypted, which keeps messages for 14 days`,
      why: "Trailwarden reads the notices there; when it stands still for two weeks, none is lost",
      cost: "SQS: the first million requests a month are free, then 0.40 USD a million",
      undo: "The queue is deleted, with the messages in it",
    });
  }
  planPolicy(
    "queue",
    {
      statements: [queueStatement({ queueArn: queue.arn, topicArns: [topic.arn] })],
      what: `Let the topic ${nameOf(topic)} send to the queue ${name}`,
      why: "Without it SNS drops the notices; what else the policy says stays",
    },
    input,
    parts,
  );
  if (wiring.values["queue-redrive"] === undefined) {
    list.set(
      "queue-redrive",
      { deadLetterArn: deadLetter.arn, receivesMax },
      {
        what: `Move messages that were received ${receivesMax} times from ${name} to ${nameOf(deadLetter)}`,
        why: "A message that can never be read does not come round for ever",
        undo: "Messages stay in the queue until they are too old",
      },
    );
  }
}
