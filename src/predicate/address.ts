/** First and last address of a range, as 128-bit numbers; IPv4 lies at `::ffff:0:0/96`. */
export interface AddressRange {
  readonly first: bigint;
  readonly last: bigint;
}

const ipv4Shape = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const ipv4Prefix = 0xffffn << 32n;

/** Reads an IPv4 or IPv6 address as a 128-bit number; anything else (a service name, a port behind it) is undefined. */
export function readAddress(text: string): bigint | undefined {
  if (text.length > 45) {
    return undefined;
  }
  if (ipv4Shape.test(text)) {
    return ipv4Prefix | readIpv4(text);
  }
  return text.includes(":") ? readIpv6(text) : undefined;
}

/** Reads `10.0.0.0/8`, `2001:db8::/32` or a single address; bits behind the prefix are ignored. */
export function readRange(text: string): AddressRange | undefined {
  const parts = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text);
  const address = readAddress(parts?.[1] ?? "");
  if (parts === null || address === undefined) {
    return undefined;
  }
  const width = ipv4Shape.test(parts[1] ?? "") ? 32 : 128;
  const prefix = parts[2] === undefined ? width : Number(parts[2]);
  if (prefix > width) {
    return undefined;
  }
  const free = (1n << BigInt(width - prefix)) - 1n;
  const first = (address | free) ^ free;
  return { first, last: first | free };
}

function readIpv4(text: string): bigint {
  return text.split(".").reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

function readIpv6(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) {
    return undefined;
  }
  const head = readGroups(halves[0] ?? "", halves.length === 1);
  const tail = halves.length === 2 ? readGroups(halves[1] ?? "", true) : [];
  if (head === undefined || tail === undefined) {
    return undefined;
  }
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) {
    return undefined;
  }
  const groups = [...head, ...Array.from({ length: missing }, () => 0n), ...tail];
  return groups.reduce((sum, group) => (sum << 16n) | group, 0n);
}

/** Reads the groups on one side of `::`; only the right end may be written as IPv4. */
function readGroups(text: string, mayEndInIpv4: boolean): bigint[] | undefined {
  if (text === "") {
    return [];
  }
  const groups: bigint[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      groups.push(BigInt(`0x${part}`));
    } else if (mayEndInIpv4 && index === parts.length - 1 && ipv4Shape.test(part)) {
      const number = readIpv4(part);
      groups.push(number >> 16n, number & 0xffffn);
    } else {
      return undefined;
    }
  }
  return groups;
}
