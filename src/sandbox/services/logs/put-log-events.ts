import { type Service } from "../../service.ts";
import { invalid } from "./invalid-parameter.ts";
import { type LogsParts, onStream, readGroup } from "./log-names.ts";
import { eventOverheadBytes } from "./log-store.ts";
import { sequenceToken } from "./stream-operations.ts";

/** CloudWatch Logs API Reference, PutLogEvents. */
const limits = {
  batchBytes: 1_048_576,
  events: 10_000,
  spanMilliseconds: 86_400_000,
  aheadMilliseconds: 2 * 3_600_000,
  ageMilliseconds: 14 * 86_400_000,
};

/** Events come in; what is too old or too new is left out, and said so. */
export function putLogEventsOperation(parts: LogsParts) {
  const { store } = parts;
  return {
    PutLogEvents: {
      needs: (input, call) => onStream(parts, "PutLogEvents", input, call),
      answer: (input, call) => {
        const group = store.groupOf(readGroup(input.logGroupName, undefined, call));
        const stream = store.streamOf(group, input.logStreamName);
        call.note({
          category: "Data",
          resources: [{ ARN: stream.arn, accountId: group.accountId, type: "AWS::Logs::LogStream" }],
          requestParameters: { logGroupName: group.name, logStreamName: stream.name },
        });
        if (input.entity !== undefined) throw invalid("Entities are not part of this endpoint.");
        const events = readEvents(input.logEvents);
        const keptFrom = store.keptFrom(group);
        const oldest = call.at - limits.ageMilliseconds;
        const tooNew = events.findIndex(({ at }) => at > call.at + limits.aheadMilliseconds);
        const end = tooNew < 0 ? events.length : tooNew;
        const firstFresh = firstAt(events, oldest);
        const firstKept = firstAt(events, keptFrom);
        store.append(group, stream, events.slice(Math.max(firstFresh, firstKept), end));
        const rejected = {
          ...(tooNew < 0 ? {} : { tooNewLogEventStartIndex: tooNew }),
          ...(firstFresh === 0 ? {} : { tooOldLogEventEndIndex: firstFresh }),
          ...(firstKept === 0 ? {} : { expiredLogEventEndIndex: firstKept }),
        };
        return {
          nextSequenceToken: sequenceToken(store.streamOf(group, stream.name)),
          ...(Object.keys(rejected).length === 0 ? {} : { rejectedLogEventsInfo: rejected }),
        };
      },
    },
  } satisfies Service<"logs">["operations"];
}

type WireEvents = readonly { readonly timestamp: number | undefined; readonly message: string | undefined }[];

function readEvents(given: WireEvents | undefined): readonly { readonly at: number; readonly message: string }[] {
  const events = (given ?? []).map(({ timestamp, message }) => ({ at: timestamp ?? -1, message: message ?? "" }));
  if (events.length === 0 || events.length > limits.events)
    throw invalid(`Log events has 1 to ${limits.events} entries.`);
  let bytes = 0;
  let before = 0;
  for (const { at, message } of events) {
    if (!(Number.isSafeInteger(at) && at >= 0)) throw invalid("A log event's timestamp is a number of milliseconds.");
    if (message === "") throw invalid("Log event message must have a length greater than or equal to 1");
    if (at < before) throw invalid("Log events in a single PutLogEvents request must be in chronological order.");
    before = at;
    bytes += Buffer.byteLength(message) + eventOverheadBytes;
  }
  if (bytes > limits.batchBytes)
    throw invalid(`Upload too large: ${bytes} bytes exceeds limit of ${limits.batchBytes}`);
  if (before - (events[0]?.at ?? 0) > limits.spanMilliseconds)
    throw invalid("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
  return events;
}

/** The place of the first event that is not before an instant. */
function firstAt(events: readonly { readonly at: number }[], from: number): number {
  const found = events.findIndex(({ at }) => at >= from);
  return found < 0 ? events.length : found;
}
