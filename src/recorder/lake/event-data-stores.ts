import { type InputOf, type OutputOf } from "../../aws/index.ts";
import { printArn } from "../arn.ts";
import { type By } from "../by.ts";
import { optionalFlag, optionalList, optionalText, optionalWhole, oneOf } from "../parameters.ts";
import { refusal } from "../refusal.ts";
import { auditStoreFieldRules } from "../selectors/advanced-rules.ts";
import { shapeOfAdvanced } from "../selectors/event-selectors.ts";
import { readAdvancedSelectors } from "../selectors/read-advanced.ts";
import { readTags, shapeOfTags, tagsOf } from "../tags.ts";
import {
  type EventDataStore,
  type LakeParts,
  channelsOf,
  findActiveStore,
  findStore,
  findStoreToRead,
  readName,
  storesIn,
  storesOf,
} from "./lake-things.ts";
import { pageOf } from "./list-page.ts";

/** Stores of an account in a region, those pending deletion counted (User Guide, "Quotas"). */
const storesMax = 10;
const selectorsMax = 5;
const dayMilliseconds = 24 * 3_600_000;

/** Days of retention by billing mode (API Reference, CreateEventDataStore). */
const retention = {
  EXTENDABLE_RETENTION_PRICING: { usual: 366, most: 3653 },
  FIXED_RETENTION_PRICING: { usual: 2557, most: 2557 },
} as const;

/** Makes a store for applications' events; those for AWS's own events are refused, for this recorder has trails. */
export async function createEventDataStore(
  parts: LakeParts,
  input: InputOf<"cloudtrail", "CreateEventDataStore">,
  by: By,
): Promise<OutputOf<"cloudtrail", "CreateEventDataStore">> {
  const name = readName(input.Name);
  const selectors = readStoreSelectors(input.AdvancedEventSelectors);
  refuseWhatIsNotHere(input);
  if (optionalFlag(input.StartIngestion, "StartIngestion") === false) {
    throw refusal("InvalidParameterException", "A store for applications' events cannot wait for its ingestion");
  }
  const billingMode = readBillingMode(input.BillingMode) ?? "EXTENDABLE_RETENTION_PRICING";
  const retentionDays = readRetention(input.RetentionPeriod, billingMode) ?? retention[billingMode].usual;
  const tags = readTags(input.TagsList ?? []);
  const isMultiRegion = optionalFlag(input.MultiRegionEnabled, "MultiRegionEnabled") ?? true;
  const isProtected = optionalFlag(input.TerminationProtectionEnabled, "TerminationProtectionEnabled") ?? true;
  checkFree(parts, name, by);
  const { region, accountId } = by;
  const arn = printArn({ kind: "eventdatastore", region, accountId, id: parts.newId() });
  const store: EventDataStore = {
    arn,
    name,
    ownerId: accountId,
    region,
    status: "ENABLED",
    selectors,
    isMultiRegion,
    retentionDays,
    isProtected,
    billingMode,
    createdAt: by.at,
    updatedAt: by.at,
  };
  parts.state.together(() => {
    storesOf(parts.state).put(arn, store);
    tagsOf(parts.state).put(arn, tags);
  });
  // It is ready at once; AWS answers CREATED all the same.
  return { ...shapeOf(store), Status: "CREATED", TagsList: shapeOfTags(tags) };
}

