import { createHash } from "node:crypto";

/** The same file, unchanged, always has the same number: so a torn import finds its own events again. */
export function logFileId(name: string, version: string): bigint {
  return createHash("sha256").update(`file\0${name}\0${version}`).digest().readBigUInt64LE(0);
}
