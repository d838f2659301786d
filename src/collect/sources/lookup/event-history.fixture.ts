import { AwsCallError } from "../../../aws/index.ts";
import type { Clock } from "../../../base/clock.ts";
import type { LookupCall } from "./ask-pages.ts";

/** An event of a made-up event history. */
export interface HistoryEvent {
  readonly id: string;
  /** Whole seconds, milliseconds since 1970. */
  readonly at: number;
  /** From when on it is answered. */
  readonly visibleAt: number;
}

export interface HistoryOptions {
  readonly clock: Clock;
  readonly events: readonly HistoryEvent[];
  /** From 0 to 1, another at each call. */
  readonly random: () => number;
  readonly faults: { readonly throttled: number; readonly tokenLost: number; readonly failed: number };
  /** Whether a page begins behind an event, or behind a number of events, which shifts when new ones come. */
  readonly tokens: "by event" | "by number";
}

const pageMax = 50;
const dayMs = 24 * 3_600_000;

/** A model of one region's event history, which minds how often it is asked. */
export class EventHistory {
  readonly #options: HistoryOptions;
  /** Newest first, as AWS answers. */
  readonly #events: readonly HistoryEvent[];
  readonly #calls: number[] = [];
  /** The most calls that came within a second. */
  busiest = 0;

  constructor(options: HistoryOptions) {
    this.#options = options;
    this.#events = options.events.toSorted((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
  }

  get calls(): number {
    return this.#calls.length;
  }

  readonly call: LookupCall = async ({ StartTime, EndTime, NextToken, MaxResults = pageMax }, { signal }) => {
    const { clock, random, faults, tokens } = this.#options;
    const now = clock.now();
    this.#calls.push(now);
    this.busiest = Math.max(this.busiest, this.#calls.slice(-10).filter((at) => now - at < 1_000).length);
    await clock.waitUntil(now + Math.floor(random() * 400), signal);
    const chance = random();
    if (chance < faults.throttled) throw refused("ThrottlingException");
    if (chance < faults.throttled + faults.failed) throw refused("InternalFailure");
    if (NextToken !== undefined && random() < faults.tokenLost) throw refused("InvalidNextTokenException");
    const [from, to] = [StartTime?.getTime() ?? 0, EndTime?.getTime() ?? Infinity];
    if (from > to) throw refused("InvalidTimeRangeException");
    const found = this.#events.filter(
      ({ at, visibleAt }) => at >= from && at <= to && visibleAt <= clock.now() && at >= now - 90 * dayMs,
    );
    const start = NextToken === undefined ? 0 : this.#placeOf(found, NextToken);
    const page = found.slice(start, start + MaxResults);
    const last = page.at(-1);
    return {
      Events: page.map(({ id, at }) => ({
        EventId: id,
        EventTime: new Date(at),
        CloudTrailEvent: JSON.stringify({ eventID: id }),
      })),
      ...(start + MaxResults < found.length && last !== undefined
        ? { NextToken: tokens === "by event" ? `${last.at} ${last.id}` : String(start + MaxResults) }
        : {}),
    };
  };

  #placeOf(found: readonly HistoryEvent[], token: string): number {
    if (this.#options.tokens === "by number") return Number(token);
    const [at = "", id = ""] = token.split(" ");
    const behind = found.findIndex((event) => event.at < Number(at) || (event.at === Number(at) && event.id > id));
    return behind < 0 ? found.length : behind;
  }
}

function refused(code: string): AwsCallError {
  return AwsCallError.of({ service: "cloudtrail", operation: "LookupEvents" }, { code, message: code, status: 400 });
}
