import { createHash, type Hash } from "node:crypto";
import { crc32 } from "node:zlib";
import { crc32c } from "./crc32c.ts";
import { type Crc64, crc64nvme, crc64Start } from "./crc64nvme.ts";

/** The algorithms that the sandbox reckons; S3 knows more, which are refused. */
export const checksumAlgorithms = ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256", "SHA512", "MD5"] as const;

export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

export interface StoredChecksum {
  readonly algorithm: ChecksumAlgorithm;
  /** In base64; of a composite one with a dash and the number of parts. */
  readonly value: string;
  readonly type: "FULL_OBJECT" | "COMPOSITE";
}

/** Reckons while bytes go by. */
export interface Digester {
  update(bytes: Uint8Array): void;
  /** In base64. */
  digest(): string;
}

export function createDigester(algorithm: ChecksumAlgorithm): Digester {
  switch (algorithm) {
    case "CRC32":
      return crcDigester(crc32);
    case "CRC32C":
      return crcDigester(crc32c);
    case "CRC64NVME":
      return crc64Digester();
    case "SHA1":
    case "SHA256":
    case "SHA512":
    case "MD5":
      return hashDigester(createHash(algorithm.toLowerCase()));
  }
}

/** The checksum of an object in parts by the checksums of its parts (S3 User Guide, "Checking object integrity"). */
export function compositeChecksum(algorithm: ChecksumAlgorithm, parts: readonly string[]): string {
  const digester = createDigester(algorithm);
  for (const part of parts) digester.update(Buffer.from(part, "base64"));
  return `${digester.digest()}-${parts.length}`;
}

function crcDigester(next: (bytes: Uint8Array, before: number) => number): Digester {
  let crc = 0;
  return {
    update: (bytes) => void (crc = next(bytes, crc)),
    digest() {
      const value = Buffer.alloc(4);
      value.writeUInt32BE(crc);
      return value.toString("base64");
    },
  };
}

function crc64Digester(): Digester {
  let crc: Crc64 = crc64Start;
  return {
    update: (bytes) => void (crc = crc64nvme(bytes, crc)),
    digest() {
      const value = Buffer.alloc(8);
      value.writeUInt32BE(crc.high, 0);
      value.writeUInt32BE(crc.low, 4);
      return value.toString("base64");
    },
  };
}

function hashDigester(hash: Hash): Digester {
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest("base64") };
}
