import { gunzipSync, inflateRawSync } from "node:zlib";

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

const magic = Buffer.from([0x1f, 0x8b, 0x08]);
/** The shortest member: header, empty block, checksum and length. */
const memberBytesMin = 20;
/** A file of more members is judged by its first ones; the count then says that there are more than one, which is enough. */
const membersMax = 100_000;

/** Unpacks a gzip file held in memory and finds out what `gunzip` keeps to itself: further members and bytes behind. */
export function unpackGzip(compressed: Buffer, options: { readonly bytesMax: number }): UnpackedGzip {
  if (!startsMember(compressed, 0)) return { bytes: compressed, members: 0, bytesBehind: 0, fault: undefined };
  // The usual file has one member: the second's first bytes are looked for, which is quicker than taking members apart.
  if (compressed.indexOf(magic, memberBytesMin) < 0) {
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

function startsMember(bytes: Buffer, at: number): boolean {
  return bytes.length - at >= magic.length && bytes.compare(magic, 0, magic.length, at, at + magic.length) === 0;
}

/** Where a member ends, behind its checksum and length; the end of all where that cannot be told. */
function memberEnd(compressed: Buffer, start: number, bytesMax: number): number {
  const from = headerEnd(compressed, start);
  if (from === undefined) return compressed.length;
  try {
    const data = compressed.subarray(from);
    const { engine } = inflateRawSync(data, {
      info: true,
      maxOutputLength: Math.max(1, bytesMax),
    }) as unknown as Inflated;
    return Math.min(compressed.length, from + engine.bytesWritten + 8);
  } catch {
    return compressed.length;
  }
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
