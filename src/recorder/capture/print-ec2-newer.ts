import { type Member, type StructureShape } from "../../aws/index.ts";
import { type JsonObject, type JsonValue } from "../../cloudtrail/index.ts";
import { hiddenMember } from "./left-out.ts";
import { lowerFirst, nothing, printPlain } from "./print-members.ts";

/** Operations whose records hold the request as it went over the wire; those of 410 real records and their families. */
const newer =
  /FlowLogs|TrafficMirror|TransitGateway|ClientVpn|CarrierGateway|LaunchTemplate|NatGateway|VpcEndpoint|IamInstanceProfile|EbsDefault|EbsEncryption|SerialConsole|InstanceType|VolumesModifications|SnapshotTier|ClassicLinkDnsSupport|AddressesAttribute|^(?:CreateDefaultVpc|CreateDefaultSubnet|DescribeHosts|GetConsoleScreenshot|ModifyInstanceMetadataOptions)$/;

export function isNewerEc2(operation: string): boolean {
  return newer.test(operation);
}

/** `{FooRequest: {VpcId: {content: …, tag: 1}}}`; an empty text where nothing is asked. */
export function printNewerEc2Request(operation: string, shape: StructureShape, value: object): JsonObject {
  const printed = request(shape, value);
  return { [`${operation}Request`]: Object.keys(printed).length === 0 ? "" : printed };
}

/** `{FooResponse: {xmlns: …, requestId: …, …}}` */
export function printNewerEc2Answer(
  operation: string,
  shape: StructureShape,
  value: object,
  requestId: string,
): JsonObject {
  const xmlns = "http://ec2.amazonaws.com/doc/2016-11-15/";
  return { [`${operation}Response`]: { xmlns, requestId, ...answer(shape, value) } };
}

function request(shape: StructureShape, value: object): Record<string, JsonValue> {
  const printed = nothing();
  for (const [member, inner] of given(shape, value)) {
    const name = member.ec2QueryName ?? upperFirst(member.xmlName ?? member.name);
    const hidden = hiddenMember("ec2", member);
    if (hidden?.kind === "left-out" || member.name === "DryRun") continue;
    const said = hidden?.text ?? requestValue(member, inner);
    if (said !== undefined) printed[name] = said;
  }
  return printed;
}

function requestValue({ shape }: Member, value: unknown): JsonValue | undefined {
  if (shape.kind === "structure")
    return typeof value === "object" && value !== null ? request(shape, value) : undefined;
  if (shape.kind !== "list") return value instanceof Date ? value.toISOString() : printPlain(value);
  if (!Array.isArray(value)) return undefined;
  const items = value.flatMap((one: unknown, index) => {
    const said = requestValue(shape.item, one);
    if (said === undefined) return [];
    const isPlain = shape.item.shape.kind !== "structure";
    return [isPlain ? { content: said, tag: index + 1 } : { ...(said as JsonObject), tag: index + 1 }];
  });
  return items.length === 1 ? items[0] : items.length === 0 ? undefined : items;
}

function answer(shape: StructureShape, value: object): Record<string, JsonValue> {
  const printed = nothing();
  for (const [member, inner] of given(shape, value)) {
    const hidden = hiddenMember("ec2", member);
    if (hidden?.kind === "left-out") continue;
    const said = hidden?.text ?? answerValue(member, inner);
    if (said !== undefined) printed[member.xmlName ?? lowerFirst(member.name)] = said;
  }
  return printed;
}

function answerValue({ shape }: Member, value: unknown): JsonValue | undefined {
  if (shape.kind === "structure") return typeof value === "object" && value !== null ? answer(shape, value) : undefined;
  if (shape.kind !== "list") return value instanceof Date ? value.toISOString() : printPlain(value);
  if (!Array.isArray(value)) return undefined;
  const items = value.flatMap((one: unknown) => answerValue(shape.item, one) ?? []);
  return items.length === 0 ? "" : { item: items.length === 1 ? (items[0] ?? "") : items };
}

function given(shape: StructureShape, value: object): readonly (readonly [Member, unknown])[] {
  return shape.members.flatMap((member) => {
    const inner: unknown = Object.hasOwn(value, member.name) ? value[member.name as keyof typeof value] : undefined;
    return inner === undefined || inner === null ? [] : [[member, inner] as const];
  });
}

function upperFirst(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
