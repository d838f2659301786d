import { createHash } from "node:crypto";
import { AwsError, type InputOf } from "../../../../aws/index.ts";
import { compositeChecksum, createDigester, type StoredChecksum } from "../checksum/checksum.ts";
import { malformedXml } from "../errors.ts";
import { type S3 } from "../operation.ts";
import { type Part, type Upload } from "./uploads.ts";

type GivenParts = NonNullable<NonNullable<InputOf<"s3", "CompleteMultipartUpload">["MultipartUpload"]>["Parts"]>;

/** S3 User Guide, 'Amazon S3 multipart upload limits'. */
export const partsMax = 10_000;
const partBytesMin = 5 * 1024 * 1024;

/** The parts that the client names, in its order, which has to be that of their numbers. */
export function chooseParts(s3: S3, upload: Upload, given: GivenParts | undefined): readonly Part[] {
  if (given === undefined || given.length === 0 || given.length > partsMax) throw malformedXml();
  const chosen: Part[] = [];
  let before = 0;
  for (const { PartNumber: number = 0, ETag: eTag = "", ...checksums } of given) {
    if (number <= before) {
      throw new AwsError(
        "InvalidPartOrder",
        "The list of parts was not in ascending order. Parts must be ordered by part number.",
      );
    }
    before = number;
    const part = s3.uploads.part(upload.uploadId, number);
    if (part?.md5 !== eTag.replaceAll('"', "")) throw invalidPart(upload, number, eTag);
    const checksum = checksums[`Checksum${upload.checksum.algorithm}`];
    if (checksum !== undefined && checksum !== part.checksum) throw invalidPart(upload, number, eTag);
    chosen.push(part);
  }
  const small = chosen.slice(0, -1).find(({ piece }) => piece.sizeBytes < partBytesMin);
  if (small !== undefined) {
    throw new AwsError("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", 400, {
      ProposedSize: String(small.piece.sizeBytes),
      MinSizeAllowed: String(partBytesMin),
      PartNumber: String(small.number),
      ETag: small.md5,
    });
  }
  return chosen;
}

/** The MD5 of the parts' MD5s, with their number: `"…-3"`. */
export function multipartETag(parts: readonly Part[]): string {
  const md5 = createHash("md5");
  for (const part of parts) md5.update(Buffer.from(part.md5, "hex"));
  return `"${md5.digest("hex")}-${parts.length}"`;
}

/** The checksum of the whole: out of those of its parts, or of all the bytes again, by the upload's type. */
export async function wholeChecksum(
  s3: S3,
  upload: Upload,
  parts: readonly Part[],
  dataKey: Uint8Array | undefined,
): Promise<StoredChecksum> {
  const { algorithm, type } = upload.checksum;
  if (type === "COMPOSITE") {
    return {
      algorithm,
      type,
      value: compositeChecksum(
        algorithm,
        parts.map(({ checksum }) => checksum),
      ),
    };
  }
  const pieces = parts.map(({ piece }) => piece);
  const end = pieces.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const digester = createDigester(algorithm);
  const bytes = await s3.bytes.read(pieces, dataKey, { start: 0, end });
  for await (const chunk of bytes as AsyncIterable<Uint8Array>) digester.update(chunk);
  return { algorithm, type, value: digester.digest() };
}

function invalidPart(upload: Upload, number: number, eTag: string): AwsError {
  return new AwsError(
    "InvalidPart",
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    400,
    { UploadId: upload.uploadId, PartNumber: String(number), ETag: eTag.slice(0, 100).replaceAll('"', "") },
  );
}
