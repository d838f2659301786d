import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

import { digestFileName, keyDay, printObjectKey } from "../../cloudtrail/index.ts";
import { type Chain, type DeliveredFile, type MissedWindow, type PreviousDigest } from "./chain.ts";
import { type SigningKeys } from "./signing-keys.ts";

const compress = promisify(gzip);

export interface DigestFile {
  readonly key: string;
  readonly bytes: Buffer;
  /** Of the object; the signature stands there. */
  readonly metadata: Readonly<Record<string, string>>;
  /** What the next digest says of this one. */
  readonly asPrevious: PreviousDigest;
}

export interface DigestContent {
  readonly chain: Chain;
  readonly window: MissedWindow;
  readonly files: readonly DeliveredFile[];
  readonly previous: PreviousDigest | undefined;
  /** When a digest of late files is made; undefined for one of the hourly chain. */
  readonly generatedAt: number | undefined;
}

/** A digest, signed (CloudTrail User Guide, "CloudTrail digest file structure"). */
export async function digestFile(content: DigestContent, keys: SigningKeys): Promise<DigestFile> {
  const { chain, window, previous, generatedAt } = content;
  const { bucket } = chain.destination;
  const key = digestKey(chain, window.endsAt, generatedAt !== undefined);
  const signedAt = generatedAt ?? window.endsAt;
  const text = JSON.stringify(digestJson(content, key, await keys.fingerprint(chain.region, signedAt)));
  const sha256 = createHash("sha256").update(text).digest("hex");
  const toSign = [secondText(window.endsAt), `${bucket}/${key}`, sha256, previous?.signature ?? "null"].join("\n");
  const signature = await keys.sign(chain.region, signedAt, toSign);
  return {
    key,
    bytes: await compress(text),
    metadata: {
      signature: signature.text,
      "signature-algorithm": "SHA256withRSA",
      ...(generatedAt !== undefined && { "backfill-generation-timestamp": new Date(generatedAt).toISOString() }),
    },
    asPrevious: { bucket, key, sha256, signature: signature.text },
  };
}

function digestJson({ chain, window, files, previous }: DigestContent, key: string, fingerprint: string) {
  const times = files.flatMap(({ oldestEventTime, newestEventTime }) => [oldestEventTime, newestEventTime]).sort();
  return {
    awsAccountId: chain.accountId,
    digestStartTime: secondText(window.startsAt),
    digestEndTime: secondText(window.endsAt),
    digestS3Bucket: chain.destination.bucket,
    digestS3Object: key,
    digestPublicKeyFingerprint: fingerprint,
    digestSignatureAlgorithm: "SHA256withRSA",
    newestEventTime: times.at(-1) ?? null,
    oldestEventTime: times[0] ?? null,
    previousDigestS3Bucket: previous?.bucket ?? null,
    previousDigestS3Object: previous?.key ?? null,
    previousDigestHashValue: previous?.sha256 ?? null,
    previousDigestHashAlgorithm: previous === undefined ? null : "SHA-256",
    previousDigestSignature: previous?.signature ?? null,
    logFiles: files.map((file) => ({
      s3Bucket: file.bucket,
      s3Object: file.key,
      hashValue: file.sha256,
      hashAlgorithm: "SHA-256",
      newestEventTime: file.newestEventTime,
      oldestEventTime: file.oldestEventTime,
    })),
  };
}

function digestKey({ destination, accountId, region }: Chain, endsAt: number, isBackfill: boolean): string {
  const { trailName, homeRegion, keyPrefix, organizationId } = destination;
  const fileName = digestFileName({ accountId, sourceRegion: region, trailName, homeRegion, endsAt, isBackfill });
  return printObjectKey({
    kind: "digest",
    accountId,
    region,
    folder: { prefix: keyPrefix ?? "", organizationId, day: keyDay(endsAt) },
    fileName,
    deliveredAt: endsAt,
    digest: { trailName, homeRegion, isBackfill },
  });
}

function secondText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
