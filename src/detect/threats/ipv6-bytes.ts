const colon = 0x3a;
const groupsMax = 8;
/** Nothing is awaited while it is in use; one for each address would take as long as all the rest. */
const groups = new Uint16Array(groupsMax);

/**
 * Reads an address of IPv6 from its bytes in a text and puts it down as four words of 32 bits, the upper ones first.
 * Gives false for what is none, and for one that ends in the form of IPv4, which tables of networks do not hold.
 */
export function readIpv6(
  bytes: Uint8Array,
  [from, to]: readonly [number, number],
  words: Uint32Array,
  wordAt: number,
): boolean {
  let count = 0;
  let gapAt = -1;
  let at = from;
  if (to - from >= 2 && bytes[from] === colon && bytes[from + 1] === colon) {
    gapAt = 0;
    at += 2;
  }
  while (at < to) {
    const begin = at;
    let group = 0;
    for (let digit = 0; at < to && (digit = hexDigit(bytes[at])) !== -1; at++) group = group * 16 + digit;
    if (at === begin || at - begin > 4 || count === groupsMax) return false;
    groups[count] = group;
    count += 1;
    if (at === to) break;
    if (bytes[at] !== colon || at + 1 === to) return false;
    at += 1;
    if (bytes[at] !== colon) continue;
    if (gapAt !== -1) return false;
    gapAt = count;
    at += 1;
  }
  if (gapAt === -1 ? count !== groupsMax : count === groupsMax) return false;
  const missing = groupsMax - count;
  const groupAt = (place: number) => {
    if (gapAt === -1 || place < gapAt) return groups[place] ?? 0;
    return place < gapAt + missing ? 0 : (groups[place - missing] ?? 0);
  };
  for (let word = 0; word < groupsMax / 2; word++) {
    words[wordAt + word] = groupAt(2 * word) * 0x1_0000 + groupAt(2 * word + 1);
  }
  return true;
}

/** -1 for what is none. */
function hexDigit(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
}
