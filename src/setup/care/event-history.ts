import { AwsCallError } from "../../aws/index.ts";
import type { Clock } from "../../base/clock.ts";
import type { SetupAws } from "../setup-aws.ts";
import type { SettingCall } from "../settings/setting.ts";
import type { Culprit } from "../setup.ts";
import type { EventAsk } from "./find-events.ts";

/** What asking the event history takes. */
export const historyCalls: readonly SettingCall[] = [{ action: "cloudtrail:LookupEvents", on: "everything" }];

export interface EventHistoryOptions {
  readonly aws: SetupAws;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Two questions a second in a region (CloudTrail API Reference, "LookupEvents"). */
const betweenMs = 500;
const pagesMax = 4;

/**
 * Looks for who did it where AWS itself keeps management events for 90 days, with or without a trail: when the way is
 * broken, the event that broke it does not come through it. Newest first; none where it may not be asked.
 */
export async function findInHistory(
  ask: EventAsk,
  places: readonly { readonly accountId: string; readonly region: string }[],
  { aws, clock, signal }: EventHistoryOptions,
): Promise<readonly Culprit[]> {
  const found: Culprit[] = [];
  let asked = 0;
  for (const place of places) {
    for (const eventName of ask.eventNames) {
      try {
        const client = await aws.client("cloudtrail", place);
        let NextToken: string | undefined;
        for (let page = 0; page < pagesMax; page++) {
          if (asked++ > 0) await clock.waitUntil(clock.now() + betweenMs, signal);
          const answer = await client.call("LookupEvents", {
            LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: eventName }],
            StartTime: new Date(ask.since),
            ...(NextToken === undefined ? {} : { NextToken }),
          });
          found.push(...(answer.Events ?? []).flatMap((event) => culpritOf(event.CloudTrailEvent, ask.mentions)));
          NextToken = answer.NextToken;
          if (NextToken === undefined || found.length > 0) break;
        }
      } catch (error) {
        if (!(error instanceof AwsCallError)) throw error;
      }
    }
  }
  return found.sort((a, b) => (a.eventTime < b.eventTime ? 1 : -1));
}

/** The call as its record tells it, if it succeeded and speaks of what it is to speak of. */
function culpritOf(record: string | undefined, mentions: readonly string[]): readonly Culprit[] {
  if (record === undefined || !mentions.some((text) => record.includes(text))) return [];
  let read: unknown;
  try {
    read = JSON.parse(record);
  } catch {
    return [];
  }
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  const of = (read ?? {}) as Readonly<Record<string, unknown>>;
  const identity = (of["userIdentity"] ?? {}) as Readonly<Record<string, unknown>>;
  if (text(of["errorCode"]) !== "") return [];
  return [
    {
      eventId: text(of["eventID"]),
      eventName: text(of["eventName"]),
      eventTime: text(of["eventTime"]),
      actor: text(identity["arn"]) || text(identity["invokedBy"]) || text(identity["principalId"]),
      sourceIp: text(of["sourceIPAddress"]),
      userAgent: text(of["userAgent"]),
    },
  ];
}
