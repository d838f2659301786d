import { type WireRequest } from "../../aws/index.ts";
import { type Clock } from "../../base/clock.ts";
import { type Caller } from "../caller.ts";
import { type ServiceCall } from "../world.ts";
import { type CredentialLookup } from "./credentials.ts";
import { type EndedCall } from "./ended-call.ts";
import { type PerformOptions } from "./perform-call.ts";
import { type ExtraService } from "./services.ts";

/** What the front works with once it is put together. */
export interface FrontParts extends Omit<PerformOptions, "onFault"> {
  /** The machine's own time, which requests are signed at; the sandbox's may go faster. */
  readonly wallClock: Clock;
  readonly credentials: CredentialLookup;
  /** Has to be done before the answer is sent. */
  readonly onCall: (ended: EndedCall) => Promise<void> | void;
  /** Who a service of AWS is when it calls another, in its own name or in a role's; throws `AwsError` when it may not be. */
  readonly callerOfService: (as: ServiceCall) => Caller;
  readonly findExtra: (signingName: string) => ExtraService | undefined;
  readonly newRequestId: () => string;
  /** Where a request comes from, for policies and records. */
  readonly sourceIpOf: (request: WireRequest, socketAddress: string) => string;
  /** Told of errors that are our own. */
  readonly onFault?: ((error: unknown, call: unknown) => void) | undefined;
}
