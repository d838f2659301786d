import { digestsTable, digestVerdictsTable, namedFilesTable, verdictsByFileTable, verdictsTable } from "../schema.ts";
import type { DigestVerdictRow, NamedLogFile, StoredDigest, VerdictRow } from "./proof-rows.ts";
import type { ProofLayout } from "./put-rows.ts";

const text = "String";
const time = "DateTime64(3, 'UTC')";
const timeOrNothing = `Nullable(${time})`;

/** What stood beside a digest in its object's metadata, as one text: what is not there is told from what is empty. */
function toldOf({ signature, signatureAlgorithm, backfillGeneratedAt }: StoredDigest): string {
  return JSON.stringify({ signature, signatureAlgorithm, backfillGeneratedAt });
}

export const digestLayout: ProofLayout<StoredDigest> = {
  table: digestsTable,
  columns: {
    chain: text,
    ends_at: time,
    name: text,
    sha256: text,
    fault: text,
    told: text,
    bucket: text,
    key: text,
    account_id: text,
    region: text,
    text,
    source: text,
    collected_at: time,
  },
  // The table itself tells which of them is kept.
  keyOf: (digest) => JSON.stringify([digest.name, digest.sha256, digest.fault, toldOf(digest), digest.collectedAt]),
  write: (bytes, digest) => {
    bytes.text(digest.chain).whole(digest.endsAt).text(digest.name).text(digest.sha256).text(digest.fault);
    bytes.text(toldOf(digest)).text(digest.bucket).text(digest.key).text(digest.accountId).text(digest.region);
    bytes.bytes(digest.text).text(digest.source).whole(digest.collectedAt);
  },
};

export const digestVerdictLayout: ProofLayout<DigestVerdictRow> = {
  table: digestVerdictsTable,
  columns: {
    chain: text,
    ends_at: time,
    name: text,
    account_id: text,
    region: text,
    starts_at: timeOrNothing,
    verdict: text,
    reason: text,
    chain_since: timeOrNothing,
    log_files: "UInt64",
    judged_at: time,
  },
  keyOf: ({ chain, endsAt, name }) => JSON.stringify([chain, endsAt, name]),
  write: (bytes, row) => {
    bytes.text(row.chain).whole(row.endsAt).text(row.name).text(row.accountId).text(row.region);
    bytes.wholeOrNothing(row.startsAt).text(row.verdict).text(row.reason).wholeOrNothing(row.chainSince);
    bytes.whole(row.logFiles).whole(row.judgedAt);
  },
};

export const namedLayout: ProofLayout<NamedLogFile> = {
  table: namedFilesTable,
  columns: { name: text, digest: text, chain: text, sha256: text, digest_ends_at: time, chain_since: time },
  keyOf: ({ name }) => name,
  write: (bytes, row) => {
    bytes.text(row.name).text(row.digest).text(row.chain).text(row.sha256);
    bytes.whole(row.digestEndsAt).whole(row.chainSince);
  },
};

export const verdictLayout: ProofLayout<VerdictRow> = {
  table: verdictsTable,
  alsoIn: { table: verdictsByFileTable, where: "log_file != 0" },
  columns: {
    name: text,
    log_file: "UInt64",
    account_id: text,
    region: text,
    delivered_at: time,
    verdict: text,
    reason: text,
    digest: text,
    chain_since: timeOrNothing,
    due_at: timeOrNothing,
    judged_at: time,
  },
  keyOf: ({ name }) => name,
  write: (bytes, row) => {
    bytes.text(row.name).id(row.logFile).text(row.accountId).text(row.region).whole(row.deliveredAt);
    bytes.text(row.verdict).text(row.reason).text(row.digest);
    bytes.wholeOrNothing(row.chainSince).wholeOrNothing(row.dueAt).whole(row.judgedAt);
  },
};
