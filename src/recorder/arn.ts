import { refusal } from "./refusal.ts";

/** The things of CloudTrail that have ARNs. */
export type ResourceKind = "trail" | "eventdatastore" | "channel" | "dashboard";

export interface CloudTrailArn {
  readonly kind: ResourceKind;
  readonly region: string;
  readonly accountId: string;
  /** A trail's name, a store's or channel's identifier. */
  readonly id: string;
}

const kinds: readonly ResourceKind[] = ["trail", "eventdatastore", "channel", "dashboard"];

export function printArn({ kind, region, accountId, id }: CloudTrailArn): string {
  return `arn:${partitionOf(region)}:cloudtrail:${region}:${accountId}:${kind}/${id}`;
}

/** Reads an ARN of CloudTrail's; undefined for anything else. */
export function parseArn(arn: string): CloudTrailArn | undefined {
  const parts = arn.split(":");
  const [start, partition, service, region = "", accountId = "", resource = ""] = parts;
  const [kindName = "", id = "", ...rest] = resource.split("/");
  const kind = kinds.find((known) => known === kindName);
  const isOurs = start === "arn" && partition === partitionOf(region) && service === "cloudtrail" && parts.length === 6;
  if (!isOurs || kind === undefined || rest.length > 0) return undefined;
  if (!/^[a-z]{2}(-[a-z]{1,12}){1,3}-\d{1,2}$/.test(region) || !isAccountId(accountId)) return undefined;
  return id === "" || id.length > 256 ? undefined : { kind, region, accountId, id };
}

/** Reads the ARN of a trail, or refuses it. */
export function readTrailArn(arn: string): CloudTrailArn {
  const read = parseArn(arn);
  if (read === undefined || read.kind !== "trail") {
    throw refusal("CloudTrailARNInvalidException", `Not the ARN of a trail: ${arn.slice(0, 300)}`);
  }
  return read;
}

export function isAccountId(value: string): boolean {
  return /^\d{12}$/.test(value);
}

export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
