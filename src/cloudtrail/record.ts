/**
 * A record as CloudTrail writes it, event versions 1.0 to 1.11. Every field may be missing, whatever the guide says of
 * it: trimmed exports and old versions leave out almost anything. Field names, types and versions:
 * docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export interface CloudTrailRecord {
  readonly eventVersion?: string;
  readonly userIdentity?: UserIdentity | null;
  readonly eventTime?: string;
  readonly eventSource?: string;
  readonly eventName?: string;
  readonly awsRegion?: string;
  /** An address, a service's host name, or `AWS Internal`. */
  readonly sourceIPAddress?: string;
  readonly userAgent?: string | null;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly requestParameters?: JsonObject | null;
  readonly responseElements?: JsonObject | null;
  readonly additionalEventData?: JsonObject | null;
  readonly requestID?: string;
  readonly eventID?: string;
  readonly eventType?: string;
  readonly apiVersion?: string | null;
  readonly managementEvent?: boolean;
  readonly readOnly?: boolean | string;
  readonly resources?: readonly Resource[] | null;
  readonly recipientAccountId?: string;
  readonly serviceEventDetails?: JsonObject | null;
  readonly sharedEventID?: string;
  readonly vpcEndpointId?: string;
  readonly vpcEndpointAccountId?: string;
  readonly eventCategory?: string;
  readonly addendum?: Addendum | null;
  /** Only ever seen as the string `true`. */
  readonly sessionCredentialFromConsole?: string | boolean;
  readonly edgeDeviceDetails?: JsonObject | null;
  readonly tlsDetails?: TlsDetails | null;
  readonly eventContext?: JsonObject | null;
  readonly insightDetails?: InsightDetails | null;
  /** Aggregated events only, as are `timeWindow`, `summary` and the spelling `eventId`. */
  readonly accountId?: string;
  readonly eventId?: string;
  readonly timeWindow?: TimeWindow | null;
  readonly summary?: AggregationSummary | null;
  readonly [field: string]: unknown;
}

/** Any value of JSON. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** An object of JSON. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
export interface UserIdentity {
  readonly type?: string;
  readonly principalId?: string;
  readonly arn?: string;
  readonly accountId?: string;
  readonly accessKeyId?: string;
  readonly userName?: string;
  readonly sessionContext?: SessionContext | null;
  readonly invokedBy?: string;
  readonly identityProvider?: string;
  readonly onBehalfOf?: { readonly userId?: string; readonly identityStoreArn?: string } | null;
  readonly credentialId?: string;
  readonly inScopeOf?: {
    readonly sourceArn?: string;
    readonly sourceAccount?: string;
    readonly issuerType?: string;
    readonly credentialsIssuedTo?: string;
  } | null;
  readonly invokedByDelegate?: { readonly accountId?: string } | null;
  readonly [field: string]: unknown;
}

/** How temporary credentials came about. */
export interface SessionContext {
  readonly attributes?: {
    readonly creationDate?: string;
    /** The string `true` or `false`; a boolean in very old records. */
    readonly mfaAuthenticated?: string | boolean;
  } | null;
  readonly sessionIssuer?: {
    readonly type?: string;
    readonly userName?: string;
    readonly principalId?: string;
    readonly arn?: string;
    readonly accountId?: string;
  } | null;
  readonly webIdFederationData?: {
    readonly federatedProvider?: string;
    readonly attributes?: JsonObject;
  } | null;
  readonly sourceIdentity?: string;
  readonly ec2RoleDelivery?: string;
  readonly assumedRoot?: string | boolean;
  readonly signInSessionArn?: string;
  readonly [field: string]: unknown;
}

/** A resource that an event touched; one of `ARN` and `ARNPrefix`. */
export interface Resource {
  readonly ARN?: string;
  readonly ARNPrefix?: string;
  readonly accountId?: string;
  readonly type?: string;
}

/** Why a record came late or again. */
export interface Addendum {
  readonly reason?: string;
  readonly updatedFields?: string;
  readonly originalRequestID?: string;
  readonly originalEventID?: string;
}

/** The connection that a call came over. */
export interface TlsDetails {
  readonly tlsVersion?: string;
  readonly cipherSuite?: string;
  readonly clientProvidedHostHeader?: string;
}

/** docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-insight-details.html */
export interface InsightDetails {
  readonly state?: string;
  readonly eventSource?: string;
  readonly eventName?: string;
  readonly insightType?: string;
  readonly errorCode?: string;
  readonly insightContext?: {
    readonly statistics?: {
      readonly baseline?: { readonly average?: number };
      readonly insight?: { readonly average?: number };
      /** Minutes, as is `baselineDuration`. */
      readonly insightDuration?: number;
      readonly baselineDuration?: number;
    };
    readonly attributions?: readonly InsightAttribution[];
  };
}

/** The values that stood out during an insight, and before it; at most five of each. */
export interface InsightAttribution {
  readonly attribute?: string;
  readonly insight?: readonly { readonly value?: string; readonly average?: number }[];
  readonly baseline?: readonly { readonly value?: string; readonly average?: number }[];
}

/** docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aggregated-events.html */
export interface TimeWindow {
  readonly windowStart?: string;
  readonly windowEnd?: string;
  readonly windowSize?: string;
}

/** What happened within the window, counted. */
export interface AggregationSummary {
  readonly primaryDimension?: AggregationDimension;
  readonly details?: readonly AggregationDimension[];
}

/** Counts by one dimension. */
export interface AggregationDimension {
  readonly dimension?: string;
  readonly statistics?: readonly { readonly name?: string; readonly value?: number | string }[];
  readonly aggregationType?: string;
}
