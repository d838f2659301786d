import { type Collection, type LastingState } from "../../base/lasting.ts";
import { type CloudTrailArn, parseArn, printArn } from "../arn.ts";
import { type By } from "../by.ts";
import { optionalText, text } from "../parameters.ts";
import { type CloudTrailException, refusal } from "../refusal.ts";
import { tagsOf } from "../tags.ts";
import { type AdvancedSelector } from "../../cloudtrail/index.ts";
import { type AuditLog } from "./audit-log.ts";

/** An event data store, which here always holds what applications send: `ActivityAuditLog`. */
export interface EventDataStore {
  readonly arn: string;
  readonly name: string;
  readonly ownerId: string;
  readonly region: string;
  readonly status: "ENABLED" | "PENDING_DELETION";
  readonly selectors: readonly AdvancedSelector[];
  readonly isMultiRegion: boolean;
  readonly retentionDays: number;
  readonly isProtected: boolean;
  readonly billingMode: "EXTENDABLE_RETENTION_PRICING" | "FIXED_RETENTION_PRICING";
  readonly createdAt: number;
  readonly updatedAt: number;
  /** When its waiting time began, while it is pending deletion. */
  readonly deletedAt?: number;
}

/** The way that applications' events take into event data stores. */
export interface Channel {
  readonly arn: string;
  readonly name: string;
  readonly ownerId: string;
  readonly region: string;
  readonly source: string;
  /** ARNs of event data stores. */
  readonly destinations: readonly string[];
}

/** What lately came through a channel; instants in milliseconds. */
export interface Ingestion {
  readonly attemptAt: number;
  readonly attemptEventId: string;
  readonly successAt?: number;
  readonly successEventId?: string;
  readonly errorCode?: string;
}

export interface LakeParts {
  readonly state: LastingState;
  readonly auditLog: AuditLog;
  /** What page tokens are sealed with. */
  readonly tokenKey: Uint8Array;
  readonly newId: () => string;
}

/** How long a deleted store can be restored (API Reference, DeleteEventDataStore). */
const waitingMilliseconds = 7 * 24 * 3_600_000;

export function storesOf(state: LastingState): Collection<EventDataStore> {
  return state.collection("cloudtrail/event-data-stores");
}

export function channelsOf(state: LastingState): Collection<Channel> {
  return state.collection("cloudtrail/channels");
}

export function ingestionsOf(state: LastingState): Collection<Ingestion> {
  return state.collection("cloudtrail/ingestions");
}

/** Resource policies of channels and stores, as the JSON text that was put. */
export function policiesOf(state: LastingState): Collection<string> {
  return state.collection("cloudtrail/resource-policies");
}

/** The policy of a channel or a store, by its ARN. */
export function resourcePolicyOf(state: LastingState, arn: string): string | undefined {
  return policiesOf(state).get(arn);
}

/** A store of the caller's, by ARN or by the ARN's last part; pending deletion or not. */
export function findStore(parts: LakeParts, given: unknown, by: By): EventDataStore {
  removeExpired(parts, by.at);
  const arn = arnOf(given, "eventdatastore", by, "EventDataStoreARNInvalidException");
  const store = storesOf(parts.state).get(arn);
  if (store === undefined || store.ownerId !== by.accountId || store.region !== by.region) {
    throw refusal("EventDataStoreNotFoundException", `There is no event data store ${arn}`);
  }
  return store;
}

/** A store that is read: the caller's, or another's by ARN, whose policy has been asked then. */
export function findStoreToRead(parts: LakeParts, given: unknown, by: By): EventDataStore {
  const accountId = typeof given === "string" ? parseArn(given)?.accountId : undefined;
  return findStore(parts, given, { ...by, accountId: accountId ?? by.accountId });
}

/** A store of the caller's that is not pending deletion. */
export function findActiveStore(parts: LakeParts, given: unknown, by: By): EventDataStore {
  const store = findStore(parts, given, by);
  if (store.status === "PENDING_DELETION") {
    throw refusal("InactiveEventDataStoreException", `Event data store ${store.arn} is pending deletion`);
  }
  return store;
}

export function findChannel(parts: LakeParts, given: unknown, by: By): Channel {
  const arn = arnOf(given, "channel", by, "ChannelARNInvalidException");
  const channel = channelsOf(parts.state).get(arn);
  if (channel === undefined || channel.ownerId !== by.accountId || channel.region !== by.region) {
    throw refusal("ChannelNotFoundException", `There is no channel ${arn}`);
  }
  return channel;
}

export function storesIn(parts: LakeParts, by: By): readonly EventDataStore[] {
  removeExpired(parts, by.at);
  return [...storesOf(parts.state).values()].filter(
    ({ ownerId, region }) => ownerId === by.accountId && region === by.region,
  );
}

export function channelsIn(parts: LakeParts, by: By): readonly Channel[] {
  return [...channelsOf(parts.state).values()].filter(
    ({ ownerId, region }) => ownerId === by.accountId && region === by.region,
  );
}

/** Whether a store or channel is there, by its ARN. */
export function lakeThingExists(state: LastingState, arn: string): boolean {
  return storesOf(state).has(arn) || channelsOf(state).has(arn);
}

/** Names of stores and channels: 3 to 128 of these signs (API Reference, CreateEventDataStore and CreateChannel). */
export function readName(given: unknown): string {
  const name = text(given, "Name");
  if (!/^[-._A-Za-z0-9]{3,128}$/.test(name)) {
    throw refusal("InvalidParameterException", "Name has 3 to 128 letters, digits, periods, dashes and underscores");
  }
  return name;
}

/** A UUID, as stores and channels have it for their last part. */
const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function arnOf(given: unknown, kind: CloudTrailArn["kind"], by: By, code: CloudTrailException): string {
  const wanted = optionalText(given, kind) ?? "";
  const arn = wanted.startsWith("arn:")
    ? wanted
    : printArn({ kind, region: by.region, accountId: by.accountId, id: wanted });
  const parsed = parseArn(arn);
  if (parsed === undefined || parsed.kind !== kind || !idForm.test(parsed.id)) {
    throw refusal(code, `Neither the ARN nor the identifier of such a thing: ${wanted.slice(0, 300)}`);
  }
  return arn;
}

/** A store is gone when nobody restored it for seven days. */
export function removeExpired({ state, auditLog }: Pick<LakeParts, "state" | "auditLog">, at: number): void {
  const gone = [...storesOf(state).values()].filter(
    ({ deletedAt }) => deletedAt !== undefined && deletedAt + waitingMilliseconds <= at,
  );
  for (const { arn } of gone) {
    state.together(() => {
      storesOf(state).delete(arn);
      policiesOf(state).delete(arn);
      tagsOf(state).delete(arn);
    });
    auditLog.forget(arn);
  }
}
