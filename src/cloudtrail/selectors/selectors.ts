import { type CloudTrailRecord } from "../record.ts";

/** What a trail records. A trail has one kind of selectors; setting one kind takes the other away. */
export type TrailSelectors =
  | { readonly kind: "basic"; readonly selectors: readonly BasicSelector[] }
  | { readonly kind: "advanced"; readonly selectors: readonly AdvancedSelector[] };

/** As `EventSelector` of the API Reference, read. */
export interface BasicSelector {
  readonly readWriteType: "All" | "ReadOnly" | "WriteOnly";
  readonly includesManagementEvents: boolean;
  readonly dataResources: readonly { readonly type: string; readonly values: readonly string[] }[];
  readonly excludedManagementSources: readonly string[];
}

/** As `AdvancedEventSelector` of the API Reference, read. */
export interface AdvancedSelector {
  readonly name?: string;
  readonly fields: readonly FieldSelector[];
}

/** Values wanted of one field, by CloudTrail's names of the operators. */
export interface FieldSelector {
  readonly field: string;
  readonly Equals?: readonly string[];
  readonly StartsWith?: readonly string[];
  readonly EndsWith?: readonly string[];
  readonly NotEquals?: readonly string[];
  readonly NotStartsWith?: readonly string[];
  readonly NotEndsWith?: readonly string[];
}

/** What of a finished record decides whether a trail keeps it. */
export type SelectableRecord = Pick<
  CloudTrailRecord,
  | "eventCategory"
  | "eventSource"
  | "eventName"
  | "eventType"
  | "awsRegion"
  | "readOnly"
  | "resources"
  | "userIdentity"
  | "errorCode"
  | "vpcEndpointId"
  | "sessionCredentialFromConsole"
>;

/** What of a trail decides which records it keeps. */
export interface RecordingTrail {
  readonly includesGlobalServiceEvents: boolean;
  /** `RecursiveLogging`: whether CloudTrail's own deliveries are recorded. */
  readonly recordsOwnDeliveries: boolean;
  readonly selectors: TrailSelectors;
}
