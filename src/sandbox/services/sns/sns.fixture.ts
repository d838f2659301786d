import { askService } from "../ask.fixture.ts";
import { type TestWorld, testWorld } from "../call.fixture.ts";
import { testInside } from "../inside.fixture.ts";
import { noKeys, testSqs } from "../sqs/sqs.fixture.ts";
import { snsService } from "./sns-service.ts";

/** Topics and queues in one test's world. */
export function testSns(world: TestWorld = testWorld()) {
  const sqs = testSqs(world);
  const inside = testInside(world);
  inside.services.sqs = sqs.service;
  const service = snsService(world, inside, noKeys);
  const ask = askService(world, service);

  async function topic(Name: string, Attributes: Record<string, string> = {}): Promise<string> {
    return (await ask("CreateTopic", { Name, Attributes })).TopicArn ?? "";
  }
  /** A queue whose policy lets the topic in, as AWS's guides have it. */
  async function openQueue(name: string, topicArn: string, attributes: Record<string, string> = {}) {
    const arn = `arn:aws:sqs:us-east-1:111122223333:${name}`;
    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: arn,
          Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
        },
      ],
    });
    return { url: await sqs.queue(name, { Policy, ...attributes }), arn };
  }
  async function bodies(url: string): Promise<string[]> {
    const { Messages: messages = [] } = await sqs.ask("ReceiveMessage", { QueueUrl: url, MaxNumberOfMessages: 10 });
    return messages.map(({ Body: body = "" }) => body);
  }
  return { world, sqs, inside, service, ask, topic, openQueue, bodies };
}
