import { partitionOf } from "./made-things.ts";
import { textAt } from "./record-values.ts";

const resourcesMax = 10;

/** Reading these is what a thief does; any other call that only reads says little of what it was about. */
const telling: ReadonlySet<string> = new Set([
  "BatchGetSecretValue",
  "GetObject",
  "GetParameter",
  "GetPasswordData",
  "GetSecretValue",
  "DownloadDBLogFilePortion",
  "DownloadCompleteDBLogFile",
]);

/** Calls that everybody makes on the same thing all day. */
const common =
  /^(?:AssumeRole|AssumeRoot|GetSessionToken|GetFederationToken|ConsoleLogin|Decrypt|Encrypt|ReEncrypt|GenerateDataKey|GenerateMac|Sign$|Verify|PutLogEvents|CreateLogStream|RunInstances$)/;

/** Parameters that name one thing, and what it is called by then. */
const parameters: readonly (readonly [name: string, print: (value: string, where: Where) => string])[] = [
  ["bucketName", (value) => `arn:aws:s3:::${value}`],
  ["userName", (value, where) => iam("user", value, where)],
  ["roleName", (value, where) => iam("role", value, where)],
  ["groupName", (value, where) => named("groupName", value, where)],
  ["policyArn", (value) => value],
  ["functionName", (value, where) => named("function", value.split(":function:").at(-1) ?? value, where)],
  ["secretId", (value, where) => named("secret", value, where)],
  ...["name", "trailName", "detectorId", "dBInstanceIdentifier", "dBClusterIdentifier", "tableName", "keyId"].map(asIs),
  ...["snapshotId", "instanceId", "groupId", "volumeId", "imageId", "logGroupName", "repositoryName"].map(asIs),
  ...["clusterName", "topicArn", "queueUrl", "fileSystemId", "hostedZoneId", "serialNumber", "vaultName"].map(asIs),
];

interface Where {
  readonly service: string;
  readonly accountId: string;
  readonly region: string;
}

function asIs(name: string): readonly [string, (value: string, where: Where) => string] {
  return [name, (value, where) => named(name, value, where)];
}

/** What was touched by an event that changed or took something, told the same way by different calls. */
export function touchedResources(
  record: unknown,
  event: { readonly account: string; readonly resourceArns: readonly string[]; readonly readOnly: boolean | null },
): string[] {
  const name = textAt(record, "eventName");
  const isData = textAt(record, "eventCategory") === "Data";
  if (common.test(name) || (event.readOnly === true && !isData && !telling.has(name))) return [];
  const service = textAt(record, "eventSource").replace(/\.amazonaws\.com$/, "");
  const where = { service, accountId: event.account, region: textAt(record, "awsRegion") };
  const all = new Set<string>();
  for (const arn of event.resourceArns.slice(0, resourcesMax)) all.add(plainArn(arn));
  for (const [parameter, print] of parameters) {
    const value = textAt(record, "requestParameters", parameter);
    if (value !== "") all.add(plainArn(value.startsWith("arn:") ? value : print(value, where)));
  }
  return [...all].filter(isSpecific).slice(0, resourcesMax);
}

/** What names one thing of somebody's own: no pattern, no thing of AWS's, no whole account. */
export function isSpecific(resource: string): boolean {
  return (
    resource.length >= 8 &&
    resource.length <= 400 &&
    !/[*?]/.test(resource) &&
    !/:aws:policy\/|:iam::\d+:root$|\/aws-service-role\/|AWSServiceRoleFor|alias\/aws\/|:document\/AWS-/.test(resource)
  );
}

/** An object is told by its bucket, an identity without its path, a function without its version. */
export function plainArn(arn: string): string {
  const [, partition = "", service = "", region = "", account = "", ...rest] = arn.split(":");
  if (partition === "") return arn;
  const own = rest.join(":");
  if (service === "s3" && account === "") return `arn:aws:s3:::${own.split("/", 1).join("")}`;
  if (service === "iam")
    return `arn:${partition}:iam::${account}:${own.replace(/^(user|role|policy|group)\/.*\//, "$1/")}`;
  if (service === "lambda") return `lambda/${account}/${region}/function:${own.split(":")[1] ?? own}`;
  if (service === "secretsmanager") return `secretsmanager/${account}/${region}/secret:${own.replace(/^secret:/, "")}`;
  return arn;
}

function iam(kind: string, value: string, { accountId, region }: Where): string {
  return `arn:${partitionOf(region)}:iam::${accountId}:${kind}/${value}`;
}

function named(kind: string, value: string, { service, accountId, region }: Where): string {
  if (/^i-[0-9a-f]{8,17}$/.test(value)) return instanceResource(value);
  return `${service}/${accountId}/${region}/${kind}:${value}`;
}

/** A machine, which the session of its role is called after. */
export function instanceResource(id: string): string {
  return `instance/${id}`;
}
