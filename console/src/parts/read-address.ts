/** What the query of an address says, as the router hands it over: anybody may have written it. */
export type Address = Readonly<Record<string, unknown>>;

const charactersMax = 200;

/** A name or the like; nothing where there is none. */
export function readText(address: Address, name: string): string | undefined {
  const value = address[name];
  return typeof value === "string" && value !== "" ? value.slice(0, charactersMax) : undefined;
}

/** One of several; nothing where it is none of them, and where it is the usual one, which no address says. */
export function readChoice<Choice extends string>(
  address: Address,
  name: string,
  choices: Readonly<Record<Choice, unknown>>,
  usual: NoInfer<Choice>,
): Choice | undefined {
  const value = address[name];
  const isOne = typeof value === "string" && Object.hasOwn(choices, value) && value !== usual;
  return isOne ? (value as Choice) : undefined;
}

/** Whether times are shown as the reader's clock has them; nothing where in UTC. */
export function readTz(address: Address): "local" | undefined {
  return address["tz"] === "local" ? "local" : undefined;
}
