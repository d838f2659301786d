import { askService } from "../ask.fixture.ts";
import { type TestWorld, testWorld } from "../call.fixture.ts";
import { testInside } from "../inside.fixture.ts";
import { testSqs } from "../sqs/sqs.fixture.ts";
import { eventsService } from "./events-service.ts";

const account = "111122223333";

/** Buses and queues in one test's world. */
export function testEvents(world: TestWorld = testWorld()) {
  const sqs = testSqs(world);
  const inside = testInside(world);
  const service = eventsService(world, inside);
  inside.services.sqs = sqs.service;
  inside.services.events = service;
  const ask = askService(world, service);

  /** A queue that lets EventBridge in. */
  async function openQueue(name: string) {
    const arn = `arn:aws:sqs:us-east-1:${account}:${name}`;
    const Statement = [
      { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sqs:SendMessage", Resource: arn },
    ];
    return { arn, url: await sqs.queue(name, { Policy: JSON.stringify({ Version: "2012-10-17", Statement }) }) };
  }
  /** A rule with that queue as its target. */
  async function rule(
    Name: string,
    pattern: object,
    target: object = {},
    State: "ENABLED" | "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" = "ENABLED",
  ) {
    const queue = await openQueue(Name);
    await ask("PutRule", { Name, EventPattern: JSON.stringify(pattern), State });
    await ask("PutTargets", { Rule: Name, Targets: [{ Id: "queue", Arn: queue.arn, ...target }] });
    return queue;
  }
  async function bodies(url: string): Promise<string[]> {
    const { Messages: messages = [] } = await sqs.ask("ReceiveMessage", { QueueUrl: url, MaxNumberOfMessages: 10 });
    return messages.map(({ Body: body = "" }) => body);
  }
  function record(name: string, isReadOnlyManagement: boolean) {
    const detail = JSON.stringify({ eventSource: "iam.amazonaws.com", eventName: name });
    return service.putBusEvent(account, "us-east-1", {
      detailType: "AWS API Call via CloudTrail",
      source: "aws.iam",
      at: world.clock.now(),
      detail,
      isReadOnlyManagement,
    });
  }
  return { world, sqs, inside, service, ask, openQueue, rule, bodies, record };
}