export async function updateEventDataStore(
  parts: LakeParts,
  input: InputOf<"cloudtrail", "UpdateEventDataStore">,
  by: By,
): Promise<OutputOf<"cloudtrail", "UpdateEventDataStore">> {
  const name = input.Name === undefined ? undefined : readName(input.Name);
  const selectors =
    input.AdvancedEventSelectors === undefined ? undefined : readStoreSelectors(input.AdvancedEventSelectors);
  refuseWhatIsNotHere(input);
  const billingMode = readBillingMode(input.BillingMode);
  const isMultiRegion = optionalFlag(input.MultiRegionEnabled, "MultiRegionEnabled");
  const isProtected = optionalFlag(input.TerminationProtectionEnabled, "TerminationProtectionEnabled");
  const before = findActiveStore(parts, input.EventDataStore, by);
  if (before.billingMode === "EXTENDABLE_RETENTION_PRICING" && billingMode === "FIXED_RETENTION_PRICING") {
    throw refusal("InvalidParameterException", "Extendable retention cannot be changed into fixed retention");
  }
  const retentionDays = readRetention(input.RetentionPeriod, billingMode ?? before.billingMode);
  if (name !== undefined && name !== before.name) checkName(parts, name, by);
  const store: EventDataStore = {
    ...before,
    name: name ?? before.name,
    selectors: selectors ?? before.selectors,
    isMultiRegion: isMultiRegion ?? before.isMultiRegion,
    isProtected: isProtected ?? before.isProtected,
    billingMode: billingMode ?? before.billingMode,
    retentionDays: retentionDays ?? before.retentionDays,
    updatedAt: by.at,
  };
  storesOf(parts.state).put(store.arn, store);
  parts.auditLog.expire(store.arn, by.at - store.retentionDays * dayMilliseconds);
  return shapeOf(store);
}

export async function getEventDataStore(
  parts: LakeParts,
  input: InputOf<"cloudtrail", "GetEventDataStore">,
  by: By,
): Promise<OutputOf<"cloudtrail", "GetEventDataStore">> {
  return { ...shapeOf(findStoreToRead(parts, input.EventDataStore, by)), FederationStatus: "DISABLED" };
}

/** AWS leaves all but ARN and name out of the list since 2023 (API Reference, EventDataStore: deprecated members). */
export async function listEventDataStores(
  parts: LakeParts,
  input: InputOf<"cloudtrail", "ListEventDataStores">,
  by: By,
): Promise<OutputOf<"cloudtrail", "ListEventDataStores">> {
  const { page, next } = pageOf(parts.tokenKey, "ListEventDataStores", storesIn(parts, by), input, by);
  return { EventDataStores: page.map(({ arn, name }) => ({ EventDataStoreArn: arn, Name: name })), ...next };
}

/** Begins the seven days in which a store can be restored. */
export async function deleteEventDataStore(
  parts: LakeParts,
  input: InputOf<"cloudtrail", "DeleteEventDataStore">,
  by: By,
): Promise<object> {
  const store = findActiveStore(parts, input.EventDataStore, by);
  if (store.isProtected) {
    throw refusal("EventDataStoreTerminationProtectedException", `Event data store ${store.arn} is protected`);
  }
  const inUse = [...channelsOf(parts.state).values()].some(({ destinations }) => destinations.includes(store.arn));
  if (inUse) throw refusal("ChannelExistsForEDSException", `A channel writes into event data store ${store.arn}`);
  storesOf(parts.state).put(store.arn, { ...store, status: "PENDING_DELETION", deletedAt: by.at, updatedAt: by.at });
  return {};
}

export async function restoreEventDataStore(
  parts: LakeParts,
  input: InputOf<"cloudtrail", "RestoreEventDataStore">,
  by: By,
): Promise<OutputOf<"cloudtrail", "RestoreEventDataStore">> {
  const store = findStore(parts, input.EventDataStore, by);
  if (store.status !== "PENDING_DELETION") {
    throw refusal("InvalidEventDataStoreStatusException", `Event data store ${store.arn} is not pending deletion`);
  }
  const { deletedAt: _, ...kept } = store;
  const restored: EventDataStore = { ...kept, status: "ENABLED", updatedAt: by.at };
  storesOf(parts.state).put(store.arn, restored);
  return shapeOf(restored);
}

/**
 * Starting and stopping is for stores of AWS's own events and configuration items (API Reference,
 * StartEventDataStoreIngestion), which none is here.
 */
