import {
  namesSql,
  textHashSql,
  wordsSql,
  type Column,
  type Columns,
  type FieldPath,
  type NamedColumn,
} from "../predicate/index.ts";

/**
 * One column of `events`: how it is stored, how the engine reads it out of a record, and which path of the query
 * language it answers. The table's DDL, the insert and the search all come from this one list.
 */
interface EventColumn {
  readonly name: string;
  readonly type: string;
  /** Over `t` (the fields named in `extractedFields`), `raw` and what `insert.ts` derives before. */
  readonly from: string;
  /** The path in a record whose text this column holds exactly. */
  readonly path?: FieldPath;
  readonly answers?: Column["type"];
  readonly index?: string;
  /** What the skip index covers, when it is not the bare column. */
  readonly folded?: string;
  /** The column that has a hash of each of this one's texts. */
  readonly hashes?: string;
  /** Among what the index of names covers. */
  readonly named?: NamedColumn;
  /** Not in the first tables that there were. */
  readonly isLater?: true;
}

// Short columns are small however they are compressed; this is the quickest to write and to read. What is a dictionary
// has to have few values or long ones: keys and addresses are read in a third of the time as they are.
const words = "LowCardinality(String) CODEC(LZ4)";
const text = "String CODEC(LZ4)";
/** One filter for so many granules: one for each would be twice as large, and leave out little more. */
const bloom = "TYPE bloom_filter(0.01) GRANULARITY 4";

/** Who did it is asked most, and may stand in several columns: they share an index. */
function who(named: NamedColumn, name: string, path: FieldPath): EventColumn {
  return { ...fewValues(name, path), named };
}

/** A field with few distinct values, held as a dictionary. */
function fewValues(name: string, path: FieldPath): EventColumn {
  return { name, type: words, from: `t.${path.join(".")}`, path, answers: "text" };
}

/** A field with many distinct values, found again by a bloom filter over its lower-case form. */
function manyValues(name: string, path: FieldPath): EventColumn {
  const folded = `lower(${name})`;
  return {
    name,
    type: text,
    from: `t.${path.join(".")}`,
    path,
    answers: "text",
    folded,
    index: `${folded} ${bloom}`,
  };
}

function flag(name: string, path: FieldPath): EventColumn {
  return { name, type: "Nullable(Bool)", from: `t.${path.join(".")}`, path, answers: "boolean" };
}

const arns = "arrayFilter(arn -> arn != '', t.resources.ARN)";

function hashesOf(texts: string): string {
  return `arrayMap(each -> ${textHashSql("each")}, ${texts})`;
}

const issuer = ["userIdentity", "sessionContext", "sessionIssuer"];

export const eventColumns: readonly EventColumn[] = [
  {
    name: "event_time",
    type: "DateTime64(3, 'UTC') CODEC(Delta(8), LZ4)",
    from: "event_time",
    path: ["eventTime"],
    answers: "time",
  },
  // No two are the same: a filter for fewer granules would be no quicker to ask and no smaller in all.
  {
    name: "event_id",
    type: "UUID CODEC(NONE)",
    from: "event_id",
    index: "event_id TYPE bloom_filter(0.01) GRANULARITY 16",
  },
  { name: "account_id", type: words, from: "account_id", path: ["$account"], answers: "text" },
  {
    ...fewValues("event_name", ["eventName"]),
    folded: "lower(event_name)",
    index: "lower(event_name) TYPE set(200) GRANULARITY 16",
  },
  fewValues("event_source", ["eventSource"]),
  fewValues("region", ["awsRegion"]),
  fewValues("recipient_account_id", ["recipientAccountId"]),
  fewValues("caller_account_id", ["userIdentity", "accountId"]),
  fewValues("identity_type", ["userIdentity", "type"]),
  who("text-and-end", "principal_arn", ["userIdentity", "arn"]),
  who("text", "issuer_arn", [...issuer, "arn"]),
  who("text", "issuer_name", [...issuer, "userName"]),
  manyValues("access_key", ["userIdentity", "accessKeyId"]),
  who("text", "user_name", ["userIdentity", "userName"]),
  fewValues("invoked_by", ["userIdentity", "invokedBy"]),
  manyValues("source_ip", ["sourceIPAddress"]),
  fewValues("user_agent", ["userAgent"]),
  fewValues("error_code", ["errorCode"]),
  {
    name: "error_message",
    type: text,
    from: "t.errorMessage",
    path: ["errorMessage"],
    answers: "text",
  },
  flag("read_only", ["readOnly"]),
  flag("management", ["managementEvent"]),
  fewValues("category", ["eventCategory"]),
  fewValues("event_type", ["eventType"]),
  {
    name: "resource_arns",
    type: "Array(String) CODEC(ZSTD(1))",
    from: arns,
    path: ["resources", "ARN"],
    answers: "texts",
    hashes: "resource_hashes",
  },
  {
    name: "resource_hashes",
    type: `Array(UInt64) DEFAULT ${hashesOf("resource_arns")} CODEC(ZSTD(1))`,
    from: hashesOf(arns),
    index: `resource_hashes ${bloom}`,
    isLater: true,
  },
  fewValues("vpc_endpoint_id", ["vpcEndpointId"]),
  { name: "log_file", type: "UInt64 CODEC(LZ4)", from: "log_file" },
  // Among the records of its log file, from 0: they can be put in their order again.
  { name: "position", type: "UInt32 CODEC(T64, LZ4)", from: "position", isLater: true },
  { name: "ingested_at", type: "DateTime('UTC') CODEC(Delta(4), LZ4)", from: "ingested_at" },
  // As the size of the part has it: see the engine's configuration.
  { name: "raw", type: "String CODEC(Default)", from: "raw" },
];

