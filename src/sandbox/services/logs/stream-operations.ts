import { AwsError } from "../../../aws/index.ts";
import { keyOf } from "../../../base/lasting.ts";
import { type Service } from "../../service.ts";
import { pageOf } from "../pages.ts";
import { limitOf } from "./group-operations.ts";
import { invalid } from "./invalid-parameter.ts";
import { type LogsParts, onGroup, onStream, readGroup, readStreamName } from "./log-names.ts";
import { type LogStream } from "./log-store.ts";

/** Streams of log groups. */
export function streamOperations(parts: LogsParts) {
  const { store } = parts;
  return {
    CreateLogStream: {
      needs: (input, call) => onStream(parts, "CreateLogStream", input, call),
      answer: (input, call) => {
        const group = store.groupOf(readGroup(input.logGroupName, undefined, call));
        const name = readStreamName(input.logStreamName);
        if (store.streams.has(keyOf(group.arn, name)))
          throw new AwsError("ResourceAlreadyExistsException", "The specified log stream already exists");
        store.putStream({
          groupArn: group.arn,
          name,
          arn: `${group.arn}:log-stream:${name}`,
          createdAt: call.at,
          batches: 0,
        });
        return {};
      },
    },
    DeleteLogStream: {
      needs: (input, call) => onStream(parts, "DeleteLogStream", input, call),
      answer: (input, call) => {
        const group = store.groupOf(readGroup(input.logGroupName, undefined, call));
        store.deleteStream(group, store.streamOf(group, input.logStreamName));
        return {};
      },
    },
    DescribeLogStreams: {
      needs: (input, call) =>
        onGroup(parts, "DescribeLogStreams", readGroup(input.logGroupName, input.logGroupIdentifier, call)),
      answer: (input, call) => {
        const group = store.groupOf(readGroup(input.logGroupName, input.logGroupIdentifier, call));
        const isByTime = input.orderBy === "LastEventTime";
        if (isByTime && input.logStreamNamePrefix !== undefined)
          throw invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
        const all = [...store.streams.values(keyOf(group.arn, input.logStreamNamePrefix ?? ""))];
        const keyed = all.map((stream) => ({
          stream,
          key: isByTime ? `${String(stream.lastEventAt ?? 0).padStart(16, "0")} ${stream.name}` : stream.name,
        }));
        const isDescending = input.descending === true;
        // A page's token means what comes behind: names are turned over for the other direction.
        const sorted = keyed
          .map(({ stream, key }) => ({ stream, key: isDescending ? turnedOver(key) : key }))
          .sort((a, b) => (a.key < b.key ? -1 : 1));
        const page = pageOf(sorted, ({ key }) => key, limitOf(input.limit, 50), input.nextToken);
        if (page === undefined) throw invalid("The specified nextToken is invalid.");
        return {
          logStreams: page.items.map(({ stream }) => describe(stream)),
          ...(page.next === undefined ? {} : { nextToken: page.next }),
        };
      },
    },
  } satisfies Service<"logs">["operations"];
}

function describe(stream: LogStream) {
  return {
    logStreamName: stream.name,
    creationTime: stream.createdAt,
    arn: stream.arn,
    // CloudWatch Logs API Reference, LogStream: always zero since 2019.
    storedBytes: 0,
    uploadSequenceToken: sequenceToken(stream),
    ...(stream.firstEventAt === undefined ? {} : { firstEventTimestamp: stream.firstEventAt }),
    ...(stream.lastEventAt === undefined ? {} : { lastEventTimestamp: stream.lastEventAt }),
    ...(stream.lastIngestedAt === undefined ? {} : { lastIngestionTime: stream.lastIngestedAt }),
  };
}

/** Told as ever, and ignored when given: CloudWatch Logs API Reference, PutLogEvents. */
export function sequenceToken(stream: LogStream): string {
  return `49${String(stream.batches).padStart(54, "0")}`;
}

function turnedOver(key: string): string {
  return [...Buffer.from(key, "utf8")].map((byte) => (255 - byte).toString(16).padStart(2, "0")).join("") + "~";
}
