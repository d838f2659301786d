import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { extract } from "tar-stream";
import { chainId } from "../../cloudtrail/index.ts";
import type { NamedLogFile, ReadLogFile, StoredDigest, VerdictRow } from "../../store/index.ts";
import {
  hourMs,
  type MadeChain,
  type MadeDigest,
  madeKey,
  type MadeKey,
  type MadeObject,
  madeStart,
} from "../made-chain.fixture.ts";
import { nameOf } from "../names.ts";
import type { CaseAsk } from "../verification.ts";
import type { CaseEvent, CaseOptions, CaseProofs } from "./case-options.ts";
import { openCaseExport } from "./open-case-export.ts";

/** What a made case is asked; the query is a part of the records' text. */
export const madeAsk: CaseAsk = {
  query: "",
  from: undefined,
  to: undefined,
  title: "Who opened the door",
  note: "",
  eventsMax: 10_000,
  by: "mary",
};

/** Made chains as they were collected: their digests in the store, their log files read, their objects in buckets. */
export class MadeWorld {
  /** By `s3://bucket/key`; a test takes out or writes over what it likes. */
  readonly objects = new Map<string, MadeObject>();
  readonly digests: StoredDigest[] = [];
  readonly logFiles: { readonly id: string; readonly object: MadeObject; readonly records: readonly Buffer[] }[] = [];
  readonly named = new Map<string, NamedLogFile>();
  readonly keys: MadeKey[] = [madeKey("first")];
  readonly #regions = new Set<string>();

  constructor(chains: readonly MadeChain[]) {
    for (const chain of chains) {
      this.#regions.add(chain.chain.region);
      for (const digest of chain.digests) this.#collect(chain, digest);
    }
  }

  #collect(chain: MadeChain, digest: MadeDigest): void {
    this.objects.set(nameOf(digest), digest);
    this.digests.push(storedDigest(chain, digest));
    for (const object of digest.logFiles) this.#read(chain, digest, object);
  }

  #read(chain: MadeChain, digest: MadeDigest, object: MadeObject): void {
    this.objects.set(nameOf(object), object);
    const text = gunzipSync(object.bytes);
    this.logFiles.push({ id: String(this.logFiles.length + 1), object, records: recordsIn(text) });
    this.named.set(nameOf(object), {
      name: nameOf(object),
      digest: nameOf(digest),
      chain: chainId(chain.chain),
      sha256: createHash("sha256").update(text).digest("hex"),
      digestEndsAt: Date.parse(digest.json.digestEndTime),
      chainSince: madeStart,
    });
  }

  /** Options of a case export over this world; parts may be replaced. */
  options(replaced: Partial<CaseOptions> = {}): CaseOptions {
    const { logFiles, objects } = this;
    const found = (query: string, limit: number) => this.events(query).slice(0, limit);
    return {
      async *records({ query, limit }) {
        yield* found(query, limit);
      },
      logFileName: async (id) => logFiles.filter((file) => file.id === id).map(({ object }) => nameOf(object))[0],
      proofs: this.#proofs(),
      integrity: { keys: async () => this.#keyRows() },
      async fetch(bucket, key) {
        const object = objects.get(`s3://${bucket}/${key}`);
        return object === undefined
          ? { ok: false, reason: "not-found" }
          : { ok: true, bytes: object.bytes, metadata: noMetadata };
      },
      clock: { now: () => madeStart + 100 * hourMs },
      version: "0.0.1",
      ...replaced,
    };
  }

  events(query: string): CaseEvent[] {
    return this.logFiles.flatMap(({ id, records }) =>
      records
        .filter((raw) => raw.includes(query))
        .map((raw) => {
          const { eventID, eventTime } = JSON.parse(raw.toString("utf8")) as { eventID: string; eventTime: string };
          return { raw, eventId: eventID, accountId: "111122223333", time: Date.parse(eventTime), logFile: id };
        }),
    );
  }

  /** The whole archive. */
  async seal(ask: Partial<CaseAsk> = {}, replaced: Partial<CaseOptions> = {}): Promise<Buffer> {
    return buffer(openCaseExport(this.options(replaced))({ ...madeAsk, ...ask }, new AbortController().signal));
  }

  /** The same, unpacked: bytes by path inside of its folder. */
  async open(ask: Partial<CaseAsk> = {}, replaced: Partial<CaseOptions> = {}): Promise<Map<string, Buffer>> {
    return unpacked(await this.seal(ask, replaced));
  }

  #proofs(): CaseProofs {
    const { digests, logFiles, named } = this;
    const reads = new Map(logFiles.map((file) => [nameOf(file.object), readRow(file)]));
    return {
      digest: async (name) => digests.findLast((row) => row.name === name),
      digests: async (chain, { from = 0, to = Infinity, limit }) =>
        digests.filter((row) => row.chain === chain && row.endsAt >= from && row.endsAt < to).slice(0, limit),
      named: async (names) => pick(named, names),
      namedBy: async (digest) => [...named.values()].filter((one) => one.digest === digest),
      readLogFiles: async (names) => pick(reads, names),
      verdictsOf: async (ids) =>
        new Map(
          logFiles
            .filter(({ id }) => ids.includes(id))
            .map((file) => [file.id, verdictRow(file.id, nameOf(file.object), named.get(nameOf(file.object))?.digest)]),
        ),
      async *rawOf(id) {
        yield* logFiles.find((file) => file.id === id)?.records ?? [];
      },
    };
  }

  #keyRows() {
    const times = { validFrom: madeStart - 24 * hourMs, validTo: madeStart + 1_000 * hourMs };
    return [...this.#regions].flatMap((region) =>
      this.keys.map(({ der, fingerprint }) => ({
        region,
        fingerprint,
        value: der.toString("base64"),
        ...times,
        seenAt: madeStart,
        authority: "aws",
      })),
    );
  }
}

