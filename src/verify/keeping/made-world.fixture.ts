import { createHash } from "node:crypto";
import { AwsCallError, type AwsClient, type ServiceName } from "../../aws/index.ts";
import { SteppedClock } from "../../base/clock.ts";
import { chainId, type DigestChain, packingFaultOf, parseObjectKey, unpackGzip } from "../../cloudtrail/index.ts";
import type { SourceReach } from "../../collect/index.ts";
import type { Ledger } from "../../state/index.ts";
import { madeKey, madeStart, type MadeKey, type MadeObject } from "../made-chain.fixture.ts";
import type { Verification } from "../verification.ts";
import { FakeProofs } from "./fake-proofs.fixture.ts";
import { FakeIntegrity, FakeLedger } from "./fake-state.fixture.ts";
import { openVerification } from "./open-verification.ts";
import type { VerificationOptions } from "./options.ts";

/** How a trail answers, where a source may ask. */
export interface MadeTrail {
  readonly exists?: boolean;
  readonly isLogging?: boolean;
  readonly isValidating?: boolean;
  readonly stoppedAt?: number;
}

/** A bucket, what was collected from it, and the verification of that; the clock stands still until it is moved. */
export class MadeWorld {
  readonly proofs = new FakeProofs();
  readonly integrity = new FakeIntegrity();
  readonly ledger = new FakeLedger();
  readonly clock = new SteppedClock(madeStart);
  readonly bucket = new Map<string, Buffer>();
  readonly keys: MadeKey[] = [madeKey("first")];
  /** Calls that were made, by operation. */
  readonly calls: string[] = [];
  readonly failures: unknown[] = [];
  trail: MadeTrail | undefined;
  trailName = "made";
  isReachable = true;
  /** Whose word the source's answers are. */
  authority = "aws";
  readonly #options: Partial<VerificationOptions>;
  #verification: Verification;

  constructor(options: Partial<VerificationOptions> = {}) {
    this.#options = { rereadsADay: 0, ...options };
    this.#verification = this.#open();
  }

  get verification(): Verification {
    return this.#verification;
  }

  /** As after a restart: what is in memory is lost. */
  restart(): void {
    this.#verification = this.#open();
  }

  async judge(): Promise<void> {
    await this.#verification.judgeNow(new AbortController().signal);
  }

  /** An object arrives in the bucket. */
  deliver(...objects: readonly MadeObject[]): void {
    for (const { key, bytes } of objects) this.bucket.set(key, bytes);
  }

  /** A digest is collected as it lies in the bucket. */
  async collectDigest(chain: DigestChain, { bucket, key, metadata, bytes }: MadeObject): Promise<void> {
    this.deliver({ bucket, key, metadata, bytes });
    const read = parseObjectKey(key);
    const unpacked = unpackGzip(bytes, { bytesMax: 1e8 });
    const text = unpacked.bytes;
    await this.proofs.putDigests([
      {
        ...{ name: `s3://${bucket}/${key}`, bucket, key, chain: chainId(chain), text, source: "made-source" },
        ...{ accountId: chain.accountId, region: chain.region },
        endsAt: read.ok ? (read.key.deliveredAt ?? 0) : 0,
        sha256: hashOf(text),
        fault: packingFaultOf(unpacked) ?? "",
        signature: metadata["signature"],
        signatureAlgorithm: metadata["signature-algorithm"],
        backfillGeneratedAt: metadata["backfill-generation-timestamp"],
        collectedAt: this.clock.now(),
      },
    ]);
  }

