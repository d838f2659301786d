import { AwsError } from "../aws-error.ts";
import { type AnswerMetadata } from "./packages.ts";

/** An error that AWS answered one of our calls with. */
export class AwsCallError extends AwsError {
  readonly service: string;
  readonly operation: string;
  readonly requestId: string | undefined;

  constructor(call: { readonly service: string; readonly operation: string }, error: AnsweredError) {
    const { $metadata: metadata } = error;
    super(codeOf(error), error.message, metadata.httpStatusCode ?? 400, membersOf(error));
    this.service = call.service;
    this.operation = call.operation;
    this.requestId = metadata.requestId;
    this.cause = error;
  }

  /** An error that was read without the SDK. */
  static of(call: { readonly service: string; readonly operation: string }, answer: ErrorAnswer): AwsCallError {
    const { code, message, status, requestId, members } = answer;
    const $metadata = { httpStatusCode: status, ...(requestId === undefined ? {} : { requestId }) };
    return new AwsCallError(call, Object.assign(new Error(message), { ...members, name: code, $metadata }));
  }
}

export interface ErrorAnswer {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly requestId?: string | undefined;
  readonly members?: Readonly<Record<string, string>>;
}

interface AnsweredError extends Error {
  readonly $metadata: AnswerMetadata;
  readonly Code?: unknown;
  readonly Error?: { readonly Code?: unknown };
}

/** Makes an `AwsCallError` of what AWS answered; whatever else went wrong, such as the network, stays as it is. */
export function translateError(
  call: { readonly service: string; readonly operation: string },
  error: unknown,
): unknown {
  if (!(error instanceof Error) || !("$metadata" in error)) return error;
  const answered = error as AnsweredError;
  return answered.$metadata.httpStatusCode === undefined ? error : new AwsCallError(call, answered);
}

/** As it goes over the wire: the SDK calls IAM's `NoSuchEntity` by the name of its own class. */
function codeOf(error: AnsweredError): string {
  for (const code of [error.Error?.Code, error.Code]) if (typeof code === "string" && code !== "") return code;
  return error.name;
}

const ownMembers: ReadonlySet<string> = new Set(["name", "message", "stack", "Code", "Type"]);

function membersOf(error: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(error).filter(
      ([name, value]) => typeof value === "string" && /^[A-Za-z]/.test(name) && !ownMembers.has(name),
    ),
  ) as Record<string, string>;
}
