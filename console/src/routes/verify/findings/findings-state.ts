/** Which findings are looked at: those that are open where nothing else is said. */
export interface FindingsState {
  readonly state?: "settled" | "all" | undefined;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly tz?: "local" | undefined;
}

export function readFindingsState(search: Readonly<Record<string, unknown>>): FindingsState {
  const text = (name: string): string | undefined => {
    const value = search[name];
    return typeof value === "string" && value !== "" ? value.slice(0, 200) : undefined;
  };
  const state = text("state");
  return {
    state: state === "settled" || state === "all" ? state : undefined,
    account: text("account"),
    region: text("region"),
    tz: search["tz"] === "local" ? "local" : undefined,
  };
}
