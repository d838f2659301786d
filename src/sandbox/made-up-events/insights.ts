import type { Random } from "./random.ts";
import { formatInstant, type Happening, type JsonObject, type MadeUpRecord } from "./record.ts";

export interface InsightOptions {
  readonly random: Random;
  readonly accountId: string;
  readonly region: string;
  readonly startsAt: number;
  readonly minutes: number;
  readonly eventSource: string;
  readonly eventName: string;
  /** Makes it an insight about a rate of errors. */
  readonly errorCode?: string;
  /** Calls a minute, before and during. */
  readonly baseline: number;
  readonly insight: number;
  readonly principal: string;
  readonly userAgent: string;
}

/** Start and end of an Insights event, shaped as in the user guide's page on `insightDetails`. */
export function insightPair(options: InsightOptions): readonly Happening[] {
  const sharedEventID = options.random.uuid();
  const endsAt = options.startsAt + options.minutes * 60_000;
  return [
    {
      at: options.startsAt,
      record: insightRecord(options, "Start", options.startsAt, sharedEventID),
    },
    { at: endsAt, record: insightRecord(options, "End", endsAt, sharedEventID) },
  ];
}

function insightRecord(
  options: InsightOptions,
  state: "Start" | "End",
  at: number,
  sharedEventID: string,
): MadeUpRecord {
  const { errorCode, baseline, insight } = options;
  const statistics = {
    baseline: { average: baseline },
    insight: { average: insight },
    insightDuration: state === "Start" ? 1 : options.minutes,
    baselineDuration: 11_336,
  };
  const attributions = [
    attribution("userIdentityArn", options.principal, options),
    attribution("userAgent", options.userAgent, options),
    ...(errorCode === undefined ? [attribution("errorCode", "null", options)] : []),
  ];
  return {
    eventVersion: "1.09",
    eventTime: formatInstant(at),
    awsRegion: options.region,
    eventID: options.random.uuid(),
    eventType: "AwsCloudTrailInsight",
    recipientAccountId: options.accountId,
    sharedEventID,
    insightDetails: {
      state,
      eventSource: options.eventSource,
      eventName: options.eventName,
      insightType: errorCode === undefined ? "ApiCallRateInsight" : "ApiErrorRateInsight",
      ...(errorCode === undefined ? {} : { errorCode }),
      insightContext: { statistics, attributions },
    },
    eventCategory: "Insight",
  };
}

function attribution(attribute: string, value: string, { baseline, insight }: InsightOptions): JsonObject {
  return {
    attribute,
    insight: [{ value, average: insight }],
    baseline: [{ value, average: baseline }],
  };
}
