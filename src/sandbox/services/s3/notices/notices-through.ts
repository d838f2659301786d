import { type Inside } from "../../../world.ts";
import { type S3Notices } from "../outlets.ts";

/** Hands an event of AWS itself to the default bus of an account and region, as the service of EventBridge does. */
type PutBusEvent = (
  accountId: string,
  region: string,
  event: {
    readonly detailType: string;
    readonly source: string;
    readonly at: number;
    readonly detail: string;
    readonly resources: readonly string[];
    readonly isReadOnlyManagement: boolean;
  },
) => Promise<void>;

/** Queues and topics, called as S3 through the front, with their policies looked at; and the event bus. */
export function noticesThrough(inside: Inside, url: string, putBusEvent: PutBusEvent): S3Notices {
  return {
    async send(from, queueArn, message) {
      const [, , , region = from.region, accountId = "", name = ""] = queueArn.split(":", 6);
      const input = { QueueUrl: `${url}/${accountId}/${name}`, MessageBody: message };
      await inside.callAs({ ...from, region }, "sqs", "SendMessage", input);
    },
    async publish(from, topicArn, subject, message) {
      const region = topicArn.split(":", 4)[3] ?? from.region;
      const input = { TopicArn: topicArn, Subject: subject, Message: message };
      await inside.callAs({ ...from, region }, "sns", "Publish", input);
    },
    putEvent: ({ sourceAccount, region }, { resource, ...event }) =>
      putBusEvent(sourceAccount, region, {
        ...event,
        source: "aws.s3",
        resources: [resource],
        isReadOnlyManagement: false,
      }),
  };
}
