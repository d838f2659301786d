import { chainId, chainOfKey, type DigestChain, type DigestLogFile, parseObjectKey } from "../../cloudtrail/index.ts";
import type { JudgedDigest } from "../chain/chain-judgement.ts";
import type { DigestObject } from "../digests/digest-object.ts";
import { readDigestObject } from "../digests/read-digest-object.ts";
import { VerifyError } from "../errors.ts";
import { nameOf, type ObjectName } from "../names.ts";
import type { PlaceObject, VerifyPlace } from "../place.ts";
import { inOrder } from "./in-order.ts";

/** The digests of a chain, read; what they name is kept as far as there is room. */
export interface ReadChain {
  readonly chain: DigestChain;
  /** Of the log files that a digest names, one of each kind. */
  readonly objects: readonly DigestObject[];
  readonly named: number;
  /** Where its digests were looked for; nothing where that is everywhere. */
  readonly buckets: ReadonlySet<string> | undefined;
  /** All log files that a digest names, as it stood when it was read. */
  logFilesOf(judged: JudgedDigest): Promise<readonly DigestLogFile[]>;
}

export interface ReadChainOptions {
  readonly place: VerifyPlace;
  readonly atOnce: number;
  readonly signal: AbortSignal;
  /** Digests that ended before are not followed to. */
  readonly from: number;
}

/** What more than so many log files a chain names is read again when it is wanted. */
const logFilesKept = 100_000;

/** Reads what was listed of a chain, and whatever else its digests lead to: into another bucket or prefix. */
export async function readChain(
  chain: DigestChain,
  listed: readonly PlaceObject[],
  options: ReadChainOptions,
): Promise<ReadChain> {
  const { place, atOnce, signal, from } = options;
  const kept = new Map<DigestObject, readonly DigestLogFile[]>();
  const objects: DigestObject[] = [];
  let [named, held, isShut] = [0, 0, false];
  const note = (whole: DigestObject | undefined): DigestObject | undefined => {
    if (whole === undefined) return undefined;
    const slim = slimmed(whole);
    objects.push(slim);
    const files = whole.digest?.logFiles ?? [];
    named += files.length;
    held += files.length;
    if (held <= logFilesKept) kept.set(slim, files);
    else held -= files.length;
    return slim;
  };

  for await (const whole of inOrder(listed, atOnce, (object) => fetchDigest(place, object, signal))) note(whole);
  const known = new Set(objects.map(nameOf));
  const waiting = [...objects];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const link = linkOf(next, chain, from);
    if (link === undefined || known.has(nameOf(link))) continue;
    known.add(nameOf(link));
    const read = await fetchElsewhere(place, link, next, signal);
    if (read === "shut") isShut = true;
    const found = note(read === "shut" ? undefined : read);
    if (found !== undefined) waiting.push(found);
  }

  return {
    chain,
    objects,
    named,
    buckets: isShut ? new Set(objects.map(({ bucket }) => bucket)) : undefined,
    async logFilesOf({ object }) {
      if (object === undefined) return [];
      const here = kept.get(object);
      if (here !== undefined) return here;
      const again = await fetchDigest(place, object, signal);
      // Whoever changes it in this very moment gets no say.
      return again?.sha256 === object.sha256 ? (again.digest?.logFiles ?? []) : [];
    },
  };
}

/** Of an object that goes away meanwhile there is nothing to read. */
export async function fetchDigest(
  place: VerifyPlace,
  { bucket, key }: ObjectName,
  signal: AbortSignal,
): Promise<DigestObject | undefined> {
  const answer = await place.get({ bucket, key }, signal);
  if (!answer.ok) return undefined;
  return readDigestObject({ bucket, key, bytes: answer.bytes, metadata: answer.metadata });
}

/** A bucket that the chain was in before may be closed to us: nobody says that anything is missing there. */
async function fetchElsewhere(
  place: VerifyPlace,
  link: PlaceObject,
  from: DigestObject,
  signal: AbortSignal,
): Promise<DigestObject | "shut" | undefined> {
  try {
    return await fetchDigest(place, link, signal);
  } catch (error) {
    if (error instanceof VerifyError && link.bucket !== from.bucket) return "shut";
    throw error;
  }
}

/** The digest before, where it may be one of the same chain: what is not signed must not send us anywhere. */
function linkOf({ digest }: DigestObject, chain: DigestChain, from: number): PlaceObject | undefined {
  const { previousDigestS3Bucket: bucket, previousDigestS3Object: key } = digest ?? {};
  if (bucket == null || key == null || !/^[A-Za-z0-9][\w.-]{1,253}$/.test(bucket)) return undefined;
  const parsed = parseObjectKey(key);
  const own = parsed.ok ? chainOfKey(parsed.key) : undefined;
  if (!parsed.ok || own === undefined || chainId(own) !== chainId(chain)) return undefined;
  return (parsed.key.deliveredAt ?? -Infinity) < from ? undefined : { bucket, key };
}

/** What judging a chain needs of a digest. */
function slimmed(whole: DigestObject): DigestObject {
  const { digest } = whole;
  if (digest === undefined || digest.logFiles.length <= 1) return whole;
  const kinds = new Map<string, DigestLogFile>();
  for (const file of digest.logFiles) {
    const folder = /\/(CloudTrail[A-Za-z-]*)\//.exec(file.s3Object)?.[1] ?? "";
    if (!kinds.has(folder) && kinds.size < 10) kinds.set(folder, file);
  }
  return { ...whole, digest: { ...digest, logFiles: [...kinds.values()] } };
}
