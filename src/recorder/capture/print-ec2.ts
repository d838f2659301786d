import { type Member, type Shape, type StructureShape } from "../../aws/index.ts";
import { type JsonObject, type JsonValue } from "../../cloudtrail/index.ts";
import { hiddenMember } from "./left-out.ts";
import { lowerFirst, nothing, printPlain } from "./print-members.ts";

/** Names of sets that do not follow from the wire's, read off 410 real records. */
const sets: ReadonlyMap<string, string> = new Map([
  ["allocationId", "allocationIdsSet"],
  ["attributeName", "accountAttributeNameSet"],
  ["blockDeviceMapping", "blockDeviceMapping"],
  ["bundleId", "bundlesSet"],
  ["executableBy", "executableBySet"],
  ["groupId", "securityGroupIdSet"],
  ["groupName", "securityGroupSet"],
  ["imageId", "imagesSet"],
  ["instanceId", "instancesSet"],
  ["internetGatewayId", "internetGatewayIdSet"],
  ["keyName", "keySet"],
  ["keyPairId", "keyPairIdSet"],
  ["networkAclId", "networkAclIdSet"],
  ["networkInterfaceId", "networkInterfaceIdSet"],
  ["owner", "ownersSet"],
  ["publicIp", "publicIpsSet"],
  ["resourceId", "resourcesSet"],
  ["restorableBy", "sharedUsersSet"],
  ["routeTableId", "routeTableIdSet"],
  ["securityGroupId", "groupSet"],
  ["zoneId", "availabilityZoneIdSet"],
  ["zoneName", "availabilityZoneSet"],
]);

/** Lists that keep their name: `ipPermissions: {items: […]}`. */
const plainLists: ReadonlySet<string> = new Set([
  "add",
  "groups",
  "ipPermissions",
  "ipRanges",
  "ipv6Ranges",
  "prefixListIds",
  "remove",
]);

/** Members that records call otherwise. */
const renamed: ReadonlyMap<string, string> = new Map([
  ["CreateVolume AvailabilityZone", "zone"],
  ["ModifyImageAttribute Attribute", "attributeType"],
  ["ModifySnapshotAttribute Attribute", "attributeType"],
  ["DescribeRegions RegionNames", "regionSet"],
]);

/** Sets that a Describe does not have when nothing is asked (3 of 3 records). */
const leftOutEmpty: ReadonlySet<string> = new Set(["DescribeRegions Filters"]);

/**
 * EC2's parameters where its service does not say them itself: `vpcSet: {items: [{vpcId: …}]}`, and every set of a
 * Describe, empty or not.
 */
export function printEc2Request(operation: string, shape: StructureShape, value: object): JsonObject {
  const isDescribing = operation.startsWith("Describe");
  const printed = nothing();
  for (const member of shape.members) {
    if (member.name === "DryRun") continue;
    const inner: unknown = Object.hasOwn(value, member.name) ? value[member.name as keyof typeof value] : undefined;
    const isSaidEmpty =
      isDescribing && member.shape.kind === "list" && !leftOutEmpty.has(`${operation} ${member.name}`);
    if (inner === undefined && !isSaidEmpty) continue;
    printMember(printed, member, inner ?? [], renamed.get(`${operation} ${member.name}`) ?? setName(member));
  }
  return operation === "RunInstances" ? runInstances(printed) : printed;
}

/** What is run stands in a set of one, and switches that are off are said. */
function runInstances(printed: Readonly<Record<string, JsonValue>>): JsonObject {
  const { imageId, keyName, minCount, maxCount, ...others } = printed;
  const item = Object.fromEntries(
    Object.entries({ imageId, keyName, minCount, maxCount }).filter(([, value]) => value !== undefined),
  ) as JsonObject;
  return {
    instancesSet: { items: [item] },
    blockDeviceMapping: {},
    monitoring: { enabled: false },
    disableApiTermination: false,
    disableApiStop: false,
    ...others,
  };
}

