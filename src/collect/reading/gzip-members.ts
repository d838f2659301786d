import { inflateRawSync } from "node:zlib";
import { wholeBytesMax } from "./inflate.ts";

/** Checksum and length after each member's data. */
const trailerBytes = 8;

/**
 * Where the last whole member of a gzip file ends, when what follows is not gzip any more; undefined when a member is
 * damaged. Node's gunzip gives nothing at all of a file with foreign bytes after its members.
 */
export function findMembersEnd(compressed: Buffer): number | undefined {
  let end = 0;
  try {
    while (compressed.readUInt16BE(end) === 0x1f8b) {
      const data = compressed.subarray(headerEnd(compressed, end));
      const { engine } = inflateRawSync(data, { info: true, maxOutputLength: wholeBytesMax }) as unknown as {
        engine: { bytesWritten: number };
      };
      end = data.byteOffset - compressed.byteOffset + engine.bytesWritten + trailerBytes;
    }
  } catch {
    // Cut off or damaged, or one byte is left: the reading piece by piece finds out which.
    return end > 0 && end + 1 === compressed.length ? end : undefined;
  }
  return end > 0 && end < compressed.length ? end : undefined;
}

/** RFC 1952, 2.3: ten bytes, then what the flags announce. */
function headerEnd(bytes: Buffer, start: number): number {
  const flags = bytes.readUInt8(start + 3);
  let at = start + 10;
  if (flags & 4) at += 2 + bytes.readUInt16LE(at);
  for (const flag of [8, 16]) if (flags & flag) at = bytes.indexOf(0, at) + 1;
  return flags & 2 ? at + 2 : at;
}
