import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { digestFileName, keyDay, parseObjectKey } from "../../src/cloudtrail/index.ts";
import { logFilesIn } from "../measure/log-files-in.ts";

const bucket = "bench-trail";
const trailName = "bench";
const dayMs = 86_400_000;

/** A bucket as somebody copied it: the corpus with digests over it, one a day for each account and region. */
export interface SignedCorpus {
  readonly folder: string;
  /** What ListPublicKeys would say. */
  readonly keys: string;
  readonly logFiles: number;
  readonly digests: number;
}

/** Signs the log files of a folder, which are linked, not copied. */
export function signCorpus(files: string, folder: string): SignedCorpus {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const der = publicKey.export({ type: "pkcs1", format: "der" });
  const fingerprint = createHash("md5").update(der).digest("hex");
  const metadata: Record<string, object> = {};
  const lanes = Map.groupBy(
    logFilesIn(files).flatMap((path) => namedIn(files, path)),
    ({ lane }) => lane,
  );
  let [logFiles, digests] = [0, 0];
  for (const named of lanes.values()) {
    let previous: Previous | undefined;
    const days = [...Map.groupBy(named, ({ day }) => day)].sort(([a], [b]) => a - b);
    const [first, last] = [days[0]?.[0] ?? 0, days.at(-1)?.[0] ?? -1];
    const byDay = new Map(days);
    for (let day = first; day <= last; day++) {
      const ofDay = byDay.get(day) ?? [];
      for (const { path, key } of ofDay) link(path, join(folder, bucket, key));
      const [example] = named;
      if (example === undefined) continue;
      previous = writeDigest({ folder, example, day, files: ofDay, previous, fingerprint, privateKey });
      metadata[`${bucket}/${previous.key}`] = { signature: previous.signature, "signature-algorithm": "SHA256withRSA" };
      logFiles += ofDay.length;
      digests++;
    }
  }
  writeFileSync(join(folder, "metadata.json"), JSON.stringify(metadata));
  const validity = { ValidityStartTime: "2000-01-01T00:00:00Z", ValidityEndTime: "2100-01-01T00:00:00Z" };
  const keys = join(folder, "keys.json");
  writeFileSync(keys, JSON.stringify({ PublicKeyList: [{ Value: der.toString("base64"), ...validity }] }));
  return { folder, keys, logFiles, digests };
}

interface Named {
  readonly path: string;
  readonly key: string;
  readonly lane: string;
  readonly prefix: string;
  readonly accountId: string;
  readonly region: string;
  readonly day: number;
}

interface Previous {
  readonly key: string;
  readonly sha256: string;
  readonly signature: string;
}

function namedIn(files: string, path: string): Named[] {
  const key = relative(files, path);
  const parsed = parseObjectKey(key);
  if (!parsed.ok || parsed.key.folder === undefined) return [];
  const { accountId, region, folder, deliveredAt = 0 } = parsed.key;
  const { prefix } = folder;
  return [
    { path, key, lane: `${accountId}/${region}`, prefix, accountId, region, day: Math.floor(deliveredAt / dayMs) },
  ];
}

function writeDigest(parts: {
  readonly folder: string;
  readonly example: Named;
  readonly day: number;
  readonly files: readonly Named[];
  readonly previous: Previous | undefined;
  readonly fingerprint: string;
  readonly privateKey: KeyObject;
}): Previous {
  const { folder, example, day, files, previous, fingerprint, privateKey } = parts;
  const { accountId, region, prefix } = example;
  const endsAt = (day + 1) * dayMs;
  const name = digestFileName({
    accountId,
    sourceRegion: region,
    trailName,
    homeRegion: region,
    endsAt,
    isBackfill: false,
  });
  const where = `AWSLogs/${accountId}/CloudTrail-Digest/${region}/${keyDay(endsAt)}/${name}`;
  const key = prefix === "" ? where : `${prefix}/${where}`;
  const text = JSON.stringify({
    awsAccountId: accountId,
    digestStartTime: second(day * dayMs),
    digestEndTime: second(endsAt),
    digestS3Bucket: bucket,
    digestS3Object: key,
    digestPublicKeyFingerprint: fingerprint,
    digestSignatureAlgorithm: "SHA256withRSA",
    newestEventTime: null,
    oldestEventTime: null,
    previousDigestS3Bucket: previous === undefined ? null : bucket,
    previousDigestS3Object: previous?.key ?? null,
    previousDigestHashValue: previous?.sha256 ?? null,
    previousDigestHashAlgorithm: previous === undefined ? null : "SHA-256",
    previousDigestSignature: previous?.signature ?? null,
    logFiles: files.map((file) => ({
      s3Bucket: bucket,
      s3Object: file.key,
      hashValue: createHash("sha256")
        .update(gunzipSync(readFileSync(file.path)))
        .digest("hex"),
      hashAlgorithm: "SHA-256",
      newestEventTime: second(endsAt),
      oldestEventTime: second(day * dayMs),
    })),
  });
  const sha256 = createHash("sha256").update(text).digest("hex");
  const toSign = [second(endsAt), `${bucket}/${key}`, sha256, previous?.signature ?? "null"].join("\n");
  const path = join(folder, bucket, key);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, gzipSync(text));
  return { key, sha256, signature: sign("RSA-SHA256", Buffer.from(toSign), privateKey).toString("hex") };
}

function link(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  linkSync(from, to);
}

function second(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
