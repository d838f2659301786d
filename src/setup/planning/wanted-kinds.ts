import type { SelectorsValue } from "../settings/values.ts";

/** Which management events a trail's selectors let in. */
export interface WantedKinds {
  readonly hasReads: boolean;
  readonly hasWrites: boolean;
  /** Reads and writes of every service. */
  readonly hasAllManagement: boolean;
}

type Selector = Readonly<Record<string, unknown>>;

/** Nothing given means what a new trail has: all management events (CloudTrail User Guide, "Logging management events"). */
export function wantedKinds(selectors: SelectorsValue | undefined): WantedKinds {
  const each = [...(selectors?.basic ?? []).map(ofBasic), ...(selectors?.advanced ?? []).map(ofAdvanced)];
  const hasNone = selectors === undefined || (selectors.basic === undefined && selectors.advanced === undefined);
  if (hasNone) return { hasReads: true, hasWrites: true, hasAllManagement: true };
  const hasReads = each.some(({ reads }) => reads);
  const hasWrites = each.some(({ writes }) => writes);
  const hasAllServices =
    each.some(({ reads, isWhole }) => reads && isWhole) && each.some(({ writes, isWhole }) => writes && isWhole);
  return { hasReads, hasWrites, hasAllManagement: hasReads && hasWrites && hasAllServices };
}

interface Wanted {
  readonly reads: boolean;
  readonly writes: boolean;
  /** No service's management events are left out. */
  readonly isWhole: boolean;
}

function ofBasic(selector: Selector): Wanted {
  const isOn = selector["IncludeManagementEvents"] !== false;
  const kind = selector["ReadWriteType"] ?? "All";
  const excluded = selector["ExcludeManagementEventSources"];
  return {
    reads: isOn && kind !== "WriteOnly",
    writes: isOn && kind !== "ReadOnly",
    isWhole: !Array.isArray(excluded) || excluded.length === 0,
  };
}

function ofAdvanced(selector: Selector): Wanted {
  const fields = Array.isArray(selector["FieldSelectors"]) ? (selector["FieldSelectors"] as readonly Selector[]) : [];
  const valuesOf = (field: string) => fields.find((one) => one["Field"] === field)?.["Equals"];
  const isManagement = includes(valuesOf("eventCategory"), "Management");
  const readOnly = valuesOf("readOnly");
  return {
    reads: isManagement && (readOnly === undefined || includes(readOnly, "true")),
    writes: isManagement && (readOnly === undefined || includes(readOnly, "false")),
    isWhole: fields.every((one) => one["Field"] === "eventCategory" || one["Field"] === "readOnly"),
  };
}

function includes(values: unknown, wanted: string): boolean {
  return Array.isArray(values) && values.includes(wanted);
}
