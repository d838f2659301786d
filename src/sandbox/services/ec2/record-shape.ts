import { type JsonObject, type JsonValue } from "../../../cloudtrail/index.ts";

/** What stands in a record in the place of a secret, as in real records (`CreateKeyPair` of CloudTrail's samples). */
const removed = "<sensitiveDataRemoved>";

/** Members whose value no record holds. */
const secrets: ReadonlySet<string> = new Set(["keyMaterial", "userData", "publicKeyMaterial", "UserData"]);

/**
 * How EC2 writes lists: by the member of the SDK, the name in the record and, for lists of plain values, the name of one.
 * Read off real records; those not seen there follow the names of the wire.
 */
const lists: Readonly<Record<string, readonly [set: string, item?: string]>> = {
  AllowedPrincipals: ["allowedPrincipalsSet"],
  AttributeNames: ["accountAttributeNameSet", "attributeName"],
  BlockDeviceMappings: ["blockDeviceMapping"],
  CidrBlockAssociationSet: ["cidrBlockAssociationSet"],
  ExecutableUsers: ["executableBySet", "user"],
  Filters: ["filterSet"],
  GroupIds: ["securityGroupIdSet", "groupId"],
  GroupNames: ["securityGroupSet", "groupName"],
  Groups: ["groups"],
  ImageIds: ["imagesSet", "imageId"],
  InstanceIds: ["instancesSet", "instanceId"],
  Instances: ["instancesSet"],
  IpPermissions: ["ipPermissions"],
  IpRanges: ["ipRanges"],
  Ipv6CidrBlockAssociationSet: ["ipv6CidrBlockAssociationSet"],
  Ipv6Ranges: ["ipv6Ranges"],
  KeyNames: ["keySet", "keyName"],
  KeyPairIds: ["keyPairIdSet", "keyPairId"],
  NetworkInterfaces: ["networkInterfaceSet"],
  OwnerIds: ["ownersSet", "owner"],
  Owners: ["ownersSet", "owner"],
  PrefixListIds: ["prefixListIds"],
  RegionNames: ["regionSet", "regionName"],
  Resources: ["resourcesSet", "resourceId"],
  RestorableByUserIds: ["sharedUsersSet", "user"],
  RevokedSecurityGroupRules: ["revokedSecurityGroupRuleSet"],
  SecurityGroupIds: ["groupSet", "groupId"],
  SecurityGroupRuleIds: ["securityGroupRuleIds", "securityGroupRuleId"],
  SecurityGroupRules: ["securityGroupRuleSet"],
  SecurityGroups: ["groupSet"],
  SnapshotIds: ["snapshotSet", "snapshotId"],
  StartingInstances: ["instancesSet"],
  StoppingInstances: ["instancesSet"],
  SubnetIds: ["subnetSet", "subnetId"],
  TagSpecifications: ["tagSpecificationSet"],
  Tags: ["tagSet"],
  TerminatingInstances: ["instancesSet"],
  UserIdGroupPairs: ["groups"],
  Values: ["valueSet", "value"],
  VolumeIds: ["volumeSet", "volumeId"],
  VpcIds: ["vpcSet", "vpcId"],
  ZoneIds: ["availabilityZoneIdSet", "zoneId"],
  ZoneNames: ["availabilityZoneSet", "zoneName"],
};

/** Members that are called otherwise in records. */
const renamed: Readonly<Record<string, string>> = {
  Return: "_return",
  State: "state",
  AllAvailabilityZones: "allAvailabilityZones",
};

/**
 * Parameters or answer of EC2's older operations, as records write them: `instancesSet: {items: […]}`. The sets in
 * `always` are there when they are empty, too.
 */
export function printOlder(
  value: object,
  always: readonly string[] = [],
  renames: Readonly<Record<string, string>> = {},
): JsonObject {
  const printed: Record<string, JsonValue> = Object.create(null) as Record<string, JsonValue>;
  for (const member of always) printed[lists[member]?.[0] ?? lowerFirst(member)] = {};
  for (const [member, inner] of Object.entries(value)) {
    if (inner === undefined || member === "DryRun" || member === "$metadata") continue;
    const name = renames[member] ?? lists[member]?.[0] ?? renamed[member] ?? lowerFirst(member);
    printed[name] = secrets.has(name) ? removed : printValue(member, inner, renames);
  }
  return { ...printed };
}

