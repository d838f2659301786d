import { AwsError, type ServiceName } from "../../../aws/index.ts";
import { defineFault, type FaultTargets, type PendingCall } from "../fault.ts";

const callSelection = {
  share: { kind: "share", summary: "Which share of the calls is hit", default: 0.5 },
  operations: {
    kind: "texts",
    summary: "Only these, such as s3:PutObject or s3:*; all where none is named",
  },
  region: { kind: "text", summary: "Only calls in this region", default: "" },
  account: { kind: "text", summary: "Only calls of this account", default: "" },
} as const;

interface CallSelection {
  readonly share: number;
  readonly operations: readonly string[];
  readonly region: string;
  readonly account: string;
}

function isWanted(values: CallSelection, { call }: PendingCall, { random }: FaultTargets): boolean {
  if (values.region !== "" && values.region !== call.region) return false;
  if (values.account !== "" && values.account !== call.accountId) return false;
  const names = [`${call.service}:${call.operation}`, `${call.service}:*`, "*"];
  if (values.operations.length > 0 && !values.operations.some((name) => names.includes(name))) return false;
  return values.share >= 1 || random.next() < values.share;
}

/** Each service says it in its own words (API References, "Common errors" and "Error responses"). */
export function throttlingOf(service: ServiceName): AwsError {
  switch (service) {
    case "s3":
      return new AwsError("SlowDown", "Please reduce your request rate.", 503);
    case "ec2":
      return new AwsError("RequestLimitExceeded", "Request limit exceeded.", 503);
    case "iam":
    case "sts":
    case "sns":
      return new AwsError("Throttling", "Rate exceeded", 400);
    case "sqs":
      return new AwsError("RequestThrottled", "Request is throttled.", 400);
    case "organizations":
    case "guardduty":
      return new AwsError("TooManyRequestsException", "Rate exceeded", 429);
    default:
      return new AwsError("ThrottlingException", "Rate exceeded", 400);
  }
}

export function internalErrorOf(service: ServiceName): AwsError {
  switch (service) {
    case "s3":
      return new AwsError("InternalError", "We encountered an internal error. Please try again.", 500);
    case "ec2":
      return new AwsError("InternalError", "An internal error has occurred", 500);
    case "iam":
      return new AwsError("ServiceFailure", "The request processing has failed because of an unknown error.", 500);
    case "kms":
      return new AwsError(
        "KMSInternalException",
        "The request was rejected because an internal exception occurred.",
        500,
      );
    default:
      return new AwsError("InternalFailure", "The request processing has failed because of an unknown error.", 500);
  }
}

export const throttling = defineFault({
  name: "throttling",
  summary: "Calls are refused because too many came",
  parameters: callSelection,
  apply: (targets, values) =>
    targets.calls.add((pending, pass) => {
      if (!isWanted(values, pending, targets)) return pass(pending);
      targets.onDone();
      pending.refuse(throttlingOf(pending.call.service));
      return Promise.resolve();
    }),
});

export const internalErrors = defineFault({
  name: "internal-errors",
  summary: "Calls are answered with an error of AWS's own, status 500",
  parameters: callSelection,
  apply: (targets, values) =>
    targets.calls.add((pending, pass) => {
      if (!isWanted(values, pending, targets)) return pass(pending);
      targets.onDone();
      pending.refuse(internalErrorOf(pending.call.service));
      return Promise.resolve();
    }),
});
