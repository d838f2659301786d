import { textAt, valueAt } from "./record-values.ts";

/** What a call made that somebody can act with. */
export interface MadeThings {
  /** Access keys that were given out. */
  readonly accessKeys: readonly string[];
  /** Users and roles that were made, or that others can act as from now on; as keys of actors. */
  readonly users: readonly string[];
  readonly roles: readonly string[];
  /** Ids of machines. */
  readonly instances: readonly string[];
}

const nothing: MadeThings = { accessKeys: [], users: [], roles: [], instances: [] };

/** Calls by which a user can be acted as. */
const opensUser: ReadonlySet<string> = new Set([
  "CreateUser",
  "CreateAccessKey",
  "CreateLoginProfile",
  "UpdateLoginProfile",
  "CreateServiceSpecificCredential",
  "UploadSigningCertificate",
]);
const instancesMax = 10;
const opensRole: ReadonlySet<string> = new Set(["CreateRole", "UpdateAssumeRolePolicy"]);

/** Credentials and identities that a call brought about; none when it failed. */
export function madeThings(record: unknown, accountId: string): MadeThings {
  if (textAt(record, "errorCode") !== "") return nothing;
  const name = textAt(record, "eventName");
  const answer = valueAt(record, "responseElements");
  const accessKeys = [textAt(answer, "accessKey", "accessKeyId"), textAt(answer, "credentials", "accessKeyId")];
  const isIam = textAt(record, "eventSource") === "iam.amazonaws.com";
  const named = (field: string) => textAt(record, "requestParameters", field);
  const partition = partitionOf(textAt(record, "awsRegion"));
  const iam = (kind: string, own: string) => (own === "" ? [] : [`arn:${partition}:iam::${accountId}:${kind}/${own}`]);
  return {
    accessKeys: accessKeys.filter((key) => /^A[A-Z0-9]{15,127}$/.test(key)),
    users: isIam && opensUser.has(name) ? iam("user", named("userName")) : [],
    roles: isIam && opensRole.has(name) ? iam("role", named("roleName")) : [],
    instances: name === "RunInstances" ? instancesIn(valueAt(answer, "instancesSet", "items")) : [],
  };
}

function instancesIn(items: unknown): string[] {
  if (!Array.isArray(items)) return [];
  return items.slice(0, instancesMax).flatMap((item) => textAt(item, "instanceId") || []);
}

/** AWS's partitions by the names of their regions (General Reference, "Amazon Resource Names"). */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
