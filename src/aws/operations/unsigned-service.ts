import { type WireRequest } from "../message.ts";
import { type ServiceName } from "../models.ts";
import { type Parameters } from "./query-parameters.ts";

/** What stands in `X-Amz-Target` before the operation; of services too that the SDK's packages here do not describe. */
const byTarget: readonly (readonly [target: string, service: string])[] = [
  ["CloudTrail_20131101", "cloudtrail"],
  ["AWSEvents", "events"],
  ["TrentService", "kms"],
  ["Logs_20140328", "logs"],
  ["AWSOrganizationsV20161128", "organizations"],
  ["AmazonSQS", "sqs"],
  ["DynamoDB_20120810", "dynamodb"],
  ["secretsmanager", "secretsmanager"],
  ["AmazonSSM", "ssm"],
  ["Kinesis_20131202", "kinesis"],
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
 * Which service a request is for that no signature tells it of, by the name that requests are signed for: what its target
 * says or its version, else S3, whose requests say nothing.
 */
export function unsignedServiceOf(request: WireRequest, parameters: Parameters): string | undefined {
  const target = request.headers["x-amz-target"];
  if (target !== undefined) return byTarget.find(([prefix]) => target.includes(prefix))?.[1];
  return parameters.some(([name]) => name === "Action") ? serviceOfVersion(parameters) : "s3";
}

/** Which service's API has the day that a request of the query protocols names. */
export function serviceOfVersion(parameters: Parameters): ServiceName | undefined {
  const version = parameters.find(([name]) => name === "Version")?.[1];
  return byVersion.get(version ?? "");
}