const noMetadata = {
  signature: undefined,
  signatureAlgorithm: undefined,
  backfillGeneratedAt: undefined,
  isLost: true,
};

/** Files of an archive by their paths inside of its folder. */
export async function unpacked(archive: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const entries = extract();
  Readable.from([gunzipSync(archive)]).pipe(entries);
  for await (const entry of entries) {
    files.set(entry.header.name.slice(entry.header.name.indexOf("/") + 1), await buffer(entry));
  }
  return files;
}

/** Lays the files of a case into a folder. */
export function layOut(files: ReadonlyMap<string, Buffer>, folder: string): void {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

function recordsIn(text: Buffer): Buffer[] {
  const { Records } = JSON.parse(text.toString("utf8")) as { readonly Records: readonly object[] };
  return Records.map((record) => Buffer.from(JSON.stringify(record)));
}

function storedDigest(chain: MadeChain, { bucket, key, text, sha256, json, metadata }: MadeDigest): StoredDigest {
  const { accountId, region } = chain.chain;
  return {
    name: nameOf({ bucket, key }),
    bucket,
    key,
    chain: chainId(chain.chain),
    accountId,
    region,
    endsAt: Date.parse(json.digestEndTime),
    sha256,
    text: Buffer.from(text),
    fault: "",
    signature: metadata["signature"],
    signatureAlgorithm: metadata["signature-algorithm"],
    backfillGeneratedAt: metadata["backfill-generation-timestamp"],
    source: "made",
    collectedAt: madeStart + 100 * hourMs,
  };
}

function readRow({ id, object }: { readonly id: string; readonly object: MadeObject }): ReadLogFile {
  const text = gunzipSync(object.bytes);
  return {
    logFile: id,
    name: nameOf(object),
    sha256: createHash("sha256").update(text).digest("hex"),
    gzipMembers: 1,
    bytesBehind: 0,
    note: "",
    deliveredAt: madeStart,
    readAt: madeStart,
    records: 1,
    stored: 1,
  };
}

function verdictRow(logFile: string, name: string, digest = ""): VerdictRow {
  return {
    name,
    logFile,
    accountId: "111122223333",
    region: "eu-west-1",
    deliveredAt: madeStart,
    verdict: "proven",
    reason: "",
    digest,
    chainSince: madeStart,
    dueAt: undefined,
    judgedAt: madeStart,
  };
}

function pick<Value>(all: ReadonlyMap<string, Value>, names: readonly string[]): Map<string, Value> {
  return new Map([...all].filter(([name]) => names.includes(name)));
}
