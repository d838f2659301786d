import {
  isServiceName,
  type Parameters,
  type ServiceName,
  type SignatureRead,
  type WireRequest,
} from "../../aws/index.ts";

/** What stands before the operation in `X-Amz-Target`, for requests that are not signed. */
const byTarget: readonly (readonly [target: string, service: ServiceName])[] = [
  ["CloudTrail_20131101", "cloudtrail"],
  ["AWSEvents", "events"],
  ["TrentService", "kms"],
  ["Logs_20140328", "logs"],
  ["AWSOrganizationsV20161128", "organizations"],
  ["AmazonSQS", "sqs"],
];

/** The days of the query protocols' APIs. */
const byVersion: ReadonlyMap<string, ServiceName> = new Map([
  ["2010-05-08", "iam"],
  ["2011-06-15", "sts"],
  ["2010-03-31", "sns"],
  ["2012-11-05", "sqs"],
  ["2016-11-15", "ec2"],
]);

/**
 * Which service a request is for: the one that it is signed for, else what target and version say, else S3, whose
 * requests say nothing. Nothing when it is signed for a service that is not here.
 */
export function findServiceName(
  request: WireRequest,
  signature: SignatureRead,
  parameters: Parameters,
): ServiceName | undefined {
  if (signature.kind === "header" || signature.kind === "query") {
    const { service } = signature.scope;
    return isServiceName(service) ? service : undefined;
  }
  const target = request.headers["x-amz-target"];
  if (target !== undefined) return byTarget.find(([prefix]) => target.includes(prefix))?.[1];
  const version = parameters.find(([name]) => name === "Version")?.[1];
  const isQuery = parameters.some(([name]) => name === "Action");
  return isQuery ? byVersion.get(version ?? "") : "s3";
}
