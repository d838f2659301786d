export interface PlaceState {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly tz?: "local" | undefined;
}

/** An account and a region, as an address names them. */
export function readPlaceState(search: Readonly<Record<string, unknown>>): PlaceState {
  const text = (name: string): string | undefined => {
    const value = search[name];
    return typeof value === "string" && value !== "" ? value.slice(0, 200) : undefined;
  };
  return { account: text("account"), region: text("region"), tz: search["tz"] === "local" ? "local" : undefined };
}
