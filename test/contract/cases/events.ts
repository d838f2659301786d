import { type Aws, defineCases, outcome } from "../contract-case.ts";
import { bodiesOf, queueOf } from "./queues.ts";
import { policy } from "./trail-setting.ts";

const api = (operation: string) => `EventBridge API Reference, ${operation}`;

const patternRefused = (why: string, EventPattern: string) => ({
  name: `a pattern ${why} is refused`,
  source: 'EventBridge User Guide, "Creating Amazon EventBridge event patterns"; InvalidEventPatternException',
  run: (aws: Aws) => outcome(aws.call("events", "PutRule", { Name: aws.name("rule"), EventPattern })),
  expected: "InvalidEventPatternException 400",
});

export const eventsCases = defineCases([
  {
    name: "a rule's event comes to its queue in the documented envelope",
    source: 'EventBridge User Guide, "AWS service event metadata"',
    run: async (aws) => {
      const Name = aws.name("rule");
      const { RuleArn } = await aws.call("events", "PutRule", {
        Name,
        EventPattern: JSON.stringify({ source: [aws.name("app")], detail: { kind: ["wanted"] } }),
      });
      const { QueueUrl, QueueArn } = await queueOf(aws);
      const Policy = policy([
        {
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: QueueArn,
          Condition: { ArnEquals: { "aws:SourceArn": RuleArn } },
        },
      ]);
      await aws.call("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { Policy } });
      await aws.call("events", "PutTargets", { Rule: Name, Targets: [{ Id: "queue", Arn: QueueArn }] });
      const { FailedEntryCount, Entries = [] } = await aws.call("events", "PutEvents", {
        Entries: ["other", "wanted"].map((kind) => ({
          Source: aws.name("app"),
          DetailType: "test",
          Detail: JSON.stringify({ kind }),
          Resources: ["r"],
        })),
      });
      const bodies = await bodiesOf(aws, QueueUrl, 1);
      const event = JSON.parse(bodies[0] ?? "{}") as Record<string, unknown>;
      return {
        failed: FailedEntryCount,
        count: bodies.length,
        members: Object.keys(event).toSorted(),
        same: event["id"] === Entries[1]?.EventId,
        said: [
          event["version"],
          event["detail-type"],
          event["account"],
          event["region"],
          event["resources"],
          event["detail"],
        ],
        isDated: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(String(event["time"])),
      };
    },
    expected: {
      failed: 0,
      count: 1,
      members: ["account", "detail", "detail-type", "id", "region", "resources", "source", "time", "version"],
      same: true,
      said: ["0", "test", "123456789012", "eu-central-1", ["r"], { kind: "wanted" }],
      isDated: true,
    },
  },
  {
    name: "events in AWS's own name are not taken",
    source: api("PutEvents, Source"),
    run: async (aws) => {
      const { FailedEntryCount, Entries = [] } = await aws.call("events", "PutEvents", {
        Entries: [{ Source: "aws.ec2", DetailType: "test", Detail: "{}" }],
      });
      return [FailedEntryCount, Entries.map(({ ErrorCode }) => ErrorCode)];
    },
    expected: [1, ["NotAuthorizedForSourceException"]],
  },
  {
    name: "a rule of neither pattern nor schedule is refused",
    source: api("PutRule"),
    run: (aws) => outcome(aws.call("events", "PutRule", { Name: aws.name("rule") })),
    expected: "ValidationException 400",
  },
  patternRefused("that is no JSON", "{bad"),
  patternRefused("of a value that is no list", '{"source":"a"}'),
  patternRefused("of an unknown kind of match", '{"source":[{"sounds-like":"a"}]}'),
  {
    name: "a rule with targets is not deleted",
    source: api("DeleteRule"),
    run: async (aws) => {
      const Name = aws.name("rule");
      await aws.call("events", "PutRule", { Name, EventPattern: '{"source":["a"]}' });
      const { QueueArn } = await queueOf(aws);
      await aws.call("events", "PutTargets", { Rule: Name, Targets: [{ Id: "queue", Arn: QueueArn }] });
      const full = await outcome(aws.call("events", "DeleteRule", { Name }));
      const { Targets = [] } = await aws.call("events", "ListTargetsByRule", { Rule: Name });
      await aws.call("events", "RemoveTargets", { Rule: Name, Ids: ["queue"] });
      return [
        full,
        Targets.map(({ Id }) => Id),
        await outcome(aws.call("events", "DeleteRule", { Name })),
        await outcome(aws.call("events", "DescribeRule", { Name })),
      ];
    },
    expected: ["ValidationException 400", ["queue"], "taken", "ResourceNotFoundException 400"],
  },
  {
    name: "a pattern is tried out on an event",
    source: api("TestEventPattern"),
    run: async (aws) => {
      const Event = JSON.stringify({
        id: "1",
        "detail-type": "AWS API Call via CloudTrail",
        source: "aws.iam",
        account: aws.accountId,
        time: "2026-01-01T00:00:00Z",
        region: "us-east-1",
        resources: [],
        detail: { eventName: "CreateUser" },
      });
      const test = async (pattern: object) =>
        (await aws.call("events", "TestEventPattern", { Event, EventPattern: JSON.stringify(pattern) })).Result;
      return [
        await test({ source: ["aws.iam"], detail: { eventName: [{ prefix: "Create" }] } }),
        await test({ detail: { eventName: [{ "anything-but": ["CreateUser"] }] } }),
        await test({ detail: { errorCode: [{ exists: false }] } }),
      ];
    },
    expected: [true, false, true],
  },
  {
    name: "a rule is disabled and enabled, for all CloudTrail's events too",
    source: api("PutRule, State"),
    run: async (aws) => {
      const Name = aws.name("rule");
      const EventPattern = '{"source":["a"]}';
      const asked = async () => (await aws.call("events", "DescribeRule", { Name })).State;
      await aws.call("events", "PutRule", {
        Name,
        EventPattern,
        State: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
      });
      const first = await asked();
      await aws.call("events", "DisableRule", { Name });
      return [first, await asked()];
    },
    expected: ["ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS", "DISABLED"],
  },
]);
