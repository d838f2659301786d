import { type Address, readText, readTz } from "../../../parts/read-address.ts";

/** Which findings are looked at: those that are open where nothing else is said. */
export interface FindingsState {
  readonly state?: "settled" | "all" | undefined;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly tz?: "local" | undefined;
}

export function readFindingsState(address: Address): FindingsState {
  const state = readText(address, "state");
  return {
    state: state === "settled" || state === "all" ? state : undefined,
    account: readText(address, "account"),
    region: readText(address, "region"),
    tz: readTz(address),
  };
}
