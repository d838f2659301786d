import { randomUUID } from "node:crypto";

import { type InputOf, type OperationName, type OutputOf } from "../../aws/index.ts";
import { type LastingState } from "../../base/lasting.ts";
import { type By } from "../by.ts";
import { type AuditLog } from "../lake/audit-log.ts";
import * as channels from "../lake/channels.ts";
import * as stores from "../lake/event-data-stores.ts";
import { lakeThingExists } from "../lake/lake-things.ts";
import * as policies from "../lake/resource-policies.ts";
import { type History } from "../lookup/history.ts";
import { lookupEvents } from "../lookup/lookup-events.ts";
import { type Delegations, type Outlets } from "../outlets.ts";
import { type PublicKeys } from "../public-keys.ts";
import { refusal } from "../refusal.ts";
import { getEventSelectors, putEventSelectors } from "../selectors/event-selectors.ts";
import { getInsightSelectors, putInsightSelectors } from "../selectors/insight-selectors.ts";
import { createTrail, updateTrail } from "../trails/change-trail.ts";
import { describeTrails, getTrail, getTrailStatus, listTrails } from "../trails/read-trails.ts";
import { addTags, listTags, removeTags } from "../trails/tag-resources.ts";
import { type WritableTrailBook } from "../trails/trail-book.ts";
import { deleteTrail, startLogging, stopLogging } from "../trails/trail-logging.ts";
import { callRates } from "./call-rates.ts";
import {
  deregisterOrganizationDelegatedAdmin,
  registerOrganizationDelegatedAdmin,
} from "./delegated-administrators.ts";
import { getEventConfiguration, putEventConfiguration } from "./event-configuration.ts";
import { listPublicKeys } from "./list-public-keys.ts";

type Name = OperationName<"cloudtrail">;

/** CloudTrail's operations, without the wire and without permissions. */
export type CloudTrailApi = {
  readonly [N in Name]?: (input: InputOf<"cloudtrail", N>, by: By) => Promise<OutputOf<"cloudtrail", N>>;
};

/** What the API stands on. */
export interface CloudTrailApiParts {
  readonly state: LastingState;
  readonly trails: WritableTrailBook;
  readonly outlets: Outlets;
  readonly delegations: Delegations;
  readonly history: History;
  readonly publicKeys: PublicKeys;
  readonly auditLog: AuditLog;
  /** Identifiers of stores, channels and audit events; UUIDs. */
  readonly newId?: () => string;
  /** Whether calls beyond AWS's rates are refused. */
  readonly isThrottled?: boolean;
}

/**
 * The CloudTrail API. Of several things that are wrong with a call, the parameters are told first, then what is there
 * already, then what bucket, topic, key, log group and organization say; AWS does not document its order.
 */
