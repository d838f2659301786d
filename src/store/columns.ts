import {
  allHashesSql,
  hashAtSql,
  namesSql,
  otherHashesSql,
  textHashSql,
  wordsSql,
  type Column,
  type Columns,
  type FieldPath,
  type NamedColumn,
  type TextHashes,
} from "../predicate/index.ts";

export const hourMs = 3_600_000;

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
  /** The column that has the hash of this one's text. */
  readonly hash?: string;
  /** The columns that have the hashes of this one's texts. */
  readonly hashes?: TextHashes;
  /** Among what the index of names covers. */
  readonly named?: NamedColumn;
  /** Not in the first tables that there were. */
  readonly isLater?: true;
}

// Short columns are small however they are compressed; this is the quickest to write and to read. What is a dictionary
// has to have few values or long ones. Keys and addresses are texts, for lists; what is asked of them are their hashes.
const words = "LowCardinality(String) CODEC(LZ4)";
const hash = "CODEC(LZ4)";
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

/** A field with many distinct values, found again by its hash. */
function manyValues(name: string, path: FieldPath): EventColumn[] {
  const from = `t.${path.join(".")}`;
  const hashName = `${name}_hash`;
  return [
    { name, type: "String CODEC(ZSTD(1))", from, path, answers: "text", hash: hashName },
    {
      name: hashName,
      type: `UInt64 DEFAULT ${textHashSql(name)} ${hash}`,
      from: textHashSql(from),
      index: `${hashName} ${bloom}`,
      isLater: true,
    },
  ];
}

/**
 * The resources of an event, and the hashes of their ARNs. Most events have one or two, which are numbers of their own:
 * the engine takes twice as long to read an array, whatever is in it.
 */
function resourceColumns(): EventColumn[] {
  const name = "resource_arns";
  const from = "arrayFilter(arn -> arn != '', t.resources.ARN)";
  const { first, others } = resourceHashes;
  return [
    // As the size of the part has it, like the record itself.
    {
      name,
      type: "Array(String) CODEC(Default)",
      from,
      path: ["resources", "ARN"],
      answers: "texts",
      hashes: resourceHashes,
    },
    ...first.map((column, at): EventColumn => {
      const type = `UInt64 DEFAULT ${hashAtSql(name, at)} ${hash}`;
      return { name: column, type, from: hashAtSql(from, at), isLater: true };
    }),
    {
      name: others,
      type: `String DEFAULT ${otherHashesSql(name, first.length)} ${hash}`,
      from: otherHashesSql(from, first.length),
      isLater: true,
    },
  ];
}

const resourceHashes: TextHashes = {
  first: ["resource_hash", "second_resource_hash"],
  others: "other_resource_hashes",
};

function flag(name: string, path: FieldPath): EventColumn {
  return { name, type: "Nullable(Bool)", from: `t.${path.join(".")}`, path, answers: "boolean" };
}

/** Hours since 1970. */
const eventHour = `toInt32(floor(toUnixTimestamp64Milli(event_time) / ${hourMs}))`;

const issuer = ["userIdentity", "sessionContext", "sessionIssuer"];

export const eventColumns: readonly EventColumn[] = [
  {
    name: "event_time",
    type: "DateTime64(3, 'UTC') CODEC(Delta(8), LZ4)",
    from: "event_time",
    path: ["eventTime"],
    answers: "time",
  },
  // What counts over time read: a hundredth of the bytes.
  { name: "event_hour", type: `Int32 DEFAULT ${eventHour} CODEC(LZ4)`, from: eventHour, isLater: true },
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
  ...manyValues("access_key", ["userIdentity", "accessKeyId"]),
  who("text", "user_name", ["userIdentity", "userName"]),
  fewValues("invoked_by", ["userIdentity", "invokedBy"]),
  ...manyValues("source_ip", ["sourceIPAddress"]),
  fewValues("user_agent", ["userAgent"]),
  fewValues("error_code", ["errorCode"]),
  {
    name: "error_message",
    type: "String CODEC(LZ4)",
    from: "t.errorMessage",
    path: ["errorMessage"],
    answers: "text",
  },
  flag("read_only", ["readOnly"]),
  flag("management", ["managementEvent"]),
  fewValues("category", ["eventCategory"]),
  fewValues("event_type", ["eventType"]),
  ...resourceColumns(),
  fewValues("vpc_endpoint_id", ["vpcEndpointId"]),
  { name: "log_file", type: "UInt64 CODEC(ZSTD(1))", from: "log_file" },
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
      ...(column.hash === undefined ? {} : { hash: column.hash }),
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

/** The look-up indexes of `events`: those of its columns, and those of resources, names and words. */
export const eventIndexes: readonly { readonly name: string; readonly covers: string }[] = [
  ...eventColumns.flatMap(({ name, index }) => (index === undefined ? [] : [{ name: `by_${name}`, covers: index }])),
  { name: "resources", covers: `${allHashesSql(resourceHashes)} ${bloom}` },
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
