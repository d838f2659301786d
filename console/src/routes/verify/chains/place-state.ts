import { type Address, readText, readTz } from "../../../parts/read-address.ts";

export interface PlaceState {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly tz?: "local" | undefined;
}

/** An account and a region, as an address names them. */
export function readPlaceState(address: Address): PlaceState {
  return { account: readText(address, "account"), region: readText(address, "region"), tz: readTz(address) };
}