/**
 * The fields that the engine's JSON parser takes out of each record, as a ClickHouse type. A field of another type
 * than said comes out empty and leaves its neighbours alone.
 */
export const extractedFields =
  "Tuple(eventTime String, eventID String, eventId String, eventName String, eventSource String, awsRegion String, " +
  "recipientAccountId String, accountId String, sourceIPAddress String, userAgent String, errorCode String, " +
  "errorMessage String, readOnly Nullable(Bool), managementEvent Nullable(Bool), eventCategory String, " +
  "eventType String, vpcEndpointId String, " +
  "userIdentity Tuple(type String, arn String, accountId String, accessKeyId String, userName String, " +
  "invokedBy String, sessionContext Tuple(sessionIssuer Tuple(arn String, userName String))), " +
  "resources Array(Tuple(ARN String)), timeWindow Tuple(windowStart String))";

/** Of them, those that tell which event a record is. */
export const identifyingFields =
  "Tuple(eventTime String, eventID String, eventId String, recipientAccountId String, accountId String, " +
  "userIdentity Tuple(accountId String), timeWindow Tuple(windowStart String))";

function toColumn(column: EventColumn): Column {
  const name = column.name;
  if (column.answers === "texts") {
    return { type: "texts", name, ...(column.hashes === undefined ? {} : { hashes: column.hashes }) };
  }
  if (column.answers === "text") {
    return {
      type: "text",
      name,
      ...(column.folded === undefined ? {} : { folded: column.folded }),
      ...(column.named === undefined ? {} : { named: column.named }),
    };
  }
  return { type: column.answers ?? "text", name };
}

const byPath = new Map(
  eventColumns.flatMap((column) => (column.path ? [[column.path.join("."), toColumn(column)] as const] : [])),
);

const indexedWords = wordsSql("raw");
const indexedNames = namesSql(
  eventColumns.flatMap(({ name, named }) => (named === undefined ? [] : [{ name, named }])),
);

/** The look-up indexes of `events`: those of its columns, that of names and that of words. */
export const eventIndexes: readonly { readonly name: string; readonly covers: string }[] = [
  ...eventColumns.flatMap(({ name, index }) => (index === undefined ? [] : [{ name: `by_${name}`, covers: index }])),
  { name: "names", covers: `${indexedNames} ${bloom}` },
  { name: "words", covers: `${indexedWords} TYPE text(tokenizer = 'splitByNonAlpha')` },
];

/** The `events` table as the predicate's SQL side sees it. */
export const eventTable: Columns = {
  raw: "raw",
  words: indexedWords,
  names: indexedNames,
  columnFor: (path) => byPath.get(path.join(".")),
};