/** EC2's answer: named as on the wire, lists as sets, dates in milliseconds, the request's id before all. */
export function printEc2Answer(operation: string, shape: StructureShape, value: object, requestId: string): JsonObject {
  const answer = structure(shape, value, (member) => member.xmlName ?? lowerFirst(member.name));
  const isBare = Object.keys(answer).length === 0;
  // Of CreateSecurityGroup it stands before the group's id, although the SDK has no member for it (2 of 2).
  if (isBare || operation === "CreateSecurityGroup") return { requestId, _return: true, ...answer };
  return { requestId, ...answer, ...sizesAsText(operation, answer) };
}

/** `volumeSize: "1"` (1 of 1), as `size: "80"` in requests. */
function sizesAsText(operation: string, answer: JsonObject): JsonObject {
  if (operation !== "CreateSnapshot" && operation !== "CreateVolume") return {};
  return Object.fromEntries(
    Object.entries(answer).flatMap(([name, value]) =>
      typeof value === "number" && /^(?:volumeS|s)ize$/.test(name) ? [[name, String(value)]] : [],
    ),
  );
}

type NameOf = (member: Member) => string;

function structure(shape: StructureShape, value: object, nameOf: NameOf): Record<string, JsonValue> {
  const printed = nothing();
  if (shape.name === "TagSpecification") return tagSpecification(value);
  for (const member of shape.members) {
    const inner: unknown = Object.hasOwn(value, member.name) ? value[member.name as keyof typeof value] : undefined;
    // An answer's empty texts are on the wire and not in the record: `dnsName`, `progress` (2 of 2).
    if (inner === undefined || inner === null || (inner === "" && nameOf !== setName)) continue;
    printMember(printed, member, inner, nameOf(member), nameOf);
  }
  return printed;
}

/** The one place where a list of EC2 is a plain one. */
function tagSpecification(value: object): Record<string, JsonValue> {
  const { ResourceType, Tags = [] } = value as {
    readonly ResourceType?: string;
    readonly Tags?: readonly { readonly Key?: string; readonly Value?: string }[];
  };
  const tags = Tags.map(({ Key = "", Value = "" }) => ({ key: Key, value: Value }));
  return { ...(ResourceType !== undefined && { resourceType: ResourceType }), tags };
}

function printMember(
  printed: Record<string, JsonValue>,
  member: Member,
  inner: unknown,
  name: string,
  nameOf: NameOf = setName,
): void {
  const hidden = hiddenMember("ec2", member);
  if (hidden?.kind === "left-out") return;
  const said = hidden === undefined ? printValue(member, member.shape, inner, nameOf) : hidden.text;
  if (said !== undefined) printed[name === "return" ? "_return" : name] = said;
}

function printValue(member: Member, shape: Shape, value: unknown, nameOf: NameOf): JsonValue | undefined {
  if (shape.kind === "structure") {
    return typeof value === "object" && value !== null ? structure(shape, value, nameOf) : undefined;
  }
  if (shape.kind === "timestamp") return value instanceof Date ? value.getTime() : undefined;
  if (shape.kind !== "list") return printPlain(value);
  if (!Array.isArray(value)) return undefined;
  const items = value.flatMap((item: unknown) => {
    const said = printValue(shape.item, shape.item.shape, item, nameOf);
    if (said === undefined) return [];
    return shape.item.shape.kind === "structure" ? [said] : [{ [itemName(member)]: said }];
  });
  return items.length === 0 ? {} : { items };
}

export function setName(member: Member): string {
  const name = lowerFirst(member.xmlName ?? member.name);
  if (member.shape.kind !== "list") return name;
  if (plainLists.has(name)) return lowerFirst(member.name);
  return sets.get(name) ?? `${name.replace(/Id$/, "")}Set`;
}

function itemName(member: Member): string {
  const name = member.xmlName ?? member.name;
  return name === "Value" ? "value" : lowerFirst(name);
}
