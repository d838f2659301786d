import { eventColumns, eventIndexes } from "./columns.ts";

export const database = "trailwarden";
export const eventsTable = `${database}.events`;
export const logFilesTable = `${database}.log_files`;
export const rejectsTable = `${database}.rejects`;
export const settingsTable = `${database}.settings`;
export const earlyFilesTable = `${database}.early_files`;
export const sightingsTable = `${database}.sightings`;
export const digestsTable = `${database}.digests`;
export const digestVerdictsTable = `${database}.digest_verdicts`;
export const namedFilesTable = `${database}.named_files`;
export const verdictsTable = `${database}.verdicts`;
export const verdictsByFileTable = `${database}.verdicts_by_file`;
export const arrivalsTable = `${database}.arrivals`;
export const judgedTable = `${database}.judged_arrivals`;

/**
 * For statements that ask much of each record. What is asked is asked once for each block of rows, and most of what that
 * costs is the same for a small block as for a large one: with the engine's usual blocks, which the long records make
 * small, the conditions of many rules took four times as long.
 */
export const largeBlocks = "SETTINGS max_block_size = 8192, preferred_block_size_bytes = 20000000";

/** Grows by one with every change that an older program could not read. */
export const schemaVersion = 1;

/** The engine does not flush to disk by itself: an acknowledged insert must survive a power cut. */
const durable =
  "fsync_after_insert = 1, fsync_part_directory = 1, min_compressed_bytes_to_fsync_after_merge = 1, " +
  "min_rows_to_fsync_after_merge = 1";

/** Smaller parts are one file instead of a hundred: they are made with less memory, and merged into larger ones soon. */
const wideBytesMin = 64 * 1024 * 1024;

/** Rows read at the least to get at one: small, because people look at single events more than at all of them. */
const granuleRows = 512;

/** The same for proofs, where many are looked up by name at once. */
const proofRows = 1024;

/** So many arrivals are dropped together when they are all judged. */
export const arrivalsAtOnce = 1_000_000;

export const indexNames: readonly string[] = eventIndexes.map(({ name }) => name);

const verdictColumns = `  name String CODEC(ZSTD(1)),
  log_file UInt64 CODEC(ZSTD(1)),
  account_id LowCardinality(String),
  region LowCardinality(String),
  delivered_at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
  verdict LowCardinality(String),
  reason LowCardinality(String),
  digest String CODEC(ZSTD(1)),
  chain_since Nullable(DateTime64(3, 'UTC')) CODEC(ZSTD(1)),
  due_at Nullable(DateTime64(3, 'UTC')) CODEC(ZSTD(1)),
  judged_at DateTime64(3, 'UTC') CODEC(ZSTD(1))`;

/** What is ordered by names lies together by accounts. */
const accountIndex = "INDEX by_account account_id TYPE set(16) GRANULARITY 1";