function printValue(member: string, value: unknown, renames: Readonly<Record<string, string>>): JsonValue {
  if (Array.isArray(value)) return printList(member, value, renames);
  if (value instanceof Date) return value.getTime();
  if (value instanceof Uint8Array) return removed;
  if (typeof value === "object" && value !== null) return printOlder(value, alwaysWithin(member), renames);
  return value as JsonValue;
}

function printList(member: string, values: readonly unknown[], renames: Readonly<Record<string, string>>): JsonValue {
  if (values.length === 0) return {};
  const item = lists[member]?.[1];
  return {
    items: values.map((value) => {
      if (typeof value !== "object" || value === null)
        return item === undefined ? (value as JsonValue) : { [item]: value as JsonValue };
      if (member !== "TagSpecifications") return printOlder(value, alwaysWithin(member), renames);
      const { ResourceType, Tags: tags } = value as { ResourceType?: string; Tags?: readonly object[] };
      return {
        ...(ResourceType === undefined ? {} : { resourceType: ResourceType }),
        tags: (tags ?? []).map((tag) => printOlder(tag)),
      };
    }),
  };
}

function alwaysWithin(member: string): readonly string[] {
  return member === "IpPermissions" ? ["UserIdGroupPairs", "IpRanges", "Ipv6Ranges", "PrefixListIds"] : [];
}

/** Parameters of EC2's newer operations: the request by its name, lists as elements that carry their place. */
export function printNewer(operation: string, input: object): JsonObject {
  const printed = newerMembers(input);
  return { [`${operation}Request`]: Object.keys(printed).length === 0 ? "" : printed };
}

function newerMembers(value: object): JsonObject {
  const printed: Record<string, JsonValue> = {};
  for (const [member, inner] of Object.entries(value)) {
    if (inner === undefined || member === "DryRun") continue;
    if (Array.isArray(inner)) {
      const elements = inner.map((one: unknown, index) =>
        typeof one === "object" && one !== null
          ? { ...newerMembers(one), tag: index + 1 }
          : { content: one as JsonValue, tag: index + 1 },
      );
      const [first] = elements;
      if (first !== undefined) printed[singular(member)] = elements.length === 1 ? first : elements;
    } else if (secrets.has(member)) printed[member] = removed;
    else
      printed[member] =
        typeof inner === "object" && inner !== null ? newerMembers(inner as object) : (inner as JsonValue);
  }
  return printed;
}

/** The answer of EC2's newer operations. */
export function printNewerAnswer(operation: string, output: object, requestId: string): JsonObject {
  return {
    [`${operation}Response`]: {
      xmlns: "http://ec2.amazonaws.com/doc/2016-11-15/",
      requestId,
      ...answerMembers(output),
    },
  };
}

function answerMembers(value: object): JsonObject {
  const printed: Record<string, JsonValue> = {};
  for (const [member, inner] of Object.entries(value)) {
    if (inner === undefined) continue;
    const name = newerLists[member] ?? renamedNewer[member] ?? lowerFirst(member);
    if (Array.isArray(inner)) {
      const items = inner.map((one: unknown) => printAnswer(one));
      const [first] = items;
      printed[name] = first === undefined ? "" : { item: items.length === 1 ? first : items };
    } else printed[name] = printAnswer(inner);
  }
  return printed;
}

const newerLists: Readonly<Record<string, string>> = { FlowLogIds: "flowLogIdSet", Unsuccessful: "unsuccessful" };
const renamedNewer: Readonly<Record<string, string>> = { Return: "return" };

function printAnswer(value: unknown): JsonValue {
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" && value !== null ? answerMembers(value) : (value as JsonValue);
}

/** `FlowLogIds` goes over the wire as `FlowLogId.1`. */
function singular(member: string): string {
  return member.endsWith("s") ? member.slice(0, -1) : member;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
