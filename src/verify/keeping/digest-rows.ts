import type { DigestChain } from "../../cloudtrail/index.ts";
import type { DigestVerdictRow, NamedLogFile, StoredDigest } from "../../store/index.ts";
import type { LedgerObject } from "../../state/index.ts";
import type { JudgedDigest } from "../chain/chain-judgement.ts";
import { settleDigest, tellDigest } from "./digest-findings.ts";
import type { FileJudge } from "./judge-files.ts";
import { filesAtOnce, type KeepingParts, type Look } from "./look.ts";
import { dayOfFolder, nameOf, nameOfLogFile, objectOfName } from "../names.ts";

/** Digests of a chain as they were just judged. */
export interface JudgedPage {
  readonly chain: DigestChain;
  readonly page: readonly StoredDigest[];
  readonly judged: readonly JudgedDigest[];
  /** Grows by those that were valid once and are no more. */
  readonly withdrawn: Set<string>;
}

const hourMs = 3_600_000;

/**
 * Writes down what was judged of digests. The verdict on a digest is the last thing that is written: whoever is stopped
 * before it begins with this digest again.
 */
export class DigestRows {
  readonly #parts: KeepingParts;
  readonly #files: FileJudge;

  constructor(parts: KeepingParts, files: FileJudge) {
    this.#parts = parts;
    this.#files = files;
  }

  async settle({ chain, page, judged, withdrawn }: JudgedPage, look: Look): Promise<void> {
    const [first, id] = [judged[0], page[0]?.chain ?? ""];
    if (first === undefined) return;
    const ends = judged.map(({ endsAt }) => endsAt);
    const span = { from: Math.min(...ends), to: Math.max(...ends) + 1 };
    const kept = await this.#parts.proofs.digestVerdicts({ chain: id, ...span }, 10_000);
    const before = new Map(kept.map((row) => [row.name, row]));
    const now = this.#parts.clock.now();
    const counting = new Map(judged.map((one) => [one.name, one]));
    const rows = [...counting.values()].map((one) => ({ one, row: rowOf(one, chain, id, now) }));
    const changed = rows.filter(({ row }) => !isSame(before.get(row.name), row));
    for (const { row } of rows) await this.#withdraw(row, withdrawn, look);
    // Other contents that lay under a key; the one that counts comes last.
    for (const one of judged) {
      if (counting.get(one.name) !== one) await tellDigest(this.#parts.findings, one, rowOf(one, chain, id, now));
    }
    if (changed.length === 0) return;
    const sources = new Map(page.map(({ name, source }) => [name, source]));
    for (const { one, row } of changed) {
      if (row.verdict === "valid") await this.#name(one, id, sources.get(row.name) ?? "", look);
      await settleDigest(this.#parts.findings, before.get(row.name), row);
      await tellDigest(this.#parts.findings, one, row);
    }
    await this.#parts.proofs.putDigestVerdicts(changed.map(({ row }) => row));
  }

  /** What a digest named that was valid once, and is no more, is not proven any longer. */
  async #withdraw(row: DigestVerdictRow, withdrawn: Set<string>, look: Look): Promise<void> {
    const { name, verdict } = row;
    if (verdict === "valid" || verdict === "missing") {
      withdrawn.delete(name);
      this.#parts.chains.withdraw(name, false);
      return;
    }
    if (withdrawn.has(name)) return;
    const named = await this.#parts.proofs.namedBy(name);
    if (named.length === 0) return;
    withdrawn.add(name);
    this.#parts.chains.withdraw(name, true);
    await this.#files.judge(
      named.map((file) => file.name),
      look,
    );
  }

  /** What a valid digest names is noted, fetched by who has not heard of it, and judged. */
  async #name(one: JudgedDigest, chain: string, source: string, look: Look): Promise<void> {
    const { object, name: digest, endsAt, chainSince = endsAt } = one;
    const files = object?.digest?.logFiles ?? [];
    for (let from = 0; from < files.length; from += filesAtOnce) {
      const some = files.slice(from, from + filesAtOnce);
      const named = some.map(({ hashValue, hashAlgorithm = "SHA-256", ...file }): NamedLogFile => ({
        ...{ name: nameOfLogFile(file), digest, chain, digestEndsAt: endsAt, chainSince },
        // A hash of a kind that nobody knows proves nothing.
        sha256: hashAlgorithm.toUpperCase() === "SHA-256" ? hashValue.toLowerCase() : "",
      }));
      await this.#parts.proofs.putNamed(named);
      const objects = some.map(({ s3Bucket, s3Object }) => ledgerObject(s3Bucket, s3Object, source, endsAt));
      await this.#parts.ledger.note("named", objects, this.#parts.clock.now());
      await this.#files.judge(
        named.map(({ name }) => name),
        look,
      );
    }
  }
}

function rowOf(one: JudgedDigest, { accountId, region }: DigestChain, chain: string, at: number): DigestVerdictRow {
  const { name, startsAt, endsAt, verdict, chainSince, object } = one;
  return {
    ...{ name, chain, accountId, region, startsAt, endsAt, chainSince },
    ...{ verdict: verdict.kind, reason: verdict.reason },
    logFiles: object?.digest?.logFiles.length ?? 0,
    judgedAt: at,
  };
}

function isSame(a: DigestVerdictRow | undefined, b: DigestVerdictRow): boolean {
  return (
    a !== undefined &&
    a.verdict === b.verdict &&
    a.reason === b.reason &&
    a.startsAt === b.startsAt &&
    a.chainSince === b.chainSince &&
    a.logFiles === b.logFiles
  );
}

function ledgerObject(bucket: string, key: string, source: string, endsAt: number): LedgerObject {
  const name = nameOf({ bucket, key });
  const read = objectOfName(name)?.read;
  const at = read?.deliveredAt ?? dayOfFolder(read) ?? endsAt;
  return {
    ...{ name, bucket, key, source },
    accountId: read?.accountId ?? "",
    region: read?.region ?? "",
    kind: read?.kind ?? "unknown",
    hour: at - (at % hourMs),
  };
}
