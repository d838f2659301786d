import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { seededRandom } from "../base/seeded-random.ts";
import type { DigestChain } from "../cloudtrail/index.ts";
import type { DigestMetadata, DigestObject } from "./digests/digest-object.ts";
import { Keys, publicKeyOf } from "./digests/public-keys.ts";
import { readDigestObject } from "./digests/read-digest-object.ts";

export const hourMs = 3_600_000;
export const madeStart = Date.parse("2026-03-01T10:01:31Z");

/** A key pair that signs made digests. */
export interface MadeKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** As `ListPublicKeys` gives it. */
  readonly der: Buffer;
  readonly fingerprint: string;
}

/** Key pairs cost time: the fixture's tests share these. */
const made = new Map<string, MadeKey>();

/** The key pair of a name: the same for the same name within a process. */
export function madeKey(name: string, type: "pkcs1" | "spki" = "pkcs1"): MadeKey {
  const id = `${name} ${type}`;
  const known = made.get(id);
  if (known !== undefined) return known;
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const der = publicKey.export({ type, format: "der" });
  const key = { privateKey, publicKey, der, fingerprint: createHash("md5").update(der).digest("hex") };
  made.set(id, key);
  return key;
}

/** An object of a made bucket. */
export interface MadeObject {
  readonly bucket: string;
  readonly key: string;
  readonly bytes: Buffer;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A digest that was made, and what it was made of. */
export interface MadeDigest extends MadeObject {
  readonly json: DigestJson;
  readonly text: string;
  readonly sha256: string;
  readonly signature: string;
  readonly logFiles: readonly MadeObject[];
}

export type DigestJson = Readonly<Record<string, unknown>> & {
  readonly digestEndTime: string;
  readonly previousDigestSignature: string | null;
};

/** What one digest differs in from the usual one of an hour that follows the last. */
export interface DigestChange {
  readonly startsAt?: number;
  readonly endsAt?: number;
  readonly files?: number;
  readonly key?: MadeKey;
  readonly bucket?: string;
  /** The digest that it goes on from; null begins a chain. */
  readonly previous?: Pick<MadeDigest, "bucket" | "key" | "sha256" | "signature"> | null;
  /** Written over the JSON before it is signed. */
  readonly json?: Readonly<Record<string, unknown>>;
  /** Written over the metadata after it is signed. */
  readonly metadata?: Readonly<Record<string, string | undefined>>;
  /** Log files that it names in place of new ones. */
  readonly logFiles?: readonly MadeObject[];
}

/**
 * Makes a chain of digests with its log files and signs it, by itself: it shares nothing with what signs in the recorder or
 * with what checks in verify. The same seed gives the same bytes but for the keys.
 */
export class MadeChain {
  readonly chain: DigestChain;
  readonly bucket: string;
  readonly paceMs: number;
  readonly digests: MadeDigest[] = [];
  #key: MadeKey;
  #at: number;
  #random: () => number;

  constructor(options: Partial<DigestChain> & { bucket?: string; paceMs?: number; seed?: number; key?: MadeKey } = {}) {
    const { bucket = "made-trail", paceMs = hourMs, seed = 1, key = madeKey("first"), ...chain } = options;
    const region = chain.region ?? "eu-west-1";
    const usual = {
      accountId: "111122223333",
      organizationId: "",
      trailName: "made",
      homeRegion: region,
      isBackfill: false,
    };
    this.chain = { ...usual, ...chain, region };
    this.bucket = bucket;
    this.paceMs = paceMs;
    this.#key = key;
    this.#at = madeStart;
    this.#random = seededRandom(seed);
  }

  /** The end of the newest window. */
  get end(): number {
    return this.#at;
  }

  /** Digests from now on are signed with another key. */
  rotate(key: MadeKey): this {
    this.#key = key;
    return this;
  }

  /** Nothing is recorded for a while, and the chain begins anew behind it. */
  pause(milliseconds: number): this {
    this.#at += milliseconds;
    return this;
  }

  /** Usual digests, one after the other. */
  add(count: number, change: DigestChange = {}): this {
    for (let index = 0; index < count; index += 1) this.addOne(change);
    return this;
  }

  addOne(change: DigestChange = {}): MadeDigest {
    const startsAt = change.startsAt ?? this.#at;
    const endsAt = change.endsAt ?? startsAt + this.paceMs;
    const previous = change.previous === undefined ? this.digests.at(-1) : (change.previous ?? undefined);
    const files = change.files ?? 3;
    const logFiles =
      change.logFiles ??
      Array.from({ length: files }, (_, index) =>
        this.logFile(startsAt + Math.floor(((index + 0.5) * (endsAt - startsAt)) / files)),
      );
    const digest = this.digest({ ...change, previous: previous ?? null }, startsAt, endsAt, logFiles);
    this.digests.push(digest);
    this.#at = endsAt;
    return digest;
  }

