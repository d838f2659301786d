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
