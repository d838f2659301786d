import { incidentStates, type IncidentsAsk, type IncidentState } from "../../incidents-api.ts";
import { isLevel, levelsFrom, type Level } from "../../parts/levels.ts";
import { readText, readTz, type Address } from "../../parts/read-address.ts";

/** Those that somebody still has to do something about, where the address says nothing else. */
export type ShownState = "open" | IncidentState | "all";
export const shownStates: readonly ShownState[] = ["open", ...incidentStates, "all"];

/** What the address says of the list of incidents. */
export interface IncidentsState {
  readonly state?: Exclude<ShownState, "open"> | undefined;
  /** This severe or worse. */
  readonly severity?: Level | undefined;
  readonly account?: string | undefined;
  readonly owner?: string | undefined;
  readonly tz?: "local" | undefined;
}

export function readIncidentsState(address: Address): IncidentsState {
  const state = shownStates.find((each) => each === address["state"]);
  const { severity } = address;
  return {
    state: state === "open" ? undefined : state,
    severity: isLevel(severity) && severity !== "informational" ? severity : undefined,
    account: readText(address, "account"),
    owner: readText(address, "owner"),
    tz: readTz(address),
  };
}

const openStates: readonly IncidentState[] = ["new", "triaged", "contained"];

/** What is asked of the server. */
export function askOf({ state, severity, account, owner }: IncidentsState): IncidentsAsk {
  return {
    state: state === undefined ? openStates.join(",") : state === "all" ? undefined : state,
    severity: severity === undefined ? undefined : levelsFrom(severity).join(","),
    account,
    owner,
  };
}

/** How many there are of what a button shows. */
export function countOfState(counts: Readonly<Record<string, number>>, state: ShownState): number {
  const states = state === "open" ? openStates : state === "all" ? incidentStates : [state];
  return states.reduce((sum, each) => sum + (counts[each] ?? 0), 0);
}
