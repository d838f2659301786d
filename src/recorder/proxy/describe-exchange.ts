import { type NamedOperation, type Parameters } from "../../aws/index.ts";
import { type ApiCall } from "../api-call.ts";
import { describeCalls } from "../capture/describe-call.ts";
import { type CallNote } from "../capture/ended-call.ts";
import { omitted } from "../capture/limits.ts";
import { type CallFacts, describeForeign } from "./describe-foreign.ts";
import { type Identities } from "./identities.ts";
import { learnSessions } from "./learn-sessions.ts";
import { type CallName, type RequestHead } from "./name-call.ts";
import { type Exchange } from "./pass-on.ts";
import { answerOf, isFailure, readError, readInput, readOutput, requestIdOf, wantsOutput } from "./read-exchange.ts";
import { isRegion } from "./regions.ts";
import { s3BytesIn, s3Note } from "./s3-note.ts";

/** Where and when an exchange happened, and in whose account where nobody says another. */
export interface Scene {
  readonly identities: Identities;
  readonly accountId: string;
  /** Of requests that are signed for none that AWS could have. */
  readonly region: string;
  readonly sourceIp: string;
  readonly at: number;
}

export interface Described {
  readonly calls: readonly ApiCall[];
  /** What of request or answer could not be read, and is therefore missing in the records. */
  readonly unreadable: number;
}

/** Makes the calls out of an exchange that its records are made of. */
export function describeExchange(
  head: RequestHead,
  name: Exclude<CallName, { kind: "unnamed" }>,
  exchange: Exchange,
  scene: Scene,
): Described {
  const identity = scene.identities.find(head.signer.accessKeyId);
  const own = identity.accountId ?? "";
  const common: CallFacts = {
    at: scene.at,
    accountId: /^\d{12}$/.test(own) ? own : scene.accountId,
    region: regionOf(head, scene.region),
    identity,
    sourceIp: scene.sourceIp,
    userAgent: head.request.headers["user-agent"] ?? "",
    requestId: requestIdOf(exchange),
  };
  return name.kind === "known"
    ? describeKnown(head, name.named, name.parameters, exchange, common, scene)
    : { calls: [describeForeign(name, exchange, common)], unreadable: 0 };
}

function describeKnown(
  head: RequestHead,
  named: NamedOperation,
  parameters: Parameters,
  exchange: Exchange,
  common: CallFacts,
  scene: Scene,
): Described {
  const { operation } = named;
  const { input, isWhole } = readInput(named, head, parameters, exchange.sent);
  const answer = answerOf(exchange);
  const error = isFailure(operation, answer) ? readError(operation, answer) : undefined;
  const output =
    error === undefined && exchange.received.size > 0 ? readOutput(operation, exchange, answer) : undefined;
  if (output !== undefined && input !== undefined)
    learnSessions(operation, { input, output, callerKeyId: head.signer.accessKeyId, at: common.at }, scene.identities);
  const notes: CallNote[] = [];
  const { host } = exchange.request.headers;
  const isS3 = operation.service.name === "s3";
  // Of S3 the address is recorded all the same.
  if (!isWhole && !isS3) notes.push({ requestParameters: omitted });
  if (isS3)
    notes.push(
      s3Note({
        operation,
        input: (input ?? {}) as Readonly<Record<string, unknown>>,
        output: output as Readonly<Record<string, unknown>> | undefined,
        headers: exchange.headers,
        accountId: common.accountId,
        isFailed: error !== undefined,
      }),
    );
  const isAnswerMissing =
    output === undefined && error === undefined && exchange.received.size > 0 && wantsOutput(operation);
  const calls = describeCalls({
    ...common,
    operation,
    input: input ?? {},
    ...(host !== undefined && { host }),
    signed: head.signer.way,
    bytesIn: isS3 ? s3BytesIn(exchange) : exchange.sent.size,
    bytesOut: exchange.received.size,
    ...(output !== undefined && { output }),
    ...(error !== undefined && { error: { code: error.code, message: error.message, status: error.status } }),
    notes,
  });
  return { calls, unreadable: Number(!isWhole) + Number(isAnswerMissing) };
}

function regionOf({ signer }: RequestHead, otherwise: string): string {
  return signer.region !== undefined && isRegion(signer.region) ? signer.region : otherwise;
}
