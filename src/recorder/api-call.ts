import { type JsonObject, type UserIdentity } from "../cloudtrail/index.ts";

/** A call to AWS that has ended, as the recorder is told of it. */
export interface ApiCall {
  /** When it ended, in milliseconds since 1970. */
  readonly at: number;
  /** Accounts that get the record: the caller's and, where it differs, the resource's. */
  readonly recipients: readonly string[];
  readonly region: string;
  /** `iam.amazonaws.com` */
  readonly eventSource: string;
  readonly eventName: string;
  readonly eventType: "AwsApiCall" | "AwsServiceEvent" | "AwsConsoleAction" | "AwsConsoleSignIn";
  readonly category: "Management" | "Data";
  readonly isReadOnly: boolean;
  readonly identity: UserIdentity;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  readonly requestParameters: JsonObject | null;
  readonly responseElements: JsonObject | null;
  readonly additionalEventData?: JsonObject;
  /** Some services leave out the message; a sign-in that failed has no code. */
  readonly error?: { readonly code?: string; readonly message?: string };
  /** Sign-ins have none (11 of 11 records). */
  readonly requestId?: string;
  /** Where whoever made the call has to know it beforehand; of the first recipient's record. */
  readonly eventId?: string;
  readonly apiVersion?: string;
  readonly resources?: readonly {
    readonly ARN: string;
    /** The ARN is the beginning of many; a record has it as `ARNPrefix`. */
    readonly isPrefix?: boolean;
    readonly accountId?: string;
    readonly type?: string;
  }[];
  readonly tlsDetails?: {
    readonly tlsVersion: string;
    readonly cipherSuite: string;
    readonly clientProvidedHostHeader: string;
  };
  readonly vpcEndpointId?: string;
  readonly serviceEventDetails?: JsonObject;
  readonly sessionCredentialFromConsole?: boolean;
}
