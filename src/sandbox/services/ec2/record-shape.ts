import { type JsonObject, type JsonValue } from "../../../cloudtrail/index.ts";

/** What stands in a record in the place of a secret, as in real records (`CreateKeyPair` of CloudTrail's samples). */
export const removed = "<sensitiveDataRemoved>";

/** How EC2 writes lists in the requests that no rule makes: the set's name and, for plain values, the name of one. */
const lists: Readonly<Record<string, readonly [set: string, item?: string]>> = {
  BlockDeviceMappings: ["blockDeviceMapping"],
  IpPermissions: ["ipPermissions"],
  IpRanges: ["ipRanges"],
  Ipv6Ranges: ["ipv6Ranges"],
  PrefixListIds: ["prefixListIds"],
  SecurityGroupRuleIds: ["securityGroupRuleIds", "securityGroupRuleId"],
  TagSpecifications: ["tagSpecificationSet"],
  UserIdGroupPairs: ["groups"],
};

/** Lists that a permission has in a record when they are empty, too. */
const peers = ["UserIdGroupPairs", "IpRanges", "Ipv6Ranges", "PrefixListIds"];

/**
 * Parameters as EC2 records them: `ipPermissions: {items: […]}`, read off real records. The sets in `always` are there
 * when they are empty, too.
 */
export function printRequest(value: object, always: readonly string[] = []): JsonObject {
  const printed = new Map<string, JsonValue>(always.map((member) => [nameOf(member), {}]));
  for (const [member, inner] of Object.entries(value)) {
    if (inner === undefined || member === "DryRun") continue;
    printed.set(nameOf(member), member === "UserData" ? removed : printValue(member, inner));
  }
  return Object.fromEntries(printed);
}

function printValue(member: string, value: unknown): JsonValue {
  if (Array.isArray(value)) return printList(member, value);
  return typeof value === "object" && value !== null ? printRequest(value) : (value as JsonValue);
}

function printList(member: string, values: readonly unknown[]): JsonValue {
  if (values.length === 0) return {};
  const item = lists[member]?.[1];
  return {
    items: values.map((value) => {
      if (typeof value !== "object" || value === null) return { [item ?? "item"]: value as JsonValue };
      if (member === "TagSpecifications") return printTags(value);
      return printRequest(value, member === "IpPermissions" ? peers : []);
    }),
  };
}

function printTags(specification: { readonly ResourceType?: string; readonly Tags?: readonly object[] }): JsonObject {
  const { ResourceType, Tags = [] } = specification;
  return {
    ...(ResourceType === undefined ? {} : { resourceType: ResourceType }),
    tags: Tags.map((tag) => printRequest(tag)),
  };
}

function nameOf(member: string): string {
  return lists[member]?.[0] ?? member.charAt(0).toLowerCase() + member.slice(1);
}
