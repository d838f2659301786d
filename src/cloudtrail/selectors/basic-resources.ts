/** The resource types that basic selectors know, and the service in their ARNs (API Reference, DataResource). */
export const basicResourceTypes: ReadonlyMap<string, string> = new Map([
  ["AWS::S3::Object", "s3"],
  ["AWS::Lambda::Function", "lambda"],
  ["AWS::DynamoDB::Table", "dynamodb"],
]);

const partitions = ["aws", "aws-cn", "aws-us-gov"] as const;

/** Whether a value stands for every resource of its type: `arn:aws:s3`, and its older spelling `arn:aws:s3:::`. */
export function isWholeService(type: string, value: string): boolean {
  const service = basicResourceTypes.get(type);
  return partitions.some(
    (partition) => value === `arn:${partition}:${service}` || (service === "s3" && value === `arn:${partition}:s3:::`),
  );
}

/** Whether a value can name resources of its type: `arn:aws:s3:::bucket/…`, or a whole ARN of a function or a table. */
export function namesResources(type: string, value: string): boolean {
  const service = basicResourceTypes.get(type);
  const [arn, partition, named, region, account, ...rest] = value.split(":");
  const isOurs = arn === "arn" && partitions.some((known) => known === partition) && named === service;
  if (!isOurs || value.includes("*")) return false;
  const resource = rest.join(":");
  if (service === "s3") return region === "" && account === "" && resource.indexOf("/") > 0;
  const kind = service === "lambda" ? "function:" : "table/";
  return region !== "" && /^\d{12}$/.test(account ?? "") && resource.startsWith(kind) && resource.length > kind.length;
}
