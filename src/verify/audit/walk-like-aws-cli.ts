import { createPublicKey } from "node:crypto";
import { chainId, type DigestChain, parseEventTime, parseObjectKey } from "../../cloudtrail/index.ts";
import type { JudgedDigest } from "../chain/chain-judgement.ts";
import type { DigestObject, KeyBook } from "../digests/digest-object.ts";
import { judgeDigest } from "../digests/judge-digest.ts";
import { readDigestObject } from "../digests/read-digest-object.ts";
import { judgeNamed } from "../files/judge-log-file.ts";
import { VerifyError } from "../errors.ts";
import type { Lane, PlaceObject } from "../place.ts";
import type { DigestVerdict, Gap } from "../verdict.ts";
import { type AuditParts, listChains } from "./audit-lane.ts";
import { inOrder } from "./in-order.ts";
import { nameOf, nameOfLogFile } from "../names.ts";
import type { AuditedFile, AuditStep } from "./report.ts";

const hourMs = 3_600_000;

/**
 * Walks a trail's digests as `aws cloudtrail validate-logs` does (aws-cli, customizations/cloudtrail/validation.py): from
 * the newest that is listed along the links, and where one leads nowhere on to the next older in the list; then the same
 * with those for late files. What it does not look at is not judged here either.
 */
export async function* walkLikeAwsCli(
  lanes: readonly Lane[],
  parts: AuditParts,
): AsyncGenerator<AuditStep, void, undefined> {
  const chains = await oneTrail(lanes, parts);
  for (const { chain, listed } of chains) {
    yield { kind: "chain", chain };
    yield* walkChain(chain, listed, parts);
  }
}

async function oneTrail(lanes: readonly Lane[], parts: AuditParts) {
  const chains: { readonly chain: DigestChain; readonly listed: readonly PlaceObject[] }[] = [];
  for (const lane of lanes) {
    for (const { chain, listed } of await listChains(lane, parts)) {
      const inTime = listed.filter(({ key }) => endOf(key) <= parts.to + hourMs);
      if (inTime.length > 0) chains.push({ chain, listed: inTime });
    }
  }
  const trails = new Set(chains.map(({ chain }) => chainId({ ...chain, isBackfill: false })));
  if (trails.size > 1) throw severalTrails(chains.map(({ chain }) => chain));
  return chains;
}

async function* walkChain(
  chain: DigestChain,
  listed: readonly PlaceObject[],
  parts: AuditParts,
): AsyncGenerator<AuditStep, void, undefined> {
  const bucketsLeft = new Map<string, string[]>();
  for (const { bucket, key } of listed) {
    const left = bucketsLeft.get(bucket) ?? [];
    left.push(key);
    bucketsLeft.set(bucket, left);
  }
  let bucket = listed.at(-1)?.bucket ?? "";
  const left = () => bucketsLeft.get(bucket) ?? [];
  let key = left().pop();
  let lastStart = key === undefined ? -Infinity : endOf(key);
  let lent: string | undefined;
  while (key !== undefined && parts.from <= lastStart) {
    const judged = await judgeLikeAwsCli(chain, { bucket, key }, lent, parts);
    yield { kind: "digest", chain, digest: judged };
    const { object, verdict, startsAt } = judged;
    const digest = object?.digest;
    if (verdict.kind !== "valid" || digest === undefined) {
      key = nextBefore(left(), key);
      lent = undefined;
      continue;
    }
    lastStart = startsAt ?? lastStart;
    lent = digest.previousDigestSignature ?? undefined;
    yield* inOrder(digest.logFiles, parts.filesAtOnce, async (named): Promise<AuditStep> => {
      const file = await judgeFile({ ...named, name: nameOfLogFile(named) }, judged, parts);
      return { kind: "log-file", chain, file };
    });
    const { previousDigestS3Bucket: previousBucket, previousDigestS3Object: previousKey } = digest;
    if (previousBucket === null || previousKey === null) {
      const next = nextBefore(left(), key);
      if (next !== undefined) yield { kind: "gap", chain, gap: gapBetween({ bucket, key: next }, lastStart, judged) };
      key = next;
    } else {
      key = previousKey;
      bucket = previousBucket;
    }
  }
}

/** The newest in a list that ended before; what it passes over is gone from the list. */
function nextBefore(left: string[], key: string): string | undefined {
  const before = endOf(key);
  for (let next = left.pop(); next !== undefined; next = left.pop()) if (endOf(next) < before) return next;
  return undefined;
}

