import { quoteText as quote } from "../../predicate/index.ts";
import type { Engine } from "../engine/engine.ts";
import { instant } from "../insert.ts";
import { parseRows } from "../rows.ts";
import { digestsTable, digestVerdictsTable } from "../schema.ts";
import type { DigestVerdictRow, StoredDigest, VerdictSelection } from "./proof-rows.ts";
import { sameTimeSetting, selectedIn } from "./selection.ts";

const json = { format: "JSONCompactEachRow" };

const digestColumns =
  "name, bucket, key, chain, account_id, region, toString(toUnixTimestamp64Milli(ends_at)), sha256, " +
  "base64Encode(text), fault, told, source, toString(toUnixTimestamp64Milli(collected_at))";

type DigestTuple = [
  name: string,
  bucket: string,
  key: string,
  chain: string,
  accountId: string,
  region: string,
  endsAt: string,
  sha256: string,
  text: string,
  fault: string,
  told: string,
  source: string,
  collectedAt: string,
];

type Told = Partial<Pick<StoredDigest, "signature" | "signatureAlgorithm" | "backfillGeneratedAt">>;

function digestOf(row: DigestTuple): StoredDigest {
  const [name, bucket, key, chain, accountId, region, endsAt, sha256, text, fault, told, source, collectedAt] = row;
  const { signature, signatureAlgorithm, backfillGeneratedAt } = JSON.parse(told) as Told;
  return {
    name,
    bucket,
    key,
    chain,
    accountId,
    region,
    endsAt: Number(endsAt),
    sha256,
    text: Buffer.from(text, "base64"),
    fault,
    signature,
    signatureAlgorithm,
    backfillGeneratedAt,
    source,
    collectedAt: Number(collectedAt),
  };
}

/** Where the span ends is found out first, by small columns: texts are read of those alone that are given. */
export async function readDigests(
  engine: Engine,
  chain: string,
  { from, to, limit }: { readonly from?: number; readonly to?: number; readonly limit: number },
): Promise<StoredDigest[]> {
  const where = [
    `chain = ${quote(chain)}`,
    ...(from === undefined ? [] : [`ends_at >= ${instant(from)}`]),
    ...(to === undefined ? [] : [`ends_at < ${instant(to)}`]),
  ].join(" AND ");
  const last = `SELECT max(ends_at) FROM (SELECT ends_at FROM ${digestsTable} FINAL WHERE ${where} ORDER BY ends_at LIMIT ${Math.trunc(limit)})`;
  const sql = `SELECT ${digestColumns} FROM ${digestsTable} FINAL WHERE ${where} AND ends_at <= (${last})
ORDER BY ends_at, name, collected_at, sha256, told LIMIT ${Math.trunc(limit)}`;
  return parseRows<DigestTuple>(await engine.query(sql, json)).map(digestOf);
}

/** Of several contents that the key had, the one that was collected first. */
export async function readDigest(engine: Engine, name: string): Promise<StoredDigest | undefined> {
  const sql = `SELECT ${digestColumns} FROM ${digestsTable} FINAL
WHERE (chain, ends_at) IN (SELECT chain, ends_at FROM ${digestsTable} WHERE name = ${quote(name)}) AND name = ${quote(name)}
ORDER BY collected_at, sha256, told LIMIT 1`;
  return parseRows<DigestTuple>(await engine.query(sql, json)).map(digestOf)[0];
}

/** A digest that is collected again, unchanged, is none that is new. */
export async function chainsSince(
  engine: Engine,
  collectedAt: number,
): Promise<{ readonly chain: string; readonly accountId: string; readonly region: string; readonly from: number }[]> {
  const since = `collected_at >= ${instant(collectedAt)}`;
  const sql = `SELECT chain, any(account_id), any(region), toString(toUnixTimestamp64Milli(min(ends_at)))
FROM ${digestsTable} FINAL
WHERE (chain, ends_at) IN (SELECT chain, ends_at FROM ${digestsTable} WHERE ${since}) AND ${since} GROUP BY chain ORDER BY chain`;
  const rows = parseRows<[string, string, string, string]>(await engine.query(sql, json));
  return rows.map(([chain, accountId, region, from]) => ({ chain, accountId, region, from: Number(from) }));
}

const verdictColumns =
  "name, chain, account_id, region, toString(toUnixTimestamp64Milli(starts_at)), toString(toUnixTimestamp64Milli(ends_at)), " +
  "verdict, reason, toString(toUnixTimestamp64Milli(chain_since)), toString(log_files), toString(toUnixTimestamp64Milli(judged_at))";

type VerdictTuple = [
  name: string,
  chain: string,
  accountId: string,
  region: string,
  startsAt: string | null,
  endsAt: string,
  verdict: string,
  reason: string,
  chainSince: string | null,
  logFiles: string,
  judgedAt: string,
];

/** What is said of digests now, the oldest window first. */
export async function readDigestVerdicts(
  engine: Engine,
  { chain, ...selection }: VerdictSelection & { readonly chain?: string },
  limit: number,
): Promise<DigestVerdictRow[]> {
  const where = [...selectedIn("ends_at", selection), ...(chain === undefined ? [] : [`chain = ${quote(chain)}`])];
  const sql = `SELECT ${verdictColumns} FROM ${digestVerdictsTable} FINAL WHERE ${["1", ...where].join(" AND ")}
ORDER BY ends_at, chain, name LIMIT ${Math.trunc(limit)} ${sameTimeSetting}`;
  const rows = parseRows<VerdictTuple>(await engine.query(sql, json));
  return rows.map((row) => {
    const [name, of, accountId, region, startsAt, endsAt, verdict, reason, chainSince, logFiles, judgedAt] = row;
    return {
      name,
      chain: of,
      accountId,
      region,
      startsAt: startsAt === null ? undefined : Number(startsAt),
      endsAt: Number(endsAt),
      verdict,
      reason,
      chainSince: chainSince === null ? undefined : Number(chainSince),
      logFiles: Number(logFiles),
      judgedAt: Number(judgedAt),
    };
  });
}
