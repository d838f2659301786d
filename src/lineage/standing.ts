import { type CloudTrailRecord, describeIdentity, parseEventTime } from "../cloudtrail/index.ts";
import type { Actor } from "./actor.ts";
import { actorOf } from "./actor-of.ts";

/** What an event tells of its caller, as far as the way back needs it. */
export interface Standing {
  readonly actor: Actor;
  /** Milliseconds since the epoch; undefined where the event tells none, or where no event told of this caller. */
  readonly time: number | undefined;
  /** When the session's credentials were issued. */
  readonly issuedAt: number | undefined;
  /** Of a role's session the role, of a federated session whoever asked for it. */
  readonly issuerArn: string | undefined;
  /** The event itself says that it was made in the console. */
  readonly isFromConsole: boolean;
  /** Who switched to the role in the console. */
  readonly switchedFrom: string | undefined;
}

/** Reads it out of a record. Total, as `actorOf` is. */
export function standingOf(record: unknown): Standing {
  const told: CloudTrailRecord = isObject(record) ? record : {};
  const attributes = told.userIdentity?.sessionContext?.attributes;
  return {
    actor: actorOf(told),
    time: parseEventTime(told.eventTime),
    issuedAt: parseEventTime(attributes?.creationDate),
    issuerArn: describeIdentity(told).issuerArn,
    isFromConsole: told.sessionCredentialFromConsole === "true" || told.sessionCredentialFromConsole === true,
    switchedFrom: textOf(isObject(told.additionalEventData) ? told.additionalEventData["SwitchFrom"] : undefined),
  };
}

/** A caller of whom only the ARN is known. */
export function standingOfArn(arn: string): Standing {
  const accountId = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];
  const userIdentity = { arn, ...(accountId === undefined ? {} : { accountId }) };
  return standingOf({ userIdentity });
}

const textCharactersMax = 512;

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value.slice(0, textCharactersMax) : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