  /** A log file of some records that nobody has named yet. */
  logFile(at: number, records = 1 + Math.floor(this.#random() * 6)): MadeObject {
    const { accountId, region } = this.chain;
    const Records = Array.from({ length: records }, () => ({
      eventTime: secondText(at),
      eventName: `Do${Math.floor(this.#random() * 1e6)}`,
      eventID: Math.floor(this.#random() * 2 ** 52).toString(16),
      requestParameters: { note: "x".repeat(Math.floor(this.#random() * 200)) },
    }));
    const unique = `${Math.floor(this.#random() * 2 ** 52).toString(36)}0000000000000000`.slice(0, 16);
    const name = `${accountId}_CloudTrail_${region}_${basicText(at).slice(0, 13)}Z_${unique}.json.gz`;
    const key = `${this.#folder("CloudTrail", at)}/${name}`;
    return { bucket: this.bucket, key, bytes: gzipSync(JSON.stringify({ Records })), metadata: {} };
  }

  /** A signed digest that is not put into the chain. */
  digest(change: DigestChange, startsAt: number, endsAt: number, logFiles: readonly MadeObject[]): MadeDigest {
    const signer = change.key ?? this.#key;
    const bucket = change.bucket ?? this.bucket;
    const previous = change.previous ?? undefined;
    const key = this.digestKey(endsAt);
    const json = {
      awsAccountId: this.chain.accountId,
      digestStartTime: secondText(startsAt),
      digestEndTime: secondText(endsAt),
      digestS3Bucket: bucket,
      digestS3Object: key,
      digestPublicKeyFingerprint: signer.fingerprint,
      digestSignatureAlgorithm: "SHA256withRSA",
      newestEventTime: logFiles.length === 0 ? null : secondText(endsAt),
      oldestEventTime: logFiles.length === 0 ? null : secondText(startsAt),
      previousDigestS3Bucket: previous?.bucket ?? null,
      previousDigestS3Object: previous?.key ?? null,
      previousDigestHashValue: previous?.sha256 ?? null,
      previousDigestHashAlgorithm: previous === undefined ? null : "SHA-256",
      previousDigestSignature: previous?.signature ?? null,
      logFiles: logFiles.map(nameInDigest),
      ...change.json,
    };
    return sealDigest({ bucket, key, json, signer, logFiles, metadata: this.#metadata(change, endsAt) });
  }

  digestKey(endsAt: number): string {
    const { accountId, region, trailName, homeRegion, isBackfill } = this.chain;
    const name = `${accountId}_CloudTrail-Digest_${region}_${trailName}_${homeRegion}_${basicText(endsAt)}Z`;
    return `${this.#folder("CloudTrail-Digest", endsAt)}/${name}${isBackfill ? "_backfill" : ""}.json.gz`;
  }

  #metadata(change: DigestChange, endsAt: number): Readonly<Record<string, string | undefined>> {
    const late = this.chain.isBackfill
      ? { "backfill-generation-timestamp": new Date(endsAt + 7 * hourMs).toISOString() }
      : {};
    return { "signature-algorithm": "SHA256withRSA", ...late, ...change.metadata };
  }

  #folder(type: string, at: number): string {
    const { organizationId, accountId, region } = this.chain;
    const day = secondText(at).slice(0, 10).replaceAll("-", "/");
    return ["AWSLogs", ...(organizationId === "" ? [] : [organizationId]), accountId, type, region, day].join("/");
  }
}

/** Signs a digest's JSON as AWS does; metadata that is given counts before what would be written. */
export function sealDigest(parts: {
  readonly bucket: string;
  readonly key: string;
  readonly json: DigestJson;
  readonly signer: MadeKey;
  readonly logFiles: readonly MadeObject[];
  readonly metadata: Readonly<Record<string, string | undefined>>;
}): MadeDigest {
  const { bucket, key, json, signer, logFiles } = parts;
  const text = JSON.stringify(json);
  const sha256 = createHash("sha256").update(text).digest("hex");
  const lines = [json.digestEndTime, `${bucket}/${key}`, sha256, json.previousDigestSignature ?? "null"];
  const signature = sign("RSA-SHA256", Buffer.from(lines.join("\n")), signer.privateKey).toString("hex");
  const all = Object.entries({ signature, ...parts.metadata });
  const metadata = Object.fromEntries(all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  return { bucket, key, bytes: gzipSync(text), metadata, json, text, sha256, signature, logFiles };
}

function nameInDigest({ bucket, key, bytes }: MadeObject) {
  const hashValue = createHash("sha256").update(gunzipSync(bytes)).digest("hex");
  return {
    s3Bucket: bucket,
    s3Object: key,
    hashValue,
    hashAlgorithm: "SHA-256",
    newestEventTime: null,
    oldestEventTime: null,
  };
}

/** A made digest, or what became of it, as verify reads it. */
export function asDigestObject(made: MadeObject, options: { readonly isLost?: boolean } = {}): DigestObject {
  const { isLost = false } = options;
  const metadata: DigestMetadata = {
    signature: isLost ? undefined : made.metadata["signature"],
    signatureAlgorithm: isLost ? undefined : made.metadata["signature-algorithm"],
    backfillGeneratedAt: isLost ? undefined : made.metadata["backfill-generation-timestamp"],
    isLost,
  };
  const object = readDigestObject({ ...made, metadata });
  if (object === undefined) throw new TypeError(`${made.key} is no digest's key`);
  return object;
}

/** A key book in which a region has these keys. */
export function madeKeys(region: string, ...keys: readonly MadeKey[]): Keys {
  const validity = { validFrom: madeStart - 30 * 24 * hourMs, validTo: madeStart + 400 * 24 * hourMs };
  return new Keys(keys.map(({ der }) => publicKeyOf({ region, der, ...validity })));
}

function secondText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

function basicText(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, "");
}

/** A key book of public keys as AWS tells them. */
export function keyBookOf(keys: readonly { readonly region: string; readonly der: Uint8Array }[]): Keys {
  return new Keys(keys.map(({ region, der }) => publicKeyOf({ region, der, validFrom: 0, validTo: Infinity })));
}
