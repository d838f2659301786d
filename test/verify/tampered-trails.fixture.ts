import { gunzipSync, gzipSync } from "node:zlib";
import {
  MadeChain,
  type MadeDigest,
  madeKey,
  type MadeKey,
  type MadeObject,
  madeStart,
  sealDigest,
} from "../../src/verify/made-chain.fixture.ts";
import { bucket, trail } from "../../src/recorder/delivery/made-up-delivery.fixture.ts";

/** A trail's buckets that somebody tampered with in one way. */
export interface TamperedTrail {
  readonly name: string;
  readonly objects: readonly MadeObject[];
  /** Keys that ListPublicKeys tells, besides the trail's own. */
  readonly keys?: readonly MadeKey[];
  /**
   * Where our verdict is another than AWS CLI's, by the last part of the name: what theirs says, and why ours is another.
   * `not told` is what it does not look at.
   */
  readonly holes?: Readonly<
    Record<string, { readonly theirs: "valid" | "INVALID" | "not told"; readonly why: string }>
  >;
  /** Why `--like-aws-cli` is not like this AWS CLI. */
  readonly otherLines?: "before 1.45.12" | "strict";
}

export const hourMs = 3_600_000;
export const span = { from: madeStart - hourMs, to: madeStart + 12 * hourMs };
const hours = 5;
const key = madeKey("first");
const usual = { bucket, trailName: trail.name, accountId: trail.ownerId, region: trail.homeRegion };

function chainOf(count = hours): MadeChain {
  return new MadeChain({ ...usual, key }).add(count, { files: 2 });
}

function objectsOf(...chains: readonly MadeChain[]): MadeObject[] {
  return chains.flatMap(({ digests }) => digests.flatMap((digest) => [digest, ...digest.logFiles]));
}

function digestOf(chain: MadeChain, index: number): MadeDigest {
  const digest = chain.digests.at(index);
  if (digest === undefined) throw new RangeError(`There is no digest ${index}`);
  return digest;
}

function logOf(chain: MadeChain, index: number): MadeObject {
  const [log] = digestOf(chain, index).logFiles;
  if (log === undefined) throw new RangeError(`There is no log file ${index}`);
  return log;
}

/** One object of a usual chain is changed, or taken away. */
function changed(
  name: string,
  choose: (chain: MadeChain) => MadeObject,
  change: ((object: MadeObject, chain: MadeChain) => MadeObject) | undefined,
  more: (chain: MadeChain, object: MadeObject) => Partial<TamperedTrail> = () => ({}),
): TamperedTrail {
  const chain = chainOf();
  const chosen = choose(chain);
  const objects = objectsOf(chain).flatMap((object) => {
    if (object !== chosen) return [object];
    return change === undefined ? [] : [change(object, chain)];
  });
  return { name, objects, ...more(chain, chosen) };
}

const inMiddle = (chain: MadeChain) => digestOf(chain, 2);
const aLog = (chain: MadeChain) => logOf(chain, 2);
const withBytes = (edit: (bytes: Buffer) => Buffer) => (object: MadeObject) => ({
  ...object,
  bytes: edit(object.bytes),
});

/** Log files of a digest that is worth nothing are not looked at by AWS CLI, which is no agreement. */
function notTold(digests: readonly MadeDigest[], why: string): NonNullable<TamperedTrail["holes"]> {
  return Object.fromEntries(
    digests.flatMap(({ logFiles }) => logFiles.map((log) => [nameOf(log), { theirs: "not told" as const, why }])),
  );
}

const unvouched = (chain: MadeChain) => ({ holes: notTold([digestOf(chain, 2)], "its digest is worth nothing") });

/** Says that a log file or digest is not what it was, where AWS CLI says that it is. */
const notSeen = (why: string) => (_chain: MadeChain, object: MadeObject) => ({
  holes: { [nameOf(object)]: { theirs: "valid" as const, why } },
});

