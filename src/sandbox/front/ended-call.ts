import { type AwsError, type AwsOperation } from "../../aws/index.ts";
import { type CallNote } from "../../recorder/index.ts";
import { type Caller } from "../caller.ts";

/** A call that has ended, before its answer is sent: all that a record is made of. */
export interface EndedCall {
  /** With its service and the shapes of input and output. */
  readonly operation: AwsOperation;
  /** As the SDK has it, without a streamed body; empty when the request could not be read. */
  readonly input: object;
  readonly output: object | undefined;
  readonly error: AwsError | undefined;
  /** Whether `error` comes from the policies. */
  readonly isDenied: boolean;
  readonly caller: Caller;
  readonly accountId: string;
  readonly region: string;
  /** What the service itself said about the record, in that order. */
  readonly notes: readonly CallNote[];
  /** When it ended, in milliseconds since 1970, by the sandbox's clock. */
  readonly at: number;
  readonly requestId: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  /** How the request was signed; calls from inside count as signed like those of AWS's services. */
  readonly signed: "header" | "query" | "none";
  /** Which of AWS's services makes the call, such as `cloudtrail.amazonaws.com`. */
  readonly invokedBy: string | undefined;
  readonly bytesIn: number;
  readonly bytesOut: number;
}
