import { createInflateRaw, inflateRawSync } from "node:zlib";
import { memberDataStart, membersMax, memberTrailerBytes, startsMember } from "../../cloudtrail/index.ts";
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
    const from = memberDataStart(compressed, end);
    const used = from === undefined ? undefined : inflatedFrom(compressed.subarray(from));
    const next = (from ?? 0) + (used ?? 0) + memberTrailerBytes;
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
  const from = memberDataStart(compressed, 0);
  const used = from === undefined ? undefined : await streamedFrom(compressed.subarray(from));
  if (from === undefined || used === undefined) return oneMember;
  const first = Math.min(compressed.length, from + used + memberTrailerBytes);
  const { members, end } = walkMembers(compressed.subarray(first));
  return { gzipMembers: 1 + members, bytesBehind: compressed.length - first - end };
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