/** Statements that make the tables where they are absent; safe to run at every start. */
export const setUpStatements: readonly string[] = [
  `CREATE DATABASE IF NOT EXISTS ${database}`,
  `CREATE TABLE IF NOT EXISTS ${eventsTable} (
${eventColumns.map((column) => `  ${column.name} ${column.type}`).join(",\n")},
${eventIndexes.map(({ name, covers }) => `  INDEX ${name} ${covers}`).join(",\n")}
) ENGINE = MergeTree PARTITION BY toYYYYMM(event_time) ORDER BY event_time
SETTINGS ${durable}, index_granularity = ${granuleRows}, min_bytes_for_wide_part = ${wideBytesMin}`,
  `ALTER TABLE ${eventsTable} ${[
    ...eventColumns.flatMap(({ name, type, isLater }) =>
      isLater === undefined ? [] : [`ADD COLUMN IF NOT EXISTS ${name} ${type}`],
    ),
    ...eventIndexes.map(({ name, covers }) => `ADD INDEX IF NOT EXISTS ${name} ${covers}`),
  ].join(", ")}`,
  // A file that is read again (grown, changed, torn by a crash) replaces its row: the newest reading counts.
  `CREATE TABLE IF NOT EXISTS ${logFilesTable} (
  log_file UInt64,
  source String,
  name String,
  version String,
  kind LowCardinality(String),
  size UInt64,
  sha256 FixedString(32),
  records UInt64,
  stored UInt64,
  duplicates UInt64,
  rejected UInt64,
  first_event_at Nullable(DateTime64(3, 'UTC')),
  last_event_at Nullable(DateTime64(3, 'UTC')),
  delivered_at Nullable(DateTime('UTC')),
  read_at DateTime64(3, 'UTC'),
  note String,
  dropped UInt64,
  gzip_members UInt32 DEFAULT 1,
  bytes_behind UInt64
) ENGINE = ReplacingMergeTree(read_at) ORDER BY (source, name)
SETTINGS ${durable}`,
  `ALTER TABLE ${logFilesTable} ADD COLUMN IF NOT EXISTS dropped UInt64`,
  `ALTER TABLE ${logFilesTable} ADD COLUMN IF NOT EXISTS gzip_members UInt32 DEFAULT 1`,
  `ALTER TABLE ${logFilesTable} ADD COLUMN IF NOT EXISTS bytes_behind UInt64`,
  `CREATE TABLE IF NOT EXISTS ${rejectsTable} (
  log_file UInt64,
  position UInt64,
  offset UInt64,
  length UInt64,
  reason LowCardinality(String),
  message String,
  excerpt String,
  read_at DateTime64(3, 'UTC')
) ENGINE = ReplacingMergeTree(read_at) ORDER BY (log_file, position, offset)
SETTINGS ${durable}`,
  // What brought events before their log file could, by the hours that those events lie in.
  `CREATE TABLE IF NOT EXISTS ${earlyFilesTable} (
  log_file UInt64,
  kind LowCardinality(String),
  hour UInt32,
  noted_at DateTime('UTC')
) ENGINE = ReplacingMergeTree(noted_at) ORDER BY (hour, log_file)
SETTINGS ${durable}`,
  // The log files that have brought such an event too.
  `CREATE TABLE IF NOT EXISTS ${sightingsTable} (
  event_time DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
  event_id UUID CODEC(NONE),
  account_id LowCardinality(String),
  log_file UInt64 CODEC(ZSTD(1)),
  seen_at DateTime('UTC')
) ENGINE = ReplacingMergeTree(seen_at) PARTITION BY toYYYYMM(event_time) ORDER BY (event_time, event_id, account_id)
SETTINGS ${durable}`,
  `CREATE TABLE IF NOT EXISTS ${settingsTable} (name String, value String, set_at DateTime64(3, 'UTC'))
ENGINE = ReplacingMergeTree(set_at) ORDER BY name SETTINGS ${durable}`,
  // A content is a row of its own, and so is what was told beside it (signature, algorithm): nothing is written over.
  // Of the same row, that which was collected first stays.
  `CREATE TABLE IF NOT EXISTS ${digestsTable} (
  chain LowCardinality(String),
  ends_at DateTime64(3, 'UTC'),
  name String CODEC(ZSTD(1)),
  sha256 String CODEC(ZSTD(1)),
  fault LowCardinality(String),
  told String CODEC(ZSTD(1)),
  bucket LowCardinality(String),
  key String CODEC(ZSTD(1)),
  account_id LowCardinality(String),
  region LowCardinality(String),
  text String CODEC(ZSTD(3)),
  source LowCardinality(String),
  collected_at DateTime64(3, 'UTC'),
  earliest Int64 MATERIALIZED -toUnixTimestamp64Milli(collected_at),
  INDEX by_name name TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX by_collected collected_at TYPE minmax GRANULARITY 1
) ENGINE = ReplacingMergeTree(earliest) PRIMARY KEY (chain, ends_at)
ORDER BY (chain, ends_at, name, sha256, fault, told) SETTINGS ${durable}, index_granularity = ${proofRows}`,
  // Of what follows, that which was written last counts, whatever the clock said.
  `CREATE TABLE IF NOT EXISTS ${digestVerdictsTable} (
  chain LowCardinality(String),
  ends_at DateTime64(3, 'UTC'),
  name String CODEC(ZSTD(1)),
  account_id LowCardinality(String),
  region LowCardinality(String),
  starts_at Nullable(DateTime64(3, 'UTC')),
  verdict LowCardinality(String),
  reason LowCardinality(String),
  chain_since Nullable(DateTime64(3, 'UTC')),
  log_files UInt64,
  judged_at DateTime64(3, 'UTC'),
  ${accountIndex}
) ENGINE = ReplacingMergeTree ORDER BY (chain, ends_at, name) SETTINGS ${durable}, index_granularity = ${proofRows}`,
  `CREATE TABLE IF NOT EXISTS ${namedFilesTable} (
  name String CODEC(ZSTD(1)),
  digest String CODEC(ZSTD(1)),
  chain LowCardinality(String),
  sha256 String CODEC(ZSTD(1)),
  digest_ends_at DateTime64(3, 'UTC'),
  chain_since DateTime64(3, 'UTC'),
  INDEX by_digest digest TYPE bloom_filter(0.01) GRANULARITY 1
) ENGINE = ReplacingMergeTree ORDER BY name SETTINGS ${durable}, index_granularity = ${proofRows}`,
  `CREATE TABLE IF NOT EXISTS ${verdictsTable} (
${verdictColumns},
  INDEX by_delivered delivered_at TYPE minmax GRANULARITY 1,
  ${accountIndex}
) ENGINE = ReplacingMergeTree ORDER BY name SETTINGS ${durable}, index_granularity = ${proofRows}`,
  // The same by reading: what was said of a file's first reading stays when the file is read anew.
  `CREATE TABLE IF NOT EXISTS ${verdictsByFileTable} (
${verdictColumns}
) ENGINE = ReplacingMergeTree ORDER BY log_file SETTINGS ${durable}, index_granularity = ${proofRows}`,
  // What rules have to judge, in the order in which it was acknowledged: rows are only added, and dropped by the million.
  `CREATE TABLE IF NOT EXISTS ${arrivalsTable} (
  number UInt64 CODEC(Delta(8), ZSTD(1)),
  log_file UInt64 CODEC(ZSTD(1)),
  source LowCardinality(String),
  kind LowCardinality(String),
  events UInt64 CODEC(ZSTD(1)),
  first_at DateTime64(3, 'UTC') CODEC(ZSTD(1)),
  last_at DateTime64(3, 'UTC') CODEC(ZSTD(1)),
  read_at DateTime64(3, 'UTC') CODEC(ZSTD(1)),
  noted_at DateTime('UTC') DEFAULT now('UTC') CODEC(ZSTD(1))
) ENGINE = MergeTree PARTITION BY intDiv(number, ${arrivalsAtOnce}) ORDER BY number
SETTINGS ${durable}, index_granularity = ${proofRows}`,
  // A number that is judged; or, with \`is_all\`, up to which all are.
  `CREATE TABLE IF NOT EXISTS ${judgedTable} (number UInt64, is_all UInt8)
ENGINE = ReplacingMergeTree PARTITION BY intDiv(number, ${arrivalsAtOnce}) ORDER BY (is_all, number) SETTINGS ${durable}`,
  ...[digestVerdictsTable, verdictsTable].map(
    (table) => `ALTER TABLE ${table} ADD ${accountIndex.replace("INDEX", "INDEX IF NOT EXISTS")}`,
  ),
];
