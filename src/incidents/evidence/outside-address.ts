import { readAddress, readRange } from "../../predicate/index.ts";

/** Addresses that many share, or that lead nowhere (IANA special-purpose registries). */
const inside = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"],
  ...["::/127", "fc00::/7", "fe80::/10"],
].flatMap((text) => readRange(text) ?? []);

/** The text, where it is an address of somebody outside; services' names and private addresses are not. */
export function outsideAddress(text: string): string | undefined {
  const address = readAddress(text);
  if (address === undefined) return undefined;
  const isInside = inside.some(({ first, last }) => address >= first && address <= last);
  return isInside ? undefined : text;
}
