import { type TestSandbox } from "../../src/sandbox/sandbox.fixture.ts";

/** Where else records of an account go: a log group, and a queue behind the default bus. */
export interface OpenedOutlets {
  logMessages(): Promise<readonly string[]>;
  busMessages(): Promise<readonly string[]>;
}

interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** Joins the account's trail `everything` to a log group, and its default buses to queues. */
export async function openOutlets(opened: TestSandbox, accountId: string): Promise<OpenedOutlets> {
  const home = { accountId, region: "eu-central-1" };
  const places = [home, { accountId, region: "us-east-1" }];
  await joinLogGroup(opened, home);
  for (const place of places) await joinQueue(opened, place);
  return {
    logMessages: () => readLogGroup(opened, home),
    busMessages: async () => (await Promise.all(places.map((place) => readQueue(opened, place)))).flat(),
  };
}

async function joinLogGroup(opened: TestSandbox, place: Place): Promise<void> {
  const { accountId, region } = place;
  const [logs, iam, cloudtrail] = await Promise.all([
    opened.client("logs", place),
    opened.client("iam", place),
    opened.client("cloudtrail", place),
  ]);
  await logs.call("CreateLogGroup", { logGroupName: "trail" });
  const principal = { Service: "cloudtrail.amazonaws.com" };
  const made = await iam.call("CreateRole", {
    RoleName: "trail-to-logs",
    AssumeRolePolicyDocument: policy({ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }),
  });
  await iam.call("PutRolePolicy", {
    RoleName: "trail-to-logs",
    PolicyName: "write",
    PolicyDocument: policy({
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: "*",
    }),
  });
  await cloudtrail.call("UpdateTrail", {
    Name: "everything",
    CloudWatchLogsLogGroupArn: `arn:aws:logs:${region}:${accountId}:log-group:trail:*`,
    CloudWatchLogsRoleArn: made.Role?.Arn,
  });
}

async function joinQueue(opened: TestSandbox, place: Place): Promise<void> {
  const { accountId, region } = place;
  const [sqs, events] = await Promise.all([opened.client("sqs", place), opened.client("events", place)]);
  const arn = `arn:aws:sqs:${region}:${accountId}:bus-events`;
  const principal = { Service: "events.amazonaws.com" };
  const Policy = policy({ Effect: "Allow", Principal: principal, Action: "sqs:SendMessage", Resource: arn });
  await sqs.call("CreateQueue", { QueueName: "bus-events", Attributes: { Policy } });
  await events.call("PutRule", {
    Name: "all-calls",
    EventPattern: JSON.stringify({
      "detail-type": ["AWS API Call via CloudTrail"],
      // The rule's own messages are calls, too.
      detail: { eventSource: [{ "anything-but": ["sqs.amazonaws.com"] }] },
    }),
    State: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
  });
  await events.call("PutTargets", { Rule: "all-calls", Targets: [{ Id: "queue", Arn: arn }] });
}

async function readLogGroup(opened: TestSandbox, place: Place): Promise<readonly string[]> {
  const logs = await opened.client("logs", place);
  const messages: string[] = [];
  for (let nextToken: string | undefined, isDone = false; !isDone;) {
    const page = await logs.call("FilterLogEvents", { logGroupName: "trail", nextToken });
    messages.push(...(page.events ?? []).map(({ message = "" }) => message));
    nextToken = page.nextToken;
    isDone = nextToken === undefined;
  }
  return messages;
}

async function readQueue(opened: TestSandbox, place: Place): Promise<readonly string[]> {
  const sqs = await opened.client("sqs", place);
  const { QueueUrl } = await sqs.call("GetQueueUrl", { QueueName: "bus-events" });
  const bodies: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.call("ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10 });
    if (Messages.length === 0) return bodies;
    for (const { Body = "", ReceiptHandle } of Messages) {
      bodies.push(Body);
      await sqs.call("DeleteMessage", { QueueUrl, ReceiptHandle });
    }
  }
}

function policy(statement: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
