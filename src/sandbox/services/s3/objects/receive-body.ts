import { AwsError } from "../../../../aws/index.ts";
import { type Call } from "../../../service.ts";
import { type ChecksumAlgorithm, type StoredChecksum } from "../checksum/checksum.ts";
import { checkDigests, type ChecksumInput, type GivenChecksum, readChecksum } from "../checksum/given-checksum.ts";
import { type S3 } from "../operation.ts";
import { BytesTooLong, type WrittenBytes } from "./object-bytes.ts";

/** S3 User Guide, 'Uploading objects': one request carries at most 5 GB. */
export const requestBytesMax = 5 * 1024 ** 3;

/** Writes what a request brings to disk, and refuses it when it is not what the client said; then nothing stays. */
export async function receiveBody(
  s3: S3,
  call: Call,
  input: ChecksumInput & { readonly ContentMD5?: string | undefined; readonly Body?: unknown },
  options: { readonly dataKey: Uint8Array | undefined; readonly algorithm?: ChecksumAlgorithm },
): Promise<{ readonly written: WrittenBytes; readonly checksum: StoredChecksum; readonly isGiven: boolean }> {
  const given = readChecksum(input);
  // API Reference, PutObject: without a checksum from the client S3 keeps one of its own.
  const algorithm = options.algorithm ?? given?.algorithm ?? "CRC64NVME";
  const algorithms = given === undefined || given.algorithm === algorithm ? [algorithm] : [algorithm, given.algorithm];
  const written = await s3.bytes
    .write(bodyOf(call, input.Body), { algorithms, dataKey: options.dataKey, sizeBytesMax: requestBytesMax })
    .catch(throwTooLarge);
  try {
    checkDigests(given, input.ContentMD5, written, call.trailers);
  } catch (error) {
    await s3.bytes.remove([written.piece]);
    throw error;
  }
  return {
    written,
    checksum: { algorithm, value: written.checksums.get(algorithm) ?? "", type: "FULL_OBJECT" },
    isGiven: isGivenChecksum(given),
  };
}

function isGivenChecksum(given: GivenChecksum | undefined): boolean {
  return given !== undefined;
}

function bodyOf(call: Call, body: unknown): AsyncIterable<Uint8Array> {
  if (call.body !== undefined) return call.body as AsyncIterable<Uint8Array>;
  const bytes = body instanceof Uint8Array ? body : Buffer.from(typeof body === "string" ? body : "");
  return oneOf(bytes);
}

async function* oneOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
  await Promise.resolve();
}

function throwTooLarge(error: unknown): never {
  if (!(error instanceof BytesTooLong)) throw error;
  throw new AwsError("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", 400, {
    MaxSizeAllowed: String(requestBytesMax),
  });
}
