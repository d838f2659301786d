import { type KnownDifference } from "./known-difference.ts";

export const sqsDifferences: readonly KnownDifference[] = [
  {
    case: "sqs: a new queue's attributes are the documented ones",
    moto: [
      true,
      false,
      false,
      {
        ApproximateNumberOfMessages: "0",
        ApproximateNumberOfMessagesDelayed: "0",
        ApproximateNumberOfMessagesNotVisible: "0",
        DelaySeconds: "0",
        MaximumMessageSize: "1048576",
        MessageRetentionPeriod: "345600",
        ReceiveMessageWaitTimeSeconds: "0",
        VisibilityTimeout: "30",
        SqsManagedSseEnabled: "true",
      },
    ],
    why: "moto tells instants with fractions; the page has whole seconds",
  },
  {
    case: "sqs: an attribute of too long a visibility timeout is refused",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "sqs: an attribute that there is not is refused",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "sqs: an attribute with a policy that is no JSON is refused",
    moto: "SyntaxError 500",
    why: "moto fails",
  },
  {
    case: "sqs: a message with a sign that XML does not have is refused",
    moto: ["taken", "taken"],
    why: "moto does not look at it",
  },
  {
    case: "sqs: another account sends only where the queue's policy lets it",
    moto: ["AWS.SimpleQueueService.NonExistentQueue 400", "AWS.SimpleQueueService.NonExistentQueue 400"],
    why: "moto looks for the queue in the caller's account",
  },
];
