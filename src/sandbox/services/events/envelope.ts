import { type JsonObject, type JsonValue } from "../../../cloudtrail/index.ts";

/** An event on its way through a bus: EventBridge User Guide, "Event structure". */
export interface Envelope {
  readonly id: string;
  readonly detailType: string;
  readonly source: string;
  readonly account: string;
  readonly at: number;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
  /** When the bus took it. */
  readonly takenAt: number;
  readonly isReadOnlyManagement: boolean;
  /** How many buses it has come through before. */
  readonly hops: number;
}

/** The event as rules see it and targets get it. */
export function eventOf(envelope: Envelope): JsonObject {
  return {
    version: "0",
    id: envelope.id,
    "detail-type": envelope.detailType,
    source: envelope.source,
    account: envelope.account,
    time: `${new Date(envelope.at).toISOString().slice(0, 19)}Z`,
    region: envelope.region,
    resources: envelope.resources,
    detail: envelope.detail,
  };
}

/** Reads an object from JSON text. */
export function readObject(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}
