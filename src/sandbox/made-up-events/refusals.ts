import type { Operation } from "./operations/operation.ts";
import type { Random } from "./random.ts";

/** How a call fails, in the words of the service. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  /** IAM, STS and JSON services write no parameters for a denied call; EC2 and S3 do. */
  readonly hidesRequest: boolean;
}

/** Refused for want of a permission. */
export function denyAccess(operation: Operation, callerArn: string, accountId: string): Refusal {
  const service = operation.source.replace(".amazonaws.com", "").replace("monitoring", "cloudwatch");
  const action = `${service}:${actionOf(operation)}`;
  const because = `because no identity-based policy allows the ${action} action`;
  if (service === "ec2") {
    const message = `You are not authorized to perform this operation. User: ${callerArn} is not authorized to perform: ${action} ${because}`;
    return { code: "Client.UnauthorizedOperation", message, hidesRequest: false };
  }
  const resource = `arn:aws:${service}:*:${accountId}:*`;
  const message = `User: ${callerArn} is not authorized to perform: ${action} on resource: ${resource} ${because}`;
  const code = ["s3", "iam", "sts", "sns", "sqs", "rds", "cloudformation"].includes(service)
    ? "AccessDenied"
    : "AccessDeniedException";
  return { code, message, hidesRequest: service !== "s3" };
}

/** Refused because too many calls came at once. */
export function throttle(operation: Operation): Refusal {
  if (operation.source === "ec2.amazonaws.com") {
    return {
      code: "Client.RequestLimitExceeded",
      message: "Request limit exceeded.",
      hidesRequest: false,
    };
  }
  if (operation.source === "s3.amazonaws.com") {
    return { code: "SlowDown", message: "Please reduce your request rate.", hidesRequest: false };
  }
  return { code: "ThrottlingException", message: "Rate exceeded", hidesRequest: false };
}

/** Refused because the thing asked for is not there. */
export function reportMissing(operation: Operation, random: Random): Refusal {
  const service = operation.source.replace(".amazonaws.com", "");
  if (service === "s3") {
    const isObject = operation.isData && operation.name !== "ListObjects";
    return isObject
      ? { code: "NoSuchKey", message: "The specified key does not exist.", hidesRequest: false }
      : {
          code: "NoSuchBucket",
          message: "The specified bucket does not exist",
          hidesRequest: false,
        };
  }
  if (service === "iam") {
    const message = `The role with name preview-${random.hex(6)} cannot be found.`;
    return { code: "NoSuchEntityException", message, hidesRequest: false };
  }
  if (service === "ec2") {
    const id = `i-0${random.hex(16)}`;
    return {
      code: "Client.InvalidInstanceID.NotFound",
      message: `The instance ID '${id}' does not exist`,
      hidesRequest: false,
    };
  }
  if (service === "kms") {
    return {
      code: "NotFoundException",
      message: `Key '${random.uuid()}' does not exist`,
      hidesRequest: false,
    };
  }
  return {
    code: "ResourceNotFoundException",
    message: "Requested resource not found",
    hidesRequest: false,
  };
}

/** The IAM action behind an event name: Lambda's names carry a date, a few of S3's are other words. */
function actionOf(operation: Operation): string {
  const renamed: Readonly<Record<string, string>> = {
    ListObjects: "ListBucket",
    HeadObject: "GetObject",
    ListBuckets: "ListAllMyBuckets",
  };
  return renamed[operation.name] ?? operation.name.replace(/\d{8}(v\d)?$/, "");
}
