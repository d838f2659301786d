import { AwsError } from "../../../../aws/index.ts";
import { invalidRequest, notImplemented } from "../errors.ts";
import { type ChecksumAlgorithm, checksumAlgorithms } from "./checksum.ts";

/** Checksums as operations are asked: the algorithm, and the value by its name. */
export interface ChecksumInput {
  readonly ChecksumAlgorithm?: string | undefined;
  readonly ChecksumCRC32?: string | undefined;
  readonly ChecksumCRC32C?: string | undefined;
  readonly ChecksumCRC64NVME?: string | undefined;
  readonly ChecksumSHA1?: string | undefined;
  readonly ChecksumSHA256?: string | undefined;
  readonly ChecksumSHA512?: string | undefined;
  readonly ChecksumMD5?: string | undefined;
  readonly ChecksumXXHASH64?: string | undefined;
  readonly ChecksumXXHASH3?: string | undefined;
  readonly ChecksumXXHASH128?: string | undefined;
}

export interface GivenChecksum {
  readonly algorithm: ChecksumAlgorithm;
  /** In base64; absent when it comes after the body. */
  readonly value?: string;
}

/** The checksum that a request brings, or announces for its end. */
export function readChecksum(input: ChecksumInput): GivenChecksum | undefined {
  if (input.ChecksumXXHASH64 ?? input.ChecksumXXHASH3 ?? input.ChecksumXXHASH128) throw notImplemented("XXHASH");
  const given = checksumAlgorithms.flatMap((algorithm) => {
    const value = input[`Checksum${algorithm}`];
    return value === undefined ? [] : [{ algorithm, value }];
  });
  if (given.length > 1) {
    throw invalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
  }
  const [only] = given;
  const named = input.ChecksumAlgorithm === undefined ? undefined : readAlgorithm(input.ChecksumAlgorithm);
  return only ?? (named === undefined ? undefined : { algorithm: named });
}

export function readAlgorithm(name: string): ChecksumAlgorithm {
  const algorithm = checksumAlgorithms.find((known) => known === name.toUpperCase());
  if (algorithm !== undefined) return algorithm;
  if (/^XXHASH/i.test(name)) throw notImplemented(name);
  throw invalidRequest(
    `Checksum algorithm provided is unsupported. Please try again with any of the valid types: [${checksumAlgorithms.join(", ")}]`,
  );
}

/** Refuses bytes that are not what the client meant to send. */
export function checkDigests(
  given: GivenChecksum | undefined,
  contentMd5: string | undefined,
  found: { readonly md5: string; readonly checksums: ReadonlyMap<ChecksumAlgorithm, string> },
  trailers: ReadonlyMap<string, string> | undefined,
): void {
  if (contentMd5 !== undefined) {
    const wanted = Buffer.from(contentMd5, "base64");
    if (wanted.length !== 16) throw new AwsError("InvalidDigest", "The Content-MD5 you specified was invalid.");
    if (wanted.toString("hex") !== found.md5) {
      throw new AwsError("BadDigest", "The Content-MD5 you specified did not match what we received.", 400, {
        ExpectedDigest: contentMd5.slice(0, 100),
        CalculatedDigest: Buffer.from(found.md5, "hex").toString("base64"),
      });
    }
  }
  if (given === undefined) return;
  const value = given.value ?? trailers?.get(`x-amz-checksum-${given.algorithm.toLowerCase()}`);
  if (value !== undefined && value !== found.checksums.get(given.algorithm)) {
    throw new AwsError("BadDigest", `The ${given.algorithm} you specified did not match the calculated checksum.`);
  }
}

/** A checksum as answers have it: `ChecksumCRC32` and its like. */
export function printChecksum(
  checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined,
): {
  readonly [Name in `Checksum${ChecksumAlgorithm}`]?: string;
} {
  return checksum === undefined ? {} : { [`Checksum${checksum.algorithm}`]: checksum.value };
}
