import { type ServiceName, type Shape, type StructureShape } from "../../aws/index.ts";
import { type JsonObject, type JsonValue } from "../../cloudtrail/index.ts";
import { hiddenMember } from "./left-out.ts";

/**
 * Input or output as records write it: each structure's members with a small first letter, keys of maps as they are,
 * dates as text. Measured on real records: `aWSServiceName`, `sAMLProviderArn`, `encryptionContext: {"aws:s3:arn": …}`.
 */
export function printMembers(service: ServiceName, shape: StructureShape, value: object): JsonObject {
  const printed = nothing();
  for (const member of shape.members) {
    const inner: unknown = Object.hasOwn(value, member.name) ? value[member.name as keyof typeof value] : undefined;
    if (inner === undefined || inner === null) continue;
    const hidden = hiddenMember(service, member);
    if (hidden?.kind === "left-out") continue;
    const name = lowerFirst(member.name);
    const said = hidden === undefined ? printValue(service, member.shape, inner) : hidden.text;
    if (said !== undefined) printed[name] = said;
  }
  return printed;
}

function printValue(service: ServiceName, shape: Shape, value: unknown): JsonValue | undefined {
  switch (shape.kind) {
    case "structure":
      return typeof value === "object" && value !== null ? printMembers(service, shape, value) : undefined;
    case "list":
      return Array.isArray(value)
        ? value.flatMap((item: unknown) => printValue(service, shape.item.shape, item) ?? [])
        : undefined;
    case "map": {
      if (typeof value !== "object" || value === null) return undefined;
      const printed = nothing();
      for (const [key, inner] of Object.entries(value)) {
        const said = printValue(service, shape.value.shape, inner);
        if (said !== undefined) printed[key] = said;
      }
      return printed;
    }
    case "timestamp":
      return value instanceof Date ? printDate(value) : undefined;
    case "blob":
      return undefined;
    default:
      return printPlain(value);
  }
}

/** Text, number or truth; a document as its JSON says it. */
export function printPlain(value: unknown): JsonValue | undefined {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value === "bigint") return Number(value);
  return typeof value === "object" && value !== null ? (JSON.parse(JSON.stringify(value)) as JsonValue) : undefined;
}

export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** An object that may have any key: what a caller sends reaches no prototype. */
export function nothing(): Record<string, JsonValue> {
  return Object.create(null) as Record<string, JsonValue>;
}

const dateText = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" });

/**
 * `Feb 22, 2026, 4:11:47 PM`, the space before PM a narrow one that does not break: so in IAM's records of 2026. Those
 * of 2023 have it as `Jul 10, 2023 12:09:21 PM`.
 */
export function printDate(date: Date): string | undefined {
  return Number.isNaN(date.getTime()) ? undefined : dateText.format(date).replace(/\s(?=[AP]M$)/, "\u202f");
}