  /** A log file is collected as it lies in the bucket. */
  readFile({ bucket, key }: Pick<MadeObject, "bucket" | "key">): void {
    const bytes = this.bucket.get(key);
    if (bytes === undefined) throw new TypeError(`${key} is not in the bucket`);
    const name = `s3://${bucket}/${key}`;
    const read = parseObjectKey(key);
    const unpacked = unpackGzip(bytes, { bytesMax: 1e8 });
    this.proofs.read.set(name, {
      ...{ logFile: String(BigInt(`0x${hashOf(`${name} ${hashOf(bytes)}`).slice(0, 15)}`)), name },
      ...{ sha256: hashOf(unpacked.bytes), gzipMembers: unpacked.members, bytesBehind: unpacked.bytesBehind },
      ...{ note: unpacked.fault ?? "", readAt: this.clock.now(), records: 1, stored: 1 },
      deliveredAt: read.ok ? read.key.deliveredAt : undefined,
    });
    this.ledger.change(name, { state: "read", readAt: this.clock.now() });
  }

  verdict({ bucket, key }: Pick<MadeObject, "bucket" | "key">): readonly [kind: string, reason: string] | undefined {
    const row = this.proofs.verdictRows.get(`s3://${bucket}/${key}`);
    return row && [row.verdict, row.reason];
  }

  async openKinds(): Promise<readonly string[]> {
    const open = await this.#verification.findings({ from: 0, to: 1e15, isOpen: true }, { limit: 1000 });
    return open.map(({ kind }) => kind).sort();
  }

  #open(): Verification {
    const none = () => {
      throw new TypeError("Nobody asks for this here");
    };
    return openVerification({
      store: { proofs: this.proofs },
      state: { integrity: this.integrity, ledger: this.ledger as unknown as Ledger },
      clock: this.clock,
      reach: () => Promise.resolve(this.isReachable ? this.#reach() : undefined),
      sources: () => Promise.resolve([{ name: "made-source" }]),
      seed: 1,
      onFailure: (error) => void this.failures.push(error),
      audit: none,
      exportCase: none,
      ...this.#options,
    });
  }

  #reach(): SourceReach {
    const call = (operation: string, region: string) => {
      this.calls.push(operation);
      return Promise.resolve(this.#answer(operation, region));
    };
    return {
      source: "made-source",
      authority: this.authority,
      region: "eu-west-1",
      roots: [{ bucket: "made-trail", prefix: "" }],
      aws: {
        client: <S extends ServiceName>(_service: S, region = "eu-west-1") =>
          Promise.resolve({ call: (operation: string) => call(operation, region) } as unknown as AwsClient<S>),
        objects: () => ({
          get: ({ key }) => {
            this.calls.push("GetObject");
            const body = this.bucket.get(key);
            if (body === undefined) return Promise.reject(noSuchKey());
            const told = {
              etag: undefined,
              versionId: undefined,
              contentEncoding: undefined,
              lastModifiedAt: undefined,
            };
            return Promise.resolve({ body, sizeBytes: body.length, metadata: {}, ...told });
          },
          [Symbol.asyncDispose]: () => Promise.resolve(),
        }),
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }

  #answer(operation: string, region: string): unknown {
    const { exists = true, isLogging = true, isValidating = true, stoppedAt } = this.trail ?? {};
    if (operation === "ListPublicKeys") {
      const [from, to] = [new Date(madeStart - 1e9), new Date(madeStart + 1e11)];
      return {
        PublicKeyList: this.keys.map(({ der }) => ({ Value: der, ValidityStartTime: from, ValidityEndTime: to })),
      };
    }
    if (this.trail === undefined) throw new Error("AccessDenied");
    if (operation === "GetCallerIdentity") return { Account: "111122223333" };
    if (operation === "DescribeTrails") {
      const trail = {
        ...{ Name: this.trailName, HomeRegion: region, S3BucketName: "made-trail", TrailARN: "arn:made" },
        LogFileValidationEnabled: isValidating,
      };
      return { trailList: exists ? [trail] : [] };
    }
    return { IsLogging: isLogging, ...(stoppedAt === undefined ? {} : { StopLoggingTime: new Date(stoppedAt) }) };
  }
}

function noSuchKey(): AwsCallError {
  const where = { service: "s3", operation: "GetObject" } as const;
  const said = { code: "NoSuchKey", message: "It is not there", status: 404, requestId: undefined, members: {} };
  return AwsCallError.of(where, said);
}

function hashOf(bytes: Buffer | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}
