import { type AddressRange, readRange } from "../../predicate/index.ts";

/** What sort of network an address lies in, as far as the address tells by itself. */
export type OwnNature = "private" | "public";

/** Addresses that nobody on the internet has: iana.org/assignments/iana-ipv4-special-registry, and the same of IPv6. */
const privateRanges: readonly AddressRange[] = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/3",
  "::/128",
  "::1/128",
  "64:ff9b:1::/48",
  "fc00::/7",
  "fe80::/10",
  "ff00::/8",
].flatMap((text) => readRange(text) ?? []);

/** AWS's own networks. By number: the word Amazon stands in the names of others, too. */
const awsNumbers: ReadonlySet<number> = new Set([801, 7224, 8987, 9059, 14618, 16509]);

export function natureOf(address: bigint): OwnNature {
  return privateRanges.some(({ first, last }) => address >= first && address <= last) ? "private" : "public";
}

/** Whether a range reaches into networks that nobody on the internet has. */
export function isPrivateRange({ first, last }: AddressRange): boolean {
  return privateRanges.some((range) => first <= range.last && last >= range.first);
}

export function isAwsNumber(asn: number): boolean {
  return awsNumbers.has(asn);
}

/** `ec2.amazonaws.com`, `AWS Internal`, `AWS Internal/3`: what CloudTrail writes for an address when a service called. */
export function isServiceName(text: string): boolean {
  return (
    /^AWS Internal(?:\/|$)/.test(text) ||
    /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:amazonaws\.com(?:\.cn)?|aws\.internal)$/i.test(text)
  );
}
