import { eventFields } from "../event-fields.ts";
import type { CloudTrailRecord, Resource } from "../record.ts";
import type { SelectableRecord } from "./selectors.ts";

/**
 * What selectors ask of a record that came from a log, where any field may be of any type. Records before 1.07 have no
 * category; theirs is told by `managementEvent` (User Guide, "CloudTrail record contents").
 */
export function selectableRecord(record: CloudTrailRecord): SelectableRecord {
  const fields = eventFields(record);
  const { readOnly, sessionCredentialFromConsole } = record;
  return {
    eventCategory: fields.category ?? (fields.management === false ? "Data" : "Management"),
    ...given("eventSource", fields.eventSource),
    ...given("eventName", fields.eventName),
    ...given("eventType", fields.eventType),
    ...given("awsRegion", fields.region),
    ...given("errorCode", fields.errorCode),
    ...given("vpcEndpointId", fields.vpcEndpointId),
    ...given("readOnly", isFlag(readOnly) ? readOnly : undefined),
    ...given(
      "sessionCredentialFromConsole",
      isFlag(sessionCredentialFromConsole) ? sessionCredentialFromConsole : undefined,
    ),
    resources: resourcesOf(record.resources),
    userIdentity: { ...given("arn", fields.principalArn), ...given("invokedBy", fields.invokedBy) },
  };
}

function given<Name extends string, Value>(name: Name, value: Value | undefined): { readonly [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]?: Value });
}

function isFlag(value: unknown): value is boolean | string {
  return typeof value === "boolean" || typeof value === "string";
}

function resourcesOf(value: unknown): readonly Resource[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown) => {
    if (typeof one !== "object" || one === null) return [];
    const { type, ARN, ARNPrefix } = one as Record<string, unknown>;
    return [{ ...given("type", textOf(type)), ...given("ARN", textOf(ARN)), ...given("ARNPrefix", textOf(ARNPrefix)) }];
  });
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
