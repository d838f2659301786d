import { keyOf } from "../../../base/lasting.ts";
import { type Service } from "../../service.ts";
import { compileFilter } from "./filter-pattern.ts";
import { limitOf } from "./group-operations.ts";
import { invalid } from "./invalid-parameter.ts";
import { type LogsParts, onGroup, onStream, readGroup } from "./log-names.ts";
import { type LogEvent } from "./log-store.ts";

const eventsMax = 10_000;
const answerBytesMax = 1_048_576;

/** Events go out: of one stream page by page, or of a group by a filter. */
export function readOperations(parts: LogsParts) {
  const { store } = parts;
  return {
    GetLogEvents: {
      needs: (input, call) => onStream(parts, "GetLogEvents", input, call),
      answer: (input, call) => {
        const group = store.groupOf(readGroup(input.logGroupName, input.logGroupIdentifier, call));
        const stream = store.streamOf(group, input.logStreamName);
        if (input.unmask === true) throw invalid("Masking is not part of this endpoint.");
        const all = store.read(group, stream.name, input.startTime, input.endTime);
        const limit = limitOf(input.limit, eventsMax);
        const [direction, id] = readToken(input.nextToken) ?? [input.startFromHead === true ? "f" : "b", undefined];
        const page =
          direction === "f"
            ? forward(
                all.filter((event) => id === undefined || event.id > id),
                limit,
              )
            : backward(
                all.filter((event) => id === undefined || event.id < id),
                limit,
              );
        // At an end the token stays as it was: CloudWatch Logs API Reference, GetLogEvents.
        const edge = id ?? (direction === "f" ? "" : "9".repeat(33));
        return {
          events: page.map(({ at, message, ingestedAt }) => ({ timestamp: at, message, ingestionTime: ingestedAt })),
          nextForwardToken: `f/${page.at(-1)?.id ?? edge}`,
          nextBackwardToken: `b/${page[0]?.id ?? edge}`,
        };
      },
    },
    FilterLogEvents: {
      needs: (input, call) =>
        onGroup(parts, "FilterLogEvents", readGroup(input.logGroupName, input.logGroupIdentifier, call)),
      answer: (input, call) => {
        const group = store.groupOf(readGroup(input.logGroupName, input.logGroupIdentifier, call));
        const { logStreamNames: names, logStreamNamePrefix: prefix } = input;
        if (names !== undefined && prefix !== undefined)
          throw invalid("logStreamNames and logStreamNamePrefix are mutually exclusive.");
        if (names !== undefined && names.length > 100) throw invalid("logStreamNames has at most 100 entries.");
        if (input.unmask === true) throw invalid("Masking is not part of this endpoint.");
        const isMatch = compileFilter(input.filterPattern);
        const streams = names?.map((name) => store.streamOf(group, name)) ?? [
          ...store.streams.values(keyOf(group.arn, prefix ?? "")),
        ];
        const after = readFilterToken(input.nextToken);
        const found = streams.flatMap(({ name }) =>
          // `endTime` is the first instant that is not wanted any more.
          store
            .read(group, name, input.startTime, input.endTime)
            .filter(({ message }) => isMatch(message))
            .map((event) => ({ ...event, stream: name, place: `${event.id} ${name}` })),
        );
        const sorted = found
          .filter(({ place }) => after === undefined || place > after)
          .sort((a, b) => (a.place < b.place ? -1 : 1));
        const page = forward(sorted, limitOf(input.limit, eventsMax));
        const last = page.at(-1);
        return {
          events: page.map(({ at, message, ingestedAt, stream, id }) => ({
            logStreamName: stream,
            timestamp: at,
            message,
            ingestionTime: ingestedAt,
            eventId: id.padStart(56, "3"),
          })),
          // Since 2019 every stream is searched whole, and the list stays empty.
          searchedLogStreams: [],
          ...(last === undefined || page.length === sorted.length
            ? {}
            : { nextToken: Buffer.from(last.place, "utf8").toString("base64url") }),
        };
      },
    },
  } satisfies Service<"logs">["operations"];
}

/** As many of the first as an answer may hold, at least one. */
function forward<Event extends LogEvent>(events: readonly Event[], limit: number): readonly Event[] {
  return events.slice(0, fitting(events, limit));
}

function backward(events: readonly LogEvent[], limit: number): readonly LogEvent[] {
  return events.slice(events.length - fitting(events.slice(-limit).toReversed(), limit));
}

function fitting(events: readonly LogEvent[], limit: number): number {
  let bytes = 0;
  let count = 0;
  for (const { message } of events) {
    bytes += Buffer.byteLength(message);
    if (count === limit || (count > 0 && bytes > answerBytesMax)) break;
    count += 1;
  }
  return count;
}

function readToken(token: string | undefined): readonly ["f" | "b", string] | undefined {
  if (token === undefined) return undefined;
  const found = /^([fb])\/(\d{33}|)$/u.exec(token);
  if (found === null) throw invalid("The specified nextToken is invalid.");
  return [found[1] === "f" ? "f" : "b", found[2] ?? ""];
}

function readFilterToken(token: string | undefined): string | undefined {
  if (token === undefined) return undefined;
  const place = token.length > 2_048 ? "" : Buffer.from(token, "base64url").toString("utf8");
  if (!/^\d{33} /u.test(place)) throw invalid("The specified nextToken is invalid.");
  return place;
}