export async function refuseIngestionSwitch(
  parts: LakeParts,
  input: InputOf<"cloudtrail", "StartEventDataStoreIngestion">,
  by: By,
): Promise<never> {
  const store = findStore(parts, input.EventDataStore, by);
  throw refusal(
    "InvalidEventDataStoreCategoryException",
    `Event data store ${store.arn} holds ActivityAuditLog events`,
  );
}

function readStoreSelectors(given: unknown): EventDataStore["selectors"] {
  const list = optionalList(given, "AdvancedEventSelectors");
  const categories = new Set((list ?? []).flatMap((selector) => categoryOf(selector)));
  if (list === undefined || [...categories].some((category) => category !== "ActivityAuditLog")) {
    throw refusal(
      "UnsupportedOperationException",
      "Event data stores here take ActivityAuditLog events only; AWS's own events are in trails and in the event history",
    );
  }
  if (list.length > selectorsMax) {
    throw refusal("InvalidEventSelectorsException", `A store has at most ${selectorsMax} advanced event selectors`);
  }
  return readAdvancedSelectors(list, auditStoreFieldRules);
}

/** The categories that a selector seems to ask for; whether it is right is looked at afterwards. */
function categoryOf(selector: unknown): readonly unknown[] {
  const fields: unknown = (selector as { readonly FieldSelectors?: unknown } | null)?.FieldSelectors;
  if (!Array.isArray(fields)) return [];
  return fields.flatMap((field: { readonly Field?: unknown; readonly Equals?: unknown } | null) =>
    field?.Field === "eventCategory" && Array.isArray(field.Equals) ? (field.Equals as readonly unknown[]) : [],
  );
}

/** What would change the result and is not done here. */
function refuseWhatIsNotHere(input: {
  readonly OrganizationEnabled?: boolean | undefined;
  readonly KmsKeyId?: string | undefined;
}): void {
  if (optionalFlag(input.OrganizationEnabled, "OrganizationEnabled") === true) {
    throw refusal("UnsupportedOperationException", "Event data stores here belong to one account");
  }
  if (optionalText(input.KmsKeyId, "KmsKeyId") !== undefined) {
    throw refusal("UnsupportedOperationException", "Event data stores here are not encrypted with keys of KMS");
  }
}

function readBillingMode(given: unknown): EventDataStore["billingMode"] | undefined {
  const mode = optionalText(given, "BillingMode");
  if (mode === undefined) return undefined;
  return oneOf(mode, ["EXTENDABLE_RETENTION_PRICING", "FIXED_RETENTION_PRICING"] as const, "BillingMode");
}

function readRetention(given: unknown, billingMode: EventDataStore["billingMode"]): number | undefined {
  const days = optionalWhole(given, "RetentionPeriod");
  const { most } = retention[billingMode];
  if (days !== undefined && (days < 7 || days > most)) {
    throw refusal("InvalidParameterException", `RetentionPeriod is from 7 to ${most} days`);
  }
  return days;
}

function checkFree(parts: LakeParts, name: string, by: By): void {
  checkName(parts, name, by);
  if (storesIn(parts, by).length >= storesMax) {
    throw refusal("EventDataStoreMaxLimitExceededException", `There are ${storesMax} event data stores already`);
  }
}

function checkName(parts: LakeParts, name: string, by: By): void {
  if (storesIn(parts, by).some((other) => other.name === name)) {
    throw refusal("EventDataStoreAlreadyExistsException", `Event data store ${name} already exists`);
  }
}

function shapeOf(store: EventDataStore) {
  return {
    EventDataStoreArn: store.arn,
    Name: store.name,
    Status: store.status,
    AdvancedEventSelectors: shapeOfAdvanced(store.selectors),
    MultiRegionEnabled: store.isMultiRegion,
    OrganizationEnabled: false,
    BillingMode: store.billingMode,
    RetentionPeriod: store.retentionDays,
    TerminationProtectionEnabled: store.isProtected,
    CreatedTimestamp: new Date(store.createdAt),
    UpdatedTimestamp: new Date(store.updatedAt),
  };
}
