import { advancedFormOf, type FieldSelector } from "../../cloudtrail/index.ts";
import { readSelectors } from "../settings/read-selectors.ts";
import type { SelectorsValue } from "../settings/values.ts";

/** Which management events a trail's selectors let in. */
export interface WantedKinds {
  readonly hasReads: boolean;
  readonly hasWrites: boolean;
  /** Reads and writes of every service. */
  readonly hasAllManagement: boolean;
}

/** None given means what a new trail has; of a form that is not known here nothing is claimed. */
export function wantedKinds(value: SelectorsValue | undefined): WantedKinds {
  const read = readSelectors(value);
  const management = (read === undefined ? [] : advancedFormOf(read)).filter(({ fields }) =>
    fields.some(({ field, Equals }) => field === "eventCategory" && Equals?.includes("Management") === true),
  );
  const kinds = management.map(({ fields }) => ({
    reads: takes(fields, "true"),
    writes: takes(fields, "false"),
    isWhole: fields.every(({ field }) => field === "eventCategory" || field === "readOnly"),
  }));
  return {
    hasReads: kinds.some(({ reads }) => reads),
    hasWrites: kinds.some(({ writes }) => writes),
    hasAllManagement:
      kinds.some(({ reads, isWhole }) => reads && isWhole) && kinds.some(({ writes, isWhole }) => writes && isWhole),
  };
}

function takes(fields: readonly FieldSelector[], readOnly: string): boolean {
  return fields.every(({ field, Equals }) => field !== "readOnly" || Equals?.includes(readOnly) === true);
}