export const tamperedTrails: readonly (() => TamperedTrail)[] = [
  () => ({ name: "nothing is changed", objects: objectsOf(chainOf()) }),
  () =>
    changed(
      "a log file is changed",
      aLog,
      withBytes((bytes) => gzipSync(gunzipSync(bytes).toString().replace("Do", "Da"))),
    ),
  () =>
    changed(
      "a log file is cut off",
      aLog,
      withBytes((bytes) => bytes.subarray(0, bytes.length / 2)),
    ),
  () =>
    changed(
      "a log file is empty",
      aLog,
      withBytes(() => Buffer.alloc(0)),
    ),
  () =>
    changed(
      "a log file is not compressed",
      aLog,
      withBytes((bytes) => gunzipSync(bytes)),
    ),
  () => changed("a log file is damaged", aLog, withBytes(damaged)),
  () => changed("a log file is gone", aLog, undefined),
  () =>
    changed(
      "zeros stand behind a log file",
      aLog,
      withBytes((bytes) => Buffer.concat([bytes, Buffer.alloc(8)])),
      (chain, log) => ({
        ...notSeen("AWS CLI stops at the end of the first member before 1.45.12")(chain, log),
        otherLines: "before 1.45.12",
      }),
    ),
  () =>
    changed(
      "a second member stands behind a log file",
      aLog,
      withBytes((bytes) => Buffer.concat([bytes, gzipSync("{}")])),
      (chain, log) => ({
        ...notSeen("AWS CLI stops at the end of the first member before 1.45.12")(chain, log),
        otherLines: "before 1.45.12",
      }),
    ),
  () =>
    changed(
      "a digest is edited",
      inMiddle,
      withBytes((bytes) =>
        gzipSync(
          gunzipSync(bytes)
            .toString()
            .replace(/"hashValue":"../, '"hashValue":"00'),
        ),
      ),
      unvouched,
    ),
  () => changed("a digest is gone", inMiddle, undefined, unvouched),
  () =>
    changed(
      "a digest is no JSON",
      inMiddle,
      withBytes(() => gzipSync("{")),
      unvouched,
    ),
  () => changed("a digest has no signature", inMiddle, (digest) => ({ ...digest, metadata: {} }), unvouched),
  () =>
    changed(
      "a digest has another one's signature",
      inMiddle,
      (digest, chain) => ({ ...digest, metadata: digestOf(chain, 3).metadata }),
      unvouched,
    ),
  () =>
    changed(
      "a digest lies in another one's place",
      inMiddle,
      (digest, chain) => ({ ...digest, bytes: digestOf(chain, 3).bytes, metadata: digestOf(chain, 3).metadata }),
      unvouched,
    ),
  () =>
    changed(
      "bytes stand behind a digest",
      inMiddle,
      withBytes((bytes) => Buffer.concat([bytes, Buffer.from("more")])),
      (chain, digest) => ({
        holes: {
          ...notSeen("AWS CLI does not look behind the end of a digest")(chain, digest).holes,
          ...Object.fromEntries(
            digestOf(chain, 2).logFiles.map((log) => [
              nameOf(log),
              { theirs: "valid" as const, why: "its digest was tampered with" },
            ]),
          ),
        },
        otherLines: "strict",
      }),
    ),
  twoGone,
  newestGone,
  unknownKey,
  spkiKey,
  beganAnew,
  lateFiles,
  lateWithoutTime,
  undeclared,
  otherBucket,
  wrongLink,
];

function twoGone(): TamperedTrail {
  const chain = chainOf();
  const gone: readonly MadeObject[] = [digestOf(chain, 1), digestOf(chain, 2)];
  return {
    name: "two digests in a row are gone",
    objects: objectsOf(chain).filter((object) => !gone.includes(object)),
    holes: notTold([digestOf(chain, 1), digestOf(chain, 2)], "their digests are gone"),
  };
}

function newestGone(): TamperedTrail {
  const chain = chainOf();
  const newest = digestOf(chain, -1);
  return {
    name: "the newest digest is gone",
    objects: objectsOf(chain).filter((object) => object !== newest),
    holes: notTold([newest], "AWS CLI does not know when a digest is due"),
  };
}

function unknownKey(): TamperedTrail {
  const chain = chainOf(2);
  chain.rotate(madeKey("stranger")).add(1, { files: 2 }).rotate(key).add(2, { files: 2 });
  return { name: "a digest is signed with a key that is nobody's", objects: objectsOf(chain), ...unvouched(chain) };
}

function spkiKey(): TamperedTrail {
  const spki = madeKey("other", "spki");
  const chain = chainOf(2).rotate(spki).add(2, { files: 2 });
  const theirs = "INVALID" as const;
  const why = "AWS CLI reads PKCS #1 alone, and AWS has told keys as SPKI";
  const own = [digestOf(chain, 2), digestOf(chain, 3)];
  return {
    name: "a key is told as SPKI",
    objects: objectsOf(chain),
    keys: [spki],
    holes: {
      ...Object.fromEntries(own.map((digest) => [nameOf(digest), { theirs, why }])),
      ...notTold(own, why),
    },
  };
}

function beganAnew(): TamperedTrail {
  const chain = chainOf(2)
    .pause(2 * hourMs)
    .add(1, { previous: null })
    .add(1);
  return { name: "logging was stopped and began anew", objects: objectsOf(chain) };
}

function lateFiles(): TamperedTrail {
  const late = new MadeChain({ ...usual, key, isBackfill: true, seed: 7 }).add(1).pause(hourMs).add(1);
  return { name: "late files have a chain of their own", objects: objectsOf(chainOf(), late) };
}

function lateWithoutTime(): TamperedTrail {
  const late = new MadeChain({ ...usual, key, isBackfill: true, seed: 7 }).add(1);
  const digest = digestOf(late, 0);
  const { "backfill-generation-timestamp": _time, ...metadata } = digest.metadata;
  const bare = { ...digest, metadata };
  return {
    name: "a digest of late files does not tell when it was made",
    objects: [...objectsOf(chainOf(), late).filter((object) => object !== digest), bare],
    holes: notTold([digest], "its digest is worth nothing"),
  };
}

function undeclared(): TamperedTrail {
  const chain = chainOf();
  const stranger = chain.logFile(madeStart + 1.5 * hourMs);
  return {
    name: "a log file lies there that no digest names",
    objects: [...objectsOf(chain), stranger],
    holes: {
      [nameOf(stranger)]: { theirs: "not told", why: "AWS CLI looks at what digests name, and at nothing else" },
    },
  };
}

function otherBucket(): TamperedTrail {
  const before = new MadeChain({ ...usual, bucket: "audit-logs-before", key, seed: 3 }).add(2);
  const after = new MadeChain({ ...usual, key, seed: 4 }).pause(2 * hourMs);
  after.addOne({ previous: digestOf(before, -1) });
  after.add(2);
  return { name: "the trail went into another bucket", objects: objectsOf(before, after) };
}

/** Signed as it should be, but its successor vouches for another content: AWS's key, used by somebody else. */
function wrongLink(): TamperedTrail {
  const chain = chainOf();
  const digest = digestOf(chain, 2);
  const json = { ...digest.json, newestEventTime: "2026-03-01T12:00:00Z" };
  const again = sealDigest({ ...digest, json, signer: key, metadata: { "signature-algorithm": "SHA256withRSA" } });
  const why = "AWS CLI does not hold a digest against the hash in the next one";
  return {
    name: "a digest is another than its successor vouches for",
    objects: objectsOf(chain).map((object) => (object === digest ? again : object)),
    holes: Object.fromEntries(
      [digest, ...digest.logFiles].map((object) => [nameOf(object), { theirs: "valid" as const, why }]),
    ),
  };
}

function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  // The checksum of what is inflated.
  copy.writeUInt32LE(1, copy.length - 8);
  return copy;
}

/** The last part of a key, which is different for each object. */
export function nameOf({ key: text }: { readonly key: string }): string {
  return text.slice(text.lastIndexOf("/") + 1);
}
