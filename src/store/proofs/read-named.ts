import { quoteText as quote } from "../../predicate/index.ts";
import type { Engine } from "../engine/engine.ts";
import { parseRows } from "../rows.ts";
import { namedFilesTable } from "../schema.ts";
import { quotedLists } from "../lists.ts";
import type { NamedLogFile } from "./proof-rows.ts";

const columns =
  "name, digest, chain, sha256, toString(toUnixTimestamp64Milli(digest_ends_at)), toString(toUnixTimestamp64Milli(chain_since))";

async function select(engine: Engine, tail: string): Promise<NamedLogFile[]> {
  const sql = `SELECT ${columns} FROM ${namedFilesTable} FINAL ${tail}`;
  const rows = parseRows<[string, string, string, string, string, string]>(
    await engine.query(sql, { format: "JSONCompactEachRow" }),
  );
  return rows.map(([name, digest, chain, sha256, digestEndsAt, chainSince]) => ({
    name,
    digest,
    chain,
    sha256,
    digestEndsAt: Number(digestEndsAt),
    chainSince: Number(chainSince),
  }));
}

/** What digests say of log files with these names. */
export async function readNamed(engine: Engine, names: readonly string[]): Promise<Map<string, NamedLogFile>> {
  const found = new Map<string, NamedLogFile>();
  for (const list of quotedLists(names)) {
    for (const row of await select(engine, `WHERE name IN (${list})`)) found.set(row.name, row);
  }
  return found;
}

/** The log files that a digest names now, by name. */
export async function readNamedBy(engine: Engine, digest: string): Promise<NamedLogFile[]> {
  const is = `digest = ${quote(digest)}`;
  // The index tells where the digest stands; whether its row still counts, all rows with that name do.
  return select(engine, `WHERE name IN (SELECT name FROM ${namedFilesTable} WHERE ${is}) AND ${is} ORDER BY name`);
}
