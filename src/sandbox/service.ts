import { type Readable } from "node:stream";

import { type InputOf, type OperationName, type OutputOf, type ServiceName } from "../aws/index.ts";
import { type CallNote } from "../recorder/index.ts";
import { type Caller } from "./caller.ts";

/** One request that has been read, signed rightly, and given to an operation. */
export interface Call {
  readonly service: ServiceName;
  /** As AWS names it: `CreateUser`. */
  readonly operation: string;
  /** The account that the call acts in: the caller's. A service that acts on another's resource says so in `note`. */
  readonly accountId: string;
  readonly region: string;
  readonly caller: Caller;
  /** The sandbox's clock, in milliseconds since 1970. */
  readonly at: number;
  readonly requestId: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  /** The bytes of an object that is being sent, for operations with a streaming body. */
  readonly body: Readable | undefined;
  /** Headers that come after the body, such as `x-amz-checksum-crc32`; complete when the body has ended. */
  readonly trailers?: ReadonlyMap<string, string>;
  /** Aborted when the client has left, for operations that wait. */
  readonly signal?: AbortSignal;
  /** What the record of this call shall say beyond what input and output tell; later notes add to earlier ones. */
  note(note: CallNote): void;
}

/** One permission that an operation needs: `s3:GetObject` on an ARN, in the resource's account. */
export interface Need {
  readonly action: string;
  readonly resource: string;
  /** The policy that hangs on the resource, as JSON text, if it has one. */
  readonly resourcePolicy?: string | undefined;
  /** The account that owns the resource; the call's where not given. */
  readonly ownerId?: string;
  /** Condition keys beyond the general ones, such as `s3:x-amz-acl`. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

export interface Operation<Input = never, Output = unknown> {
  /** What the caller has to be allowed; looked at before `answer` runs. An empty list needs nothing. */
  needs(input: Input, call: Call): readonly Need[];
  /** What a refusal by the policies is called where it is not as commonly in the service's protocol. */
  readonly deniedCode?: string;
  answer(input: Input, call: Call): Output | Promise<Output>;
}

/** A service of the made-up AWS: those of AWS's operations that it really does. */
export interface Service<S extends ServiceName = ServiceName> {
  readonly name: S;
  readonly operations: {
    readonly [Name in OperationName<S>]?: Operation<InputOf<S, Name>, OutputOf<S, Name>>;
  };
}

/** Says a service's operations with the SDK's own types. */
export function defineService<S extends ServiceName>(name: S, operations: Service<S>["operations"]): Service<S> {
  return { name, operations };
}
