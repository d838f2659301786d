import { chainOfKey, parseEventTime, parseObjectKey } from "../../cloudtrail/index.ts";
import type { DigestObject } from "../digests/digest-object.ts";
import { judgeDigest } from "../digests/judge-digest.ts";
import { nameOf } from "../names.ts";
import type { DigestVerdict } from "../verdict.ts";
import type { ChainInput } from "./chain-judgement.ts";

/** One content that lies, or lay, under a digest's key. */
export interface Content {
  readonly name: string;
  readonly object: DigestObject;
  /** By itself, without its neighbours. */
  readonly own: DigestVerdict;
  /** Of a valid one. */
  readonly link: Link | undefined;
}

/** What a signed digest says of the one before it. */
export interface Link {
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
  /** From its key, or where that is no digest's the start of the window that follows; milliseconds. */
  readonly endsAt: number;
  /** Lower-case; nothing where it is not told, or in a way that nobody knows. */
  readonly sha256: string | undefined;
  readonly signature: string | undefined;
}

/** Every content once, judged by itself, by name; what was delivered twice is one. */
export function readContents(input: ChainInput): ReadonlyMap<string, readonly Content[]> {
  const lent = lentSignatures(input);
  const byName = new Map<string, Content[]>();
  for (const object of input.digests) {
    if (!isOfSpan(object, input)) continue;
    const name = nameOf(object);
    const own = judgeWithLent(object, input, lent.get(name));
    const content = { name, object, own, link: own.kind === "valid" ? linkOf(object) : undefined };
    const others = byName.get(name);
    if (others === undefined) byName.set(name, [content]);
    else addContent(others, content);
  }
  return byName;
}

/** With an anchor, older digests were judged before; those of late files follow no time. */
function isOfSpan(object: DigestObject, { anchor, isWhole, chain }: ChainInput): boolean {
  return anchor === undefined || isWhole === true || chain.isBackfill || object.namedEnd >= anchor.endsAt;
}

function addContent(contents: Content[], content: Content): void {
  const same = contents.findIndex(
    ({ object }) => object.sha256 === content.object.sha256 && object.fault === content.object.fault,
  );
  const known = contents[same];
  if (known === undefined) contents.push(content);
  // The same digest, once with its signature and once without: what was signed is signed.
  else if (rank(content.own) < rank(known.own)) contents[same] = content;
}

const ranks = { valid: 0, unproven: 1, broken: 2, missing: 3 } as const;

export function rank({ kind }: DigestVerdict): number {
  return ranks[kind];
}

/** Copies have lost their signatures, but every digest repeats that of the one before it. */
function lentSignatures({ digests, anchor }: ChainInput): ReadonlyMap<string, ReadonlySet<string>> {
  const lent = new Map<string, Set<string>>();
  const lend = (name: string, signature: string) => {
    const known = lent.get(name);
    if (known === undefined) lent.set(name, new Set([signature]));
    else known.add(signature);
  };
  if (!digests.some(({ metadata }) => metadata.isLost)) return lent;
  if (anchor !== undefined) lend(nameOf(anchor), anchor.signature);
  for (const { digest } of digests) {
    const { previousDigestS3Bucket: bucket, previousDigestS3Object: key, previousDigestSignature } = digest ?? {};
    if (typeof key !== "string" || typeof previousDigestSignature !== "string") continue;
    lend(nameOf({ bucket: bucket ?? "", key }), previousDigestSignature);
    lend(nameOf({ bucket: "", key }), previousDigestSignature);
  }
  return lent;
}

function judgeWithLent(object: DigestObject, { keys }: ChainInput, lent: ReadonlySet<string> | undefined) {
  let best = judgeDigest(object, keys);
  if (best.reason !== "signature-lost") return best;
  for (const signature of lent ?? []) {
    const verdict = judgeDigest(object, keys, { signature });
    if (best.reason === "signature-lost" || rank(verdict) < rank(best)) best = verdict;
  }
  return best;
}

function linkOf({ bucket: own, digest }: DigestObject): Link | undefined {
  if (typeof digest?.previousDigestS3Object !== "string") return undefined;
  const key = digest.previousDigestS3Object;
  // A copy that does not know its bucket lies beside others that do not.
  const bucket = own === "" ? "" : (digest.previousDigestS3Bucket ?? own);
  const read = parseObjectKey(key);
  const isDigest = read.ok && chainOfKey(read.key) !== undefined;
  const { previousDigestHashValue: hash, previousDigestHashAlgorithm: algorithm } = digest;
  const isKnown = (algorithm ?? "SHA-256").toUpperCase() === "SHA-256";
  return {
    name: nameOf({ bucket, key }),
    bucket,
    key,
    endsAt: (isDigest ? read.key.deliveredAt : undefined) ?? parseEventTime(digest.digestStartTime) ?? 0,
    sha256: isKnown ? hash?.toLowerCase() : undefined,
    signature: digest.previousDigestSignature?.toLowerCase(),
  };
}

/** Start and end of the window that a digest tells; its start only where it could be read. */
export function windowOf({ digest, namedEnd }: DigestObject): { startsAt: number | undefined; endsAt: number } {
  return { startsAt: parseEventTime(digest?.digestStartTime), endsAt: namedEnd };
}
