import { type Aws } from "../contract-case.ts";

export interface CaseQueue {
  readonly QueueUrl: string;
  readonly QueueArn: string;
  readonly QueueName: string;
}

/** A queue of this case's own. */
export async function queueOf(aws: Aws, Attributes: Record<string, string> = {}, kind = "queue"): Promise<CaseQueue> {
  const QueueName = aws.name(kind);
  const { QueueUrl = "" } = await aws.call("sqs", "CreateQueue", { QueueName, Attributes });
  return { QueueUrl, QueueName, QueueArn: `arn:aws:sqs:${aws.region}:${aws.accountId}:${QueueName}` };
}

/** The bodies of what comes to a queue, taken away as they are read. */
export async function bodiesOf(aws: Aws, QueueUrl: string, count: number): Promise<readonly string[]> {
  const bodies: string[] = [];
  for (let tries = 0; tries < 3 && bodies.length < count; tries += 1) {
    const { Messages = [] } = await aws.call("sqs", "ReceiveMessage", {
      QueueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 1,
    });
    for (const { Body = "", ReceiptHandle = "" } of Messages) {
      bodies.push(Body);
      await aws.call("sqs", "DeleteMessage", { QueueUrl, ReceiptHandle });
    }
  }
  return bodies;
}
