/** How every member begins that holds deflated data (RFC 1952, 2.3.1). */
const magic = Buffer.from([0x1f, 0x8b, 0x08]);
/** The shortest member: header, empty block, checksum and length. */
const memberBytesMin = 20;

/** Checksum and length after each member's data. */
export const memberTrailerBytes = 8;
/** A file of more members is judged by its first ones; the count then says that there are more than one, which is enough. */
export const membersMax = 100_000;

/** Whether a further member may begin somewhere; it is looked for by its first bytes, which is quick, and mostly right. */
export function mayHaveSecondMember(compressed: Buffer): boolean {
  return compressed.indexOf(magic, memberBytesMin) >= 0;
}

/** Whether a member begins there, as far as its first bytes tell. */
export function startsMember(bytes: Buffer, at: number): boolean {
  return bytes.length - at >= magic.length && bytes.compare(magic, 0, magic.length, at, at + magic.length) === 0;
}

/** Where the data of a member begins, behind its header: ten bytes, then what the flags announce (RFC 1952, 2.3). */
export function memberDataStart(bytes: Buffer, start: number): number | undefined {
  const flags = bytes[start + 3];
  if (flags === undefined) return undefined;
  let at = start + 10;
  if (flags & 4) {
    if (at + 2 > bytes.length) return undefined;
    at += 2 + bytes.readUInt16LE(at);
  }
  for (const flag of [8, 16]) {
    if (!(flags & flag)) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) return undefined;
    at = end + 1;
  }
  return flags & 2 ? at + 2 : at;
}
