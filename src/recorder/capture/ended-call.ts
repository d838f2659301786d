import { type AwsOperation } from "../../aws/index.ts";
import { type JsonObject, type UserIdentity } from "../../cloudtrail/index.ts";
import { type ApiCall } from "../api-call.ts";

/** A request to AWS and what came of it, as whoever served it, or let it pass, saw it. */
export interface EndedCall {
  readonly operation: AwsOperation;
  /** By the SDK's names of members. */
  readonly input: object;
  /** None where the call failed. */
  readonly output?: object;
  /** The code as it went over the wire. */
  readonly error?: { readonly code: string; readonly message: string; readonly status?: number };
  /** When it ended. */
  readonly at: number;
  /** The account that the call acts in. */
  readonly accountId: string;
  readonly region: string;
  readonly identity: UserIdentity;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly requestId: string;
  /** The name that the client asked for, such as `logs.s3.amazonaws.com`; of S3 alone it is recorded. */
  readonly host?: string;
  /** How the request was signed, and the bytes of its content and of its answer's; of S3 alone they are recorded. */
  readonly signed?: "header" | "query" | "none";
  readonly bytesIn?: number;
  readonly bytesOut?: number;
  readonly tlsDetails?: ApiCall["tlsDetails"];
  /** Whether the credentials came from a session of the console. */
  readonly isOfConsole?: boolean;
  /** What the service itself said about the record; later ones go over earlier ones, or add to them. */
  readonly notes?: readonly CallNote[];
}

/** What a record says beyond what input and output tell. */
export interface CallNote {
  /** Instead of the parameters made from the input by the general rule. `null` leaves them out. */
  readonly requestParameters?: JsonObject | null;
  /** Instead of the elements made from the output by the general rule. `null` leaves them out. */
  readonly responseElements?: JsonObject | null;
  readonly additionalEventData?: JsonObject;
  readonly resources?: ApiCall["resources"];
  /** The record's name where CloudTrail's differs from the operation's. */
  readonly eventName?: string;
  /** Accounts that get the record, when not the caller's alone; they then share a `sharedEventID`. */
  readonly recipients?: readonly string[];
  /** A data event is recorded only where a trail selects it. */
  readonly category?: ApiCall["category"];
  readonly isReadOnly?: boolean;
  /** Further records of the same request, such as a `DeleteObject` for each object of `DeleteObjects`. */
  readonly alsoRecord?: readonly { readonly operation: string; readonly input: object; readonly note: CallNote }[];
}
