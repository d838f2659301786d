import { createHash } from "node:crypto";
import type { CloudTrailRecord } from "../../cloudtrail/index.ts";
import type { Actor } from "../../lineage/index.ts";
import type { StoredRecord } from "../../store/index.ts";

/** What is kept of an event that a rule matched: the event itself is soon forgotten. */
export interface EventFacts {
  /** `account/eventID`. */
  readonly key: string;
  readonly at: number;
  readonly accountId: string;
  readonly region: string;
  readonly actor: string;
  readonly actorName: string;
  readonly eventName: string;
  readonly eventSource: string;
  readonly errorCode: string;
  readonly principalArn: string;
  readonly accessKey: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly resources: readonly string[];
}

const textLengthMax = 500;
const resourcesMax = 20;
/** Texts that are kept once, however many events have them. */
const sharedMax = 20_000;

/** Takes the facts out of events, which share texts: thousands of them wait in memory for what comes next. */
export class FactTaker {
  readonly #actorOf: (record: unknown) => Actor;
  readonly #shared = new Map<string, string>();

  constructor(actorOf: (record: unknown) => Actor) {
    this.#actorOf = actorOf;
  }

  factsOf(event: Pick<StoredRecord, "account" | "id" | "time">, record: unknown): EventFacts {
    const actor = this.#actorOf(record);
    const told = typeof record === "object" && record !== null ? (record as CloudTrailRecord) : {};
    const text = (value: unknown) => (typeof value === "string" ? this.#share(value) : "");
    const resources: readonly unknown[] = Array.isArray(told.resources) ? told.resources : [];
    return {
      key: keyOf(event),
      at: event.time,
      accountId: text(event.account),
      region: text(told.awsRegion),
      actor: text(actor.key),
      actorName: text(actor.name),
      eventName: text(told.eventName),
      eventSource: text(told.eventSource),
      errorCode: text(told.errorCode),
      principalArn: text(actor.arn),
      accessKey: text(actor.accessKey),
      sourceIp: text(told.sourceIPAddress),
      userAgent: text(told.userAgent),
      resources: resources
        .map((each) => text((each as { ARN?: unknown } | null)?.ARN))
        .filter((arn) => arn !== "")
        .slice(0, resourcesMax),
    };
  }

  #share(value: string): string {
    const known = this.#shared.get(value);
    if (known !== undefined) return known;
    if (this.#shared.size >= sharedMax) this.#shared.clear();
    const bound = boundText(value);
    // What is cut is held in its short form alone.
    if (bound.length === value.length) this.#shared.set(value, bound);
    return bound;
  }
}

/** What an event is one with everywhere. */
export function keyOf({ account, id }: { readonly account: string; readonly id: string }): string {
  return boundText(`${account}/${id}`);
}

/** A text from a log that every database takes: cut, with a mark of what was cut, and without what is no character. */
export function boundText(text: string): string {
  // Postgres refuses the character 0 in a text.
  const clean = text.replaceAll("\0", "\uFFFD").toWellFormed();
  if (clean.length <= textLengthMax) return clean;
  return `${clean.slice(0, textLengthMax - 20).toWellFormed()}…${markOf(clean)}`;
}

/** Tells texts apart that are not kept whole. */
export function markOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