export function cloudTrailApi(given: CloudTrailApiParts): CloudTrailApi {
  const { state, trails, history } = given;
  const parts = { ...given, newId: given.newId ?? randomUUID, tokenKey: history.tokenKey };
  const tags = { state, exists: (arn: string) => trails.get(arn) !== undefined || lakeThingExists(state, arn) };
  const api: CloudTrailApi = {
    CreateTrail: (input, by) => createTrail(parts, input, by),
    UpdateTrail: (input, by) => updateTrail(parts, input, by),
    DeleteTrail: (input, by) => deleteTrail(parts, input, by),
    GetTrail: (input, by) => getTrail(parts, input, by),
    DescribeTrails: (input, by) => describeTrails(parts, input, by),
    ListTrails: (input, by) => listTrails(parts, input, by),
    StartLogging: (input, by) => startLogging(parts, input, by),
    StopLogging: (input, by) => stopLogging(parts, input, by),
    GetTrailStatus: (input, by) => getTrailStatus(parts, input, by),
    PutEventSelectors: (input, by) => putEventSelectors(parts, input, by),
    GetEventSelectors: (input, by) => getEventSelectors(parts, input, by),
    PutInsightSelectors: (input, by) => putInsightSelectors(parts, input, by),
    GetInsightSelectors: (input, by) => getInsightSelectors(parts, input, by),
    PutEventConfiguration: (input, by) => putEventConfiguration(parts, input, by),
    GetEventConfiguration: (input, by) => getEventConfiguration(parts, input, by),
    AddTags: (input, by) => addTags(tags, input, by),
    RemoveTags: (input, by) => removeTags(tags, input, by),
    ListTags: (input, by) => listTags(tags, input, by),
    LookupEvents: (input, by) => lookupEvents(parts, input, by),
    ListPublicKeys: (input, by) => listPublicKeys(parts, input, by),
    RegisterOrganizationDelegatedAdmin: (input, by) => registerOrganizationDelegatedAdmin(parts, input, by),
    DeregisterOrganizationDelegatedAdmin: (input, by) => deregisterOrganizationDelegatedAdmin(parts, input, by),
    CreateEventDataStore: (input, by) => stores.createEventDataStore(parts, input, by),
    UpdateEventDataStore: (input, by) => stores.updateEventDataStore(parts, input, by),
    GetEventDataStore: (input, by) => stores.getEventDataStore(parts, input, by),
    ListEventDataStores: (input, by) => stores.listEventDataStores(parts, input, by),
    DeleteEventDataStore: (input, by) => stores.deleteEventDataStore(parts, input, by),
    RestoreEventDataStore: (input, by) => stores.restoreEventDataStore(parts, input, by),
    StartEventDataStoreIngestion: (input, by) => stores.refuseIngestionSwitch(parts, input, by),
    StopEventDataStoreIngestion: (input, by) => stores.refuseIngestionSwitch(parts, input, by),
    CreateChannel: (input, by) => channels.createChannel(parts, input, by),
    UpdateChannel: (input, by) => channels.updateChannel(parts, input, by),
    GetChannel: (input, by) => channels.getChannel(parts, input, by),
    ListChannels: (input, by) => channels.listChannels(parts, input, by),
    DeleteChannel: (input, by) => channels.deleteChannel(parts, input, by),
    PutResourcePolicy: (input, by) => policies.putResourcePolicy(parts, input, by),
    GetResourcePolicy: (input, by) => policies.getResourcePolicy(parts, input, by),
    DeleteResourcePolicy: (input, by) => policies.deleteResourcePolicy(parts, input, by),
    ...Object.fromEntries(queryOperations.map((name) => [name, refuseQuery])),
  };
  return given.isThrottled === true ? throttled(api) : api;
}

/** What CloudTrail Lake has beyond taking events in; Trailwarden's own search is the way here. */
export const queryOperations = [
  "StartQuery",
  "CancelQuery",
  "DescribeQuery",
  "GetQueryResults",
  "ListQueries",
  "GenerateQuery",
  "SearchSampleQueries",
  "StartImport",
  "StopImport",
  "GetImport",
  "ListImports",
  "ListImportFailures",
  "EnableFederation",
  "DisableFederation",
  "CreateDashboard",
  "UpdateDashboard",
  "GetDashboard",
  "ListDashboards",
  "DeleteDashboard",
  "StartDashboardRefresh",
  "ListInsightsData",
  "ListInsightsMetricData",
] as const satisfies readonly Name[];

async function refuseQuery(): Promise<never> {
  throw refusal("UnsupportedOperationException", "Not done here: search stored events with Trailwarden instead");
}

function throttled(api: CloudTrailApi): CloudTrailApi {
  const checkRate = callRates();
  const entries = Object.entries(api) as [Name, (input: object, by: By) => Promise<object>][];
  return Object.fromEntries(
    entries.map(([name, operation]) => [
      name,
      async (input: object, by: By) => {
        checkRate(name, by);
        return operation(input, by);
      },
    ]),
  );
}