function endOf(key: string): number {
  const parsed = parseObjectKey(key);
  return (parsed.ok ? parsed.key.deliveredAt : undefined) ?? -Infinity;
}

async function judgeLikeAwsCli(
  chain: DigestChain,
  object: PlaceObject,
  lent: string | undefined,
  { place, ring, signal }: AuditParts,
): Promise<JudgedDigest> {
  const none = {
    name: nameOf(object),
    ...object,
    startsAt: undefined,
    endsAt: endOf(object.key),
    chainSince: undefined,
  };
  const answer = await place.get(object, signal);
  if (!answer.ok) return { ...none, verdict: { kind: "missing", reason: "not-found" }, object: undefined };
  const read = readDigestObject({ ...object, bytes: answer.bytes, metadata: answer.metadata });
  if (read === undefined || chainId(read.chain) !== chainId(chain)) {
    return { ...none, verdict: { kind: "broken", reason: "invalid-format" }, object: undefined };
  }
  await ring.askFor(chain, [read], signal);
  const verdict = verdictLikeAwsCli(read, ring.book, lent);
  const [startsAt, endsAt] = [parseEventTime(read.digest?.digestStartTime), parseEventTime(read.digest?.digestEndTime)];
  return { ...none, startsAt, endsAt: endsAt ?? none.endsAt, verdict, object: read };
}

/** It does not look at the algorithm's name, at the time in the digest's own name or the account, and loads PKCS #1 alone. */
function verdictLikeAwsCli(read: DigestObject, keys: KeyBook, lent: string | undefined): DigestVerdict {
  const { digest, metadata } = read;
  if (digest === undefined) return judgeDigest(read, keys);
  const algorithm = "SHA256withRSA";
  const asItSees: DigestObject = {
    ...read,
    namedEnd: parseEventTime(digest.digestEndTime) ?? read.namedEnd,
    digest: { ...digest, awsAccountId: undefined, digestSignatureAlgorithm: algorithm },
    metadata: { ...metadata, ...(metadata.signatureAlgorithm === undefined ? {} : { signatureAlgorithm: algorithm }) },
  };
  const verdict = judgeDigest(asItSees, keys, lent === undefined ? {} : { signature: lent });
  const key = keys.find(read.chain.region, digest.digestPublicKeyFingerprint);
  if (key === undefined || verdict.reason === "moved" || verdict.reason === "signature-missing") return verdict;
  return isPkcs1(key.der) ? verdict : { kind: "broken", reason: "key-unreadable" };
}

function isPkcs1(der: Uint8Array): boolean {
  try {
    createPublicKey({ key: Buffer.from(der), format: "der", type: "pkcs1" });
    return true;
  } catch {
    return false;
  }
}

async function judgeFile(
  named: Parameters<typeof judgeNamed>[0] & { readonly s3Bucket: string; readonly s3Object: string },
  judged: JudgedDigest,
  { place, seeing, signal }: AuditParts,
): Promise<AuditedFile> {
  const { name, s3Bucket: bucket, s3Object: key } = named;
  const answer = await place.get({ bucket, key }, signal);
  if (!answer.ok) return { name, verdict: judgeNamed(named, judged, "not-found"), sha256: "" };
  const isNothing = answer.bytes.length === 0;
  const seen = await seeing.see(bucket, key, answer.bytes);
  const verdict = judgeNamed(named, judged, seen);
  // Of nothing at all it takes the hash, and finds that it is another.
  const isEmpty = isNothing && verdict.kind === "broken";
  return { name, verdict: isEmpty ? { ...verdict, reason: "content-differs" } : verdict, sha256: seen.sha256 };
}

function gapBetween(older: PlaceObject, to: number, newer: JudgedDigest): Gap {
  const from = endOf(older.key);
  return { kind: "chain-restarted", from, to, before: nameOf(older), after: newer.name, digestsMissing: 0 };
}

function severalTrails(chains: readonly DigestChain[]): VerifyError {
  const names = new Set(
    chains.map(({ accountId, region, trailName }) => `--account ${accountId} --region ${region} --trail ${trailName}`),
  );
  return new VerifyError("AWS CLI validates one trail of one account and region at a time, and here are several", {
    code: "verify-trail-unclear",
    fault: "user",
    help: `Choose one: ${[...names].slice(0, 5).join(", or ")}`,
    details: { chains: names.size },
  });
}
