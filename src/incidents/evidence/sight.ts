import { createHash } from "node:crypto";
import { parseStored } from "../../cloudtrail/index.ts";
import { type Actor, actorOf } from "../../lineage/index.ts";
import type { WholeEvent } from "../../store/index.ts";
import { boundedText } from "../hit-facts.ts";
import { type MadeThings, madeThings } from "./made-things.ts";
import { textAt } from "./record-values.ts";
import { touchedResources } from "./touched-resources.ts";

/** What one event tells of its story. */
export interface Sight {
  /** `account/eventID`. */
  readonly event: string;
  readonly accountId: string;
  readonly actor: Actor;
  readonly made: MadeThings;
  readonly touched: readonly string[];
  readonly address: string;
  readonly userAgent: string;
  /** As much of the record as following its caller back needs. */
  readonly record: unknown;
}

/** Larger records are told by their columns alone. */
const recordBytesMax = 300_000;

/** Reads what an event tells. */
export function sightOf({ event, raw }: WholeEvent): Sight {
  const record = parsed(raw) ?? {
    ...{ eventName: event.eventName, eventSource: event.eventSource, awsRegion: event.region },
    recipientAccountId: event.account,
    userIdentity: { type: event.identityType, arn: event.principalArn, accessKeyId: event.accessKey },
  };
  return {
    event: `${event.account}/${event.id}`,
    accountId: event.account,
    actor: actorOf(record),
    made: madeThings(record, event.account),
    touched: touchedResources(record, event),
    address: boundedText(event.sourceIp),
    userAgent: boundedText(event.userAgent),
    record: followable(record),
  };
}

/** All that following somebody back needs: records may be large, and many are remembered. */
function followable(record: object): object {
  const { userIdentity, recipientAccountId, awsRegion } = record as Readonly<Record<string, unknown>>;
  const switchedFrom = textAt(record, "additionalEventData", "SwitchFrom");
  return {
    ...{ userIdentity, recipientAccountId, awsRegion },
    ...{ eventTime: textAt(record, "eventTime"), eventName: textAt(record, "eventName") },
    ...(switchedFrom === "" ? {} : { additionalEventData: { SwitchFrom: switchedFrom } }),
  };
}

function parsed(raw: Buffer): object | undefined {
  return raw.length > recordBytesMax ? undefined : parseStored(raw);
}

/** A short stand-in for an event's key, so that an event in two findings is counted once. */
export function markOf(event: string): string {
  return createHash("sha256").update(event).digest("base64url").slice(0, 9);
}
