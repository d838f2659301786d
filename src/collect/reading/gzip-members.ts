import { createInflateRaw, inflateRawSync } from "node:zlib";
import { defaultInflateLimits, wholeBytesMax } from "./inflate.ts";

/** How the bytes of a file were packed: what makes two files with the same text different objects. */
export interface GzipFacts {
  /** 0 for what was not compressed. */
  readonly gzipMembers: number;
  /** Bytes behind the last member that are none of it. */
  readonly bytesBehind: number;
}

/** What CloudTrail writes. */
export const oneMember: GzipFacts = { gzipMembers: 1, bytesBehind: 0 };
export const notCompressed: GzipFacts = { gzipMembers: 0, bytesBehind: 0 };

/** Checksum and length after each member's data. */
const trailerBytes = 8;
const magic = Buffer.from([0x1f, 0x8b, 0x08]);
/** The shortest member: header, empty block, checksum and length. */
const memberBytesMin = 20;
/** Of a file with more members it is said that there are so many. */
const membersMax = 100_000;

/** Whether a further member may begin somewhere; it is looked for by its first bytes, which is quick, and mostly right. */
export function mayHaveSecondMember(compressed: Buffer): boolean {
  return compressed.indexOf(magic, memberBytesMin) >= 0;
}

/** Members that lie one after another from the beginning, and where the last of them ends. */
export interface MemberWalk {
  readonly members: number;
  readonly end: number;
  /** What follows begins like a member, and is none that can be inflated in one go. */
  readonly isBroken: boolean;
}

/** Takes the members of a file apart. Node's gunzip tells neither how many there are nor where they end. */
export function walkMembers(compressed: Buffer): MemberWalk {
  let [members, end] = [0, 0];
  while (members < membersMax && startsMember(compressed, end)) {
    const from = headerEnd(compressed, end);
    const used = from === undefined ? undefined : inflatedFrom(compressed.subarray(from));
    const next = (from ?? 0) + (used ?? 0) + trailerBytes;
    if (used === undefined || next > compressed.length) return { members, end, isBroken: true };
    members++;
    end = next;
  }
  return { members, end, isBroken: false };
}

/**
 * Where the last whole member of a gzip file ends, when what follows is not gzip any more; undefined when a member is
 * damaged. Node's gunzip gives nothing at all of a file with foreign bytes after its members.
 */
export function findMembersEnd(compressed: Buffer): number | undefined {
  const { end, isBroken } = walkMembers(compressed);
  return !isBroken && end > 0 && end < compressed.length ? end : undefined;
}

/**
 * The same facts of a file whose first member is too large to be inflated in one go, or damaged; what it inflates to is
 * let go of.
 */
export async function factsOfLarge(compressed: Buffer): Promise<GzipFacts> {
  const from = headerEnd(compressed, 0);
  const used = from === undefined ? undefined : await streamedFrom(compressed.subarray(from));
  if (from === undefined || used === undefined) return oneMember;
  const first = Math.min(compressed.length, from + used + trailerBytes);
  const { members, end } = walkMembers(compressed.subarray(first));
  return { gzipMembers: 1 + members, bytesBehind: compressed.length - first - end };
}

function startsMember(bytes: Buffer, at: number): boolean {
  return bytes.length - at >= magic.length && bytes.compare(magic, 0, magic.length, at, at + magic.length) === 0;
}

/** Compressed bytes of the data that begins there; nothing where it cannot be inflated in one go. */
function inflatedFrom(data: Buffer): number | undefined {
  try {
    const { engine } = inflateRawSync(data, { info: true, maxOutputLength: wholeBytesMax }) as unknown as {
      engine: { bytesWritten: number };
    };
    return engine.bytesWritten;
  } catch {
    // Cut off, damaged or large: the reading piece by piece finds out which.
    return undefined;
  }
}

function streamedFrom(data: Buffer): Promise<number | undefined> {
  const inflate = createInflateRaw({ chunkSize: 256 * 1024 });
  let inflated = 0;
  return new Promise((resolve) => {
    inflate.on("data", (chunk: Buffer) => {
      inflated += chunk.length;
      if (inflated <= defaultInflateLimits.inflatedBytesMax) return;
      inflate.destroy();
      resolve(undefined);
    });
    inflate.once("end", () => resolve(inflate.bytesWritten));
    inflate.once("error", () => resolve(undefined));
    inflate.end(data);
  });
}

/** RFC 1952, 2.3: ten bytes, then what the flags announce. */
function headerEnd(bytes: Buffer, start: number): number | undefined {
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
