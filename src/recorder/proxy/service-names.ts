/** What stands in `X-Amz-Target` before the operation, for requests that no signature tells the service of. */
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
const byVersion: ReadonlyMap<string, string> = new Map([
  ["2010-05-08", "iam"],
  ["2011-06-15", "sts"],
  ["2010-03-31", "sns"],
  ["2012-11-05", "sqs"],
  ["2016-11-15", "ec2"],
]);

/** The service that a request without a readable signature is for, by the name that requests are signed for. */
export function serviceOfTarget(target: string): string | undefined {
  return byTarget.find(([prefix]) => target.includes(prefix))?.[1];
}

export function serviceOfVersion(version: string | undefined): string | undefined {
  return byVersion.get(version ?? "");
}

/** Services whose records name another source than the name that requests are signed for (from memory, not looked up). */
const otherSources: ReadonlyMap<string, string> = new Map([
  ["email", "ses"],
  ["s3express", "s3express"],
]);

/** `dynamodb.amazonaws.com` */
export function eventSourceOf(service: string): string {
  return `${otherSources.get(service) ?? service}.amazonaws.com`;
}

/**
 * What the servers before which this may stand answer beside AWS's services: their own administration, their health.
 * Named as calls to S3 these would be objects that nobody has.
 */
const ownPaths: readonly string[] = ["/minio/", "/_localstack/", "/_aws/", "/moto-api/", "/_trailwarden/"];

export function isOwnPath(path: string): boolean {
  return ownPaths.some((own) => path.startsWith(own));
}

/** Data events of services whose operations are not known here (their guides' pages on CloudTrail). */
const dataOperations: Readonly<Record<string, RegExp>> = {
  dynamodb:
    /^(?:Batch(?:ExecuteStatement|GetItem|WriteItem)|DeleteItem|ExecuteStatement|ExecuteTransaction|GetItem|PutItem|Query|Scan|TransactGetItems|TransactWriteItems|UpdateItem|GetRecords|GetShardIterator)$/,
  kinesis: /^(?:PutRecords?|GetRecords|GetShardIterator|SubscribeToShard)$/,
};

export function isDataOperation(service: string, operation: string): boolean {
  return Object.hasOwn(dataOperations, service) && dataOperations[service]?.test(operation) === true;
}
