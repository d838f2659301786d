import { type Aws, defineCases, outcome } from "../contract-case.ts";

const api = (operation: string) => `CloudWatch Logs API Reference, ${operation}`;

async function streamOf(aws: Aws): Promise<{ logGroupName: string; logStreamName: string }> {
  const [logGroupName, logStreamName] = [aws.name("group"), "stream"];
  await aws.call("logs", "CreateLogGroup", { logGroupName });
  await aws.call("logs", "CreateLogStream", { logGroupName, logStreamName });
  return { logGroupName, logStreamName };
}

export const logsCases = defineCases([
  {
    name: "a group and a stream are made once",
    source: api("CreateLogGroup and CreateLogStream, ResourceAlreadyExistsException"),
    run: async (aws) => {
      const { logGroupName, logStreamName } = await streamOf(aws);
      return [
        await outcome(aws.call("logs", "CreateLogGroup", { logGroupName })),
        await outcome(aws.call("logs", "CreateLogStream", { logGroupName, logStreamName })),
        await outcome(aws.call("logs", "CreateLogStream", { logGroupName: aws.name("none"), logStreamName })),
        await outcome(aws.call("logs", "DeleteLogGroup", { logGroupName: aws.name("none") })),
      ];
    },
    expected: [
      "ResourceAlreadyExistsException 400",
      "ResourceAlreadyExistsException 400",
      "ResourceNotFoundException 400",
      "ResourceNotFoundException 400",
    ],
  },
  {
    name: "a group's name with a sign that it may not have is refused",
    source: api("CreateLogGroup, logGroupName"),
    run: async (aws) => [
      await outcome(aws.call("logs", "CreateLogGroup", { logGroupName: "a b" })),
      await outcome(aws.call("logs", "CreateLogGroup", { logGroupName: "g".repeat(513) })),
    ],
    expected: ["InvalidParameterException 400", "InvalidParameterException 400"],
  },
  {
    name: "a group is described with its ARNs, and kept as long as is said",
    source: api("DescribeLogGroups and PutRetentionPolicy"),
    run: async (aws) => {
      const { logGroupName } = await streamOf(aws);
      await aws.call("logs", "PutRetentionPolicy", { logGroupName, retentionInDays: 30 });
      const odd = await outcome(aws.call("logs", "PutRetentionPolicy", { logGroupName, retentionInDays: 31 }));
      const { logGroups = [] } = await aws.call("logs", "DescribeLogGroups", { logGroupNamePrefix: logGroupName });
      return [logGroups.map(({ arn, retentionInDays }) => [arn?.replace(aws.name(""), ""), retentionInDays]), odd];
    },
    expected: [[["arn:aws:logs:eu-central-1:123456789012:log-group:group:*", 30]], "InvalidParameterException 400"],
  },
  {
    name: "events are put, read in their order, and found by a pattern",
    source: api("PutLogEvents, GetLogEvents and FilterLogEvents"),
    run: async (aws) => {
      const stream = await streamOf(aws);
      const timestamp = Date.now() - 60_000;
      const logEvents = ["CreateUser", "DeleteUser", "GetUser"].map((eventName, n) => ({
        timestamp: timestamp + n,
        message: JSON.stringify({ eventName }),
      }));
      await aws.call("logs", "PutLogEvents", { ...stream, logEvents });
      const { events = [] } = await aws.call("logs", "GetLogEvents", { ...stream, startFromHead: true });
      const { logGroupName } = stream;
      const byText = await aws.call("logs", "FilterLogEvents", { logGroupName, filterPattern: "DeleteUser" });
      const byField = await aws.call("logs", "FilterLogEvents", {
        logGroupName,
        filterPattern: '{ $.eventName = "GetUser" }',
      });
      return [
        events.map(({ message, timestamp: at }) => [
          (JSON.parse(message ?? "{}") as { eventName?: string }).eventName,
          (at ?? 0) - timestamp,
        ]),
        byText.events?.map(({ message }) => message),
        byField.events?.map(({ message }) => message),
      ];
    },
    expected: [
      [
        ["CreateUser", 0],
        ["DeleteUser", 1],
        ["GetUser", 2],
      ],
      ['{"eventName":"DeleteUser"}'],
      ['{"eventName":"GetUser"}'],
    ],
  },
  {
    name: "events out of order are refused, and those too old are told",
    source: api("PutLogEvents"),
    run: async (aws) => {
      const stream = await streamOf(aws);
      const now = Date.now() - 60_000;
      const put = (...instants: number[]) =>
        aws.call("logs", "PutLogEvents", {
          ...stream,
          logEvents: instants.map((timestamp) => ({ timestamp, message: "a" })),
        });
      const { rejectedLogEventsInfo } = await put(now - 15 * 86_400_000, now - 15 * 86_400_000 + 1);
      return [
        await outcome(put(now, now - 1000)),
        await outcome(put(now - 25 * 3_600_000, now)),
        rejectedLogEventsInfo,
      ];
    },
    expected: ["InvalidParameterException 400", "InvalidParameterException 400", { tooOldLogEventEndIndex: 2 }],
  },
  {
    name: "events to a stream that is not there are refused",
    source: api("PutLogEvents, ResourceNotFoundException"),
    run: async (aws) => {
      const { logGroupName } = await streamOf(aws);
      return await outcome(
        aws.call("logs", "PutLogEvents", {
          logGroupName,
          logStreamName: "none",
          logEvents: [{ timestamp: Date.now(), message: "a" }],
        }),
      );
    },
    expected: "ResourceNotFoundException 400",
  },
]);
