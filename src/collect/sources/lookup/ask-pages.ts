import { AwsCallError, type InputOf, type OutputOf } from "../../../aws/index.ts";
import type { Clock } from "../../../base/clock.ts";
import { growingPauseMs } from "../../../base/growing-pause.ts";
import type { CallPace } from "./call-pace.ts";
import type { TimeSpan } from "./time-spans.ts";

/** LookupEvents of one account in one region. */
export type LookupCall = (
  input: InputOf<"cloudtrail", "LookupEvents">,
  options: { readonly signal: AbortSignal },
) => Promise<OutputOf<"cloudtrail", "LookupEvents">>;

export interface LookedUpEvent {
  readonly id: string;
  readonly at: number;
  /** The record, as JSON. */
  readonly record: string;
}

export interface AskPagesOptions {
  readonly call: LookupCall;
  readonly pace: CallPace;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** An answer came. */
  readonly onAnswer: () => void;
  /** A call was refused or failed; it is made again. */
  readonly onTrouble: (error: unknown) => void;
}

/** At most fifty events an answer (API Reference, LookupEvents). */
const resultsMax = 50;
const pauseMs = { first: 1_000, most: 60_000 };
/** What cannot be answered any further with the token at hand. */
const tokenLost = /^(InvalidNextToken|ExpiredNextToken|InvalidParameterCombination)/;
const throttled = /^(Throttling|ThrottlingException|RequestLimitExceeded|TooManyRequestsException)$/;

/**
 * Asks for all events of a stretch of time, page by page. Gives whether the last page came: a token that AWS no longer
 * knows ends it before. Rejects only when it is aborted, or when whoever takes a page does.
 */
export async function askPages(
  { from, to }: TimeSpan,
  options: AskPagesOptions,
  onPage: (events: readonly LookedUpEvent[]) => Promise<void>,
): Promise<{ readonly isWhole: boolean; readonly pages: number }> {
  let pages = 0;
  let NextToken: string | undefined;
  do {
    // Both ends belong to it, by the second: what lies on an edge comes with both neighbours.
    const input = {
      StartTime: new Date(from),
      EndTime: new Date(to),
      MaxResults: resultsMax,
      ...(NextToken === undefined ? {} : { NextToken }),
    };
    const answer = await askUntilAnswered(input, options);
    if (answer === undefined) return { isWhole: false, pages };
    pages++;
    await onPage(readEvents(answer));
    NextToken = answer.NextToken;
  } while (NextToken !== undefined && NextToken !== "");
  return { isWhole: true, pages };
}

/** Undefined when the token is lost. */
async function askUntilAnswered(
  input: InputOf<"cloudtrail", "LookupEvents">,
  { call, pace, clock, signal, onAnswer, onTrouble }: AskPagesOptions,
): Promise<OutputOf<"cloudtrail", "LookupEvents"> | undefined> {
  for (let failures = 0; ; failures++) {
    await pace.turn(signal);
    try {
      const answer = await call(input, { signal });
      onAnswer();
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      const code = error instanceof AwsCallError ? error.code : "";
      if (input.NextToken !== undefined && tokenLost.test(code)) return undefined;
      const wait = growingPauseMs(pauseMs, failures);
      if (throttled.test(code)) pace.holdFor(wait);
      else {
        onTrouble(error);
        await clock.waitUntil(clock.now() + wait, signal);
      }
    }
  }
}

function readEvents({ Events = [] }: OutputOf<"cloudtrail", "LookupEvents">): LookedUpEvent[] {
  return Events.flatMap(({ EventId, EventTime, CloudTrailEvent }) =>
    CloudTrailEvent === undefined
      ? []
      : [{ id: EventId ?? CloudTrailEvent, at: EventTime?.getTime() ?? Number.NaN, record: CloudTrailEvent }],
  );
}
