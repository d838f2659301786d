import { AwsError, loadOperations } from "../aws/index.ts";
import { type CallNote } from "../recorder/index.ts";
import { type EndedCall } from "./front/index.ts";
import { type PolicyAuthorizer } from "./identity/authorizer.ts";
import { type Call, type Operation, type Service } from "./service.ts";

/** What a call on somebody's behalf stands on. */
export interface CallForParts {
  readonly service: Service;
  readonly authorizer: PolicyAuthorizer;
  readonly newRequestId: () => string;
  readonly now: () => number;
  readonly tell: (ended: EndedCall) => Promise<void> | void;
}

/**
 * Calls a service on behalf of whoever has called another, as S3 calls KMS: the caller's permissions decide, and the
 * caller's record says which service called (IAM User Guide, "Forward access sessions").
 */
export async function callFor(
  forCall: Call,
  via: { readonly service: string; readonly region: string },
  operationName: string,
  input: object,
  parts: CallForParts,
): Promise<object> {
  const { operations } = await loadOperations(parts.service.name);
  const operation = operations.get(operationName);
  const own = (parts.service.operations as Readonly<Record<string, Operation | undefined>>)[operationName];
  if (operation === undefined || own === undefined) throw new TypeError(`There is no ${operationName}`);
  const notes: CallNote[] = [];
  const isService = forCall.caller.kind === "service";
  const caller = {
    ...forCall.caller,
    identity: isService ? forCall.caller.identity : { ...forCall.caller.identity, invokedBy: via.service },
    context: { ...forCall.caller.context, "aws:ViaAWSService": "true", "aws:CalledViaFirst": via.service },
  };
  const call: Call = {
    ...forCall,
    service: parts.service.name,
    operation: operationName,
    region: via.region,
    caller,
    requestId: parts.newRequestId(),
    sourceIp: via.service,
    userAgent: via.service,
    body: undefined,
    note: (note) => void notes.push(note),
  };
  let output: object | undefined;
  let error: AwsError | undefined;
  let isDenied = false;
  try {
    const viaService = { "kms:ViaService": `${via.service.split(".")[0]}.${via.region}.amazonaws.com` };
    for (const need of own.needs(input as never, call)) {
      const judged = parts.authorizer.authorize(call, { ...need, context: { ...need.context, ...viaService } });
      isDenied = !judged.allowed;
      if (!judged.allowed) throw new AwsError(judged.code ?? "AccessDenied", judged.message, 403);
    }
    output = (await own.answer(input as never, call)) ?? {};
  } catch (thrown) {
    if (!(thrown instanceof AwsError)) throw thrown;
    error = thrown;
  }
  await parts.tell({
    operation,
    input,
    output,
    error,
    isDenied,
    caller,
    accountId: caller.accountId,
    region: via.region,
    notes,
    at: parts.now(),
    requestId: call.requestId,
    sourceIp: via.service,
    userAgent: via.service,
    signed: "header",
    invokedBy: via.service,
    bytesIn: 0,
    bytesOut: 0,
  });
  if (error !== undefined) throw error;
  return output ?? {};
}
