import { type Readable } from "node:stream";

import { AwsError, type AwsOperation, type ServiceModel, validateRequired } from "../../aws/index.ts";
import { type Clock } from "../../base/clock.ts";
import { type CallNote } from "../../recorder/index.ts";
import { type Caller } from "../caller.ts";
import { type Call, type Operation } from "../service.ts";
import { type Authorizer } from "./authorizer.ts";
import { refusalAs } from "./protocol-errors.ts";
import { brokenOff } from "./request-body.ts";
import { type ServedOperations } from "./services.ts";

/** A call that is known to be its caller's, ready to be done. */
export interface ReadyCall {
  readonly operation: AwsOperation;
  /** Reads the input, or throws `AwsError`. */
  readonly readInput: () => object;
  readonly caller: Caller;
  readonly region: string;
  readonly requestId: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly body: Readable | undefined;
  readonly trailers?: ReadonlyMap<string, string> | undefined;
  /** Aborted when the client has left. */
  readonly signal?: AbortSignal | undefined;
  /** Told when the service is about to read the body. */
  readonly beforeBody?: (() => void) | undefined;
}

export interface PerformedCall {
  readonly input: object;
  readonly output: object | undefined;
  readonly error: AwsError | undefined;
  readonly isDenied: boolean;
  readonly notes: readonly CallNote[];
}

export interface PerformOptions {
  readonly clock: Clock;
  readonly authorizer: Authorizer;
  readonly findService: (model: ServiceModel) => ServedOperations | undefined;
  /** Faults on purpose: what it gives is answered instead, and recorded. */
  readonly beforeAnswer?: ((call: Call, input: object) => Promise<AwsError | undefined>) | undefined;
  /** Told of errors that are our own; the caller is told of an internal failure. */
  readonly onFault?: ((error: unknown, call: Call) => void) | undefined;
}

/** Does a call: reads its input, asks the policies, lets the service answer. What may go wrong is in the result. */
export async function performCall(ready: ReadyCall, options: PerformOptions): Promise<PerformedCall> {
  const { operation, caller } = ready;
  const notes: CallNote[] = [];
  const call: Call = {
    service: operation.service.name,
    operation: operation.name,
    accountId: caller.accountId,
    region: ready.region,
    caller,
    at: options.clock.now(),
    requestId: ready.requestId,
    sourceIp: ready.sourceIp,
    userAgent: ready.userAgent,
    body: ready.body,
    ...(ready.trailers === undefined ? {} : { trailers: ready.trailers }),
    ...(ready.signal === undefined ? {} : { signal: ready.signal }),
    note: (note) => void notes.push(note),
  };
  let input: object = {};
  let isDenied = false;
  try {
    input = ready.readInput();
    const own = ownOperation(operation, options);
    validateRequired(operation, input);
    const disturbance = await options.beforeAnswer?.(call, input);
    if (disturbance !== undefined) throw disturbance;
    const denial = await findDenial(call, own, input, options.authorizer, operation);
    if (denial !== undefined) {
      isDenied = true;
      throw denial;
    }
    ready.beforeBody?.();
    const output = (await own.answer(input as never, call)) ?? {};
    return { input, output, error: undefined, isDenied, notes };
  } catch (error) {
    const told = error instanceof AwsError ? error : isBreak(error, ready.body) ? brokenOff() : fault(operation);
    if (told.status >= 500 && told !== error) options.onFault?.(error, call);
    return { input, output: undefined, error: told, isDenied, notes };
  }
}

function fault(operation: AwsOperation): AwsError {
  return refusalAs("fault", operation.protocol, operation.service.name);
}

/** Whether the client went away in the middle of its body. */
function isBreak(error: unknown, body: Readable | undefined): boolean {
  const { code } = error as { readonly code?: unknown };
  return body?.destroyed === true && (code === "ECONNRESET" || code === "ERR_STREAM_PREMATURE_CLOSE");
}

function ownOperation(operation: AwsOperation, { findService }: PerformOptions): Operation {
  const service = findService(operation.service);
  const operations: Readonly<Record<string, Operation | undefined>> = service?.operations ?? {};
  const own = Object.hasOwn(operations, operation.name) ? operations[operation.name] : undefined;
  if (own !== undefined) return own;
  throw refusalAs(
    "unknown-operation",
    operation.protocol,
    operation.service.name,
    `${operation.service.name} ${operation.name} is not part of this sandbox.`,
  );
}

/** What services say when a key of KMS lets the caller not use what it encrypts; the SDK's names. */
const keyDenials: Readonly<Record<string, string>> = { sns: "KMSAccessDenied", sqs: "KmsAccessDenied" };

async function findDenial(
  call: Call,
  own: Operation,
  input: object,
  authorizer: Authorizer,
  operation: AwsOperation,
): Promise<AwsError | undefined> {
  for (const need of own.needs(input as never, call)) {
    const answer = await authorizer.authorize(call, need);
    if (answer.allowed) continue;
    const usual = refusalAs("denied", operation.protocol, call.service, answer.message);
    if (own.deniedCode !== undefined) return new AwsError(own.deniedCode, answer.message);
    const message =
      call.service === "ec2" ? `You are not authorized to perform this operation. ${answer.message}` : answer.message;
    const ofKey = need.action.startsWith("kms:") ? keyDenials[call.service] : undefined;
    return new AwsError(answer.code ?? ofKey ?? usual.code, message, usual.status);
  }
  return undefined;
}
