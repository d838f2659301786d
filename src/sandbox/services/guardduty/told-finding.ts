import { type OutputOf } from "../../../aws/index.ts";
import { type JsonObject, type JsonValue } from "../../../cloudtrail/index.ts";

export type ToldFinding = NonNullable<OutputOf<"guardduty", "GetFindings">["Findings"]>[number];

const instants = new Set(["createdAt", "updatedAt", "firstSeenAt", "lastSeenAt"]);

/** A finding as the SDK names its members: as in events, but for a capital at the beginning. */
export function tellFinding(finding: JsonObject): ToldFinding {
  return capitalized(finding) as unknown as ToldFinding;
}

type Told = JsonValue | Date | readonly Told[] | { readonly [name: string]: Told };

function capitalized(value: JsonValue): Told {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(capitalized);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, each]): [string, Told] => {
    // Its names are types of resources, not members.
    if (name === "affectedResources") return ["AffectedResources", each ?? {}];
    if (instants.has(name) && typeof each === "number") return [capital(name), new Date(each * 1_000)];
    return [capital(name), capitalized(each ?? null)];
  });
  return Object.fromEntries(entries);
}

function capital(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
