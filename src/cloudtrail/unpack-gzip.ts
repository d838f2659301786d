import { gunzipSync, inflateRawSync } from "node:zlib";
import { mayHaveSecondMember, memberDataStart, membersMax, memberTrailerBytes, startsMember } from "./gzip-member.ts";

/** What a gzip file holds, and what else there is to say of its bytes. */
export interface UnpackedGzip {
  /** Of all its members; as far as they go where there is a fault. Not compressed bytes as they came. */
  readonly bytes: Buffer;
  /** 0 where the bytes are not gzip at all. */
  readonly members: number;
  /** Bytes behind the last member that are none of it: zeros, or anything else. */
  readonly bytesBehind: number;
  readonly fault: "cut-off" | "damaged" | "too-large" | undefined;
}

/** Unpacks a gzip file held in memory and finds out what `gunzip` keeps to itself: further members and bytes behind. */
export function unpackGzip(compressed: Buffer, options: { readonly bytesMax: number }): UnpackedGzip {
  if (!startsMember(compressed, 0)) return { bytes: compressed, members: 0, bytesBehind: 0, fault: undefined };
  // The usual file has one member: the second's first bytes are looked for, which is quicker than taking members apart.
  if (!mayHaveSecondMember(compressed)) {
    const one = inflateMember(compressed, options.bytesMax);
    if (one.fault === undefined && one.end === compressed.length) {
      return { bytes: one.bytes, members: 1, bytesBehind: 0, fault: undefined };
    }
  }
  return unpackMembers(compressed, options.bytesMax);
}

function unpackMembers(compressed: Buffer, bytesMax: number): UnpackedGzip {
  const parts: Buffer[] = [];
  let [at, size] = [0, 0];
  while (at < compressed.length && parts.length < membersMax && startsMember(compressed, at)) {
    const end = memberEnd(compressed, at, bytesMax - size);
    const one = inflateMember(compressed.subarray(at, end), bytesMax - size);
    if (one.fault !== undefined) {
      // What only looks like a member's beginning is bytes behind the last one.
      if (parts.length > 0 && one.fault !== "too-large") break;
      return { bytes: Buffer.concat(parts), members: parts.length + 1, bytesBehind: 0, fault: one.fault };
    }
    parts.push(one.bytes);
    size += one.bytes.length;
    at += one.end;
  }
  return {
    bytes: parts.length === 1 ? (parts[0] ?? Buffer.alloc(0)) : Buffer.concat(parts),
    members: parts.length,
    bytesBehind: compressed.length - at,
    fault: undefined,
  };
}

/** Where a member ends, behind its checksum and length; the end of all where that cannot be told. */
function memberEnd(compressed: Buffer, start: number, bytesMax: number): number {
  const from = memberDataStart(compressed, start);
  if (from === undefined) return compressed.length;
  try {
    const data = compressed.subarray(from);
    const { engine } = inflateRawSync(data, {
      info: true,
      maxOutputLength: Math.max(1, bytesMax),
    }) as unknown as Inflated;
    return Math.min(compressed.length, from + engine.bytesWritten + memberTrailerBytes);
  } catch {
    return compressed.length;
  }
}

/** No data can be packed closer (zlib, "Maximum Compression Factor"). */
const deflateRatioMax = 1032;

interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

type InflatedMember =
  | { readonly bytes: Buffer; readonly end: number; readonly fault: undefined }
  | { readonly fault: NonNullable<UnpackedGzip["fault"]> };

function inflateMember(compressed: Buffer, bytesMax: number): InflatedMember {
  // The trailer says how large the member is; it is only a hint for the size of the output buffer, and may be forged.
  const told = compressed.length < 4 ? 0 : compressed.readUInt32LE(compressed.length - 4);
  const hint = Math.min(told, compressed.length * deflateRatioMax);
  const chunkSize = Math.min(Math.max(hint + 64, 16 * 1024), Math.max(64, bytesMax), 64 * 1024 * 1024);
  try {
    const { buffer, engine } = gunzipSync(compressed, {
      chunkSize,
      maxOutputLength: Math.max(1, bytesMax),
      info: true,
    }) as unknown as Inflated;
    return { bytes: buffer, end: engine.bytesWritten, fault: undefined };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ERR_BUFFER_TOO_LARGE") return { fault: "too-large" };
    return { fault: code === "Z_BUF_ERROR" ? "cut-off" : "damaged" };
  }
}
