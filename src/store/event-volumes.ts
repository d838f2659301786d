import { quoteText as quote } from "../predicate/index.ts";
import type { Engine } from "./engine/engine.ts";
import { instant } from "./insert.ts";
import { eventsTable, logFilesTable } from "./schema.ts";
import { parseRows } from "./rows.ts";

/** How many events there are of one sort, as AWS tells sorts apart on its bill and in selectors. */
export interface EventVolume {
  readonly account: string;
  readonly region: string;
  /** `Management`, `Data`, … */
  readonly category: string;
  /** `s3.amazonaws.com` */
  readonly service: string;
  /** Nothing where the records do not say. */
  readonly readOnly: boolean | undefined;
  /** `AWS::S3::Object`; of management events none are told. */
  readonly resourceTypes: readonly string[];
  readonly events: number;
  /** Of their JSON texts; of management events by the mean of a sample. */
  readonly bytes: number;
  readonly firstEventAt: number;
}

/** Log files that were delivered to one place for one account and region. */
export interface LogFileVolume {
  /** `s3://bucket/prefix`, or the folder that they lie in here. */
  readonly place: string;
  readonly account: string;
  readonly region: string;
  readonly files: number;
  /** Inflated. */
  readonly bytes: number;
}

export interface VolumeRequest {
  /** Milliseconds since the epoch, included. */
  readonly from: number;
  /** Not included. */
  readonly to: number;
  readonly accounts: readonly string[];
}

const json = { format: "JSONCompactEachRow" };

/** So many texts of management events are measured. */
const sampleEvents = 100_000;

/** Records before 1.07 have no category (CloudTrail User Guide, "CloudTrail record contents"). */
const category = "multiIf(category != '', category, management = false, 'Data', 'Management')";

/** Counts events by what decides on their price. */
export async function eventVolumes(
  engine: Engine,
  request: VolumeRequest,
  signal?: AbortSignal,
): Promise<EventVolume[]> {
  if (request.accounts.length === 0) return [];
  const where = `event_time >= ${instant(request.from)} AND event_time < ${instant(request.to)} AND ${ofAccounts("account_id", request)}`;
  const isManagement = `${category} = 'Management'`;
  const groups = (types: string, bytes: string, condition: string) => `SELECT account_id, region, ${category} AS sort,
event_source, read_only, ${types} AS types, count(), ${bytes}, toUnixTimestamp64Milli(min(event_time)) FROM ${eventsTable}
WHERE ${where} AND ${condition} GROUP BY account_id, region, sort, event_source, read_only, types
ORDER BY account_id, region, sort, event_source, read_only, types`;
  const typesOfRaw =
    "arraySort(arrayDistinct(arrayMap(one -> JSONExtractString(one, 'type'), JSONExtractArrayRaw(raw, 'resources'))))";
  const [sample, management, others] = await Promise.all([
    engine.query(
      `SELECT avg(length(raw)) FROM (SELECT raw FROM ${eventsTable} WHERE ${where} AND ${isManagement} LIMIT ${sampleEvents})`,
      { ...json, signal },
    ),
    engine.query(groups("emptyArrayString()", "0", isManagement), { ...json, signal }),
    engine.query(groups(typesOfRaw, "sum(length(raw))", `NOT (${isManagement})`), { ...json, signal }),
  ]);
  const mean = Number(parseRows<[number | null]>(sample)[0]?.[0] ?? 0);
  return [
    ...parseRows<VolumeRow>(management).map((row) => volumeOf(row, mean)),
    ...parseRows<VolumeRow>(others).map((row) => volumeOf(row)),
  ];
}

type Count = string | number;
type VolumeRow = [string, string, string, string, boolean | null, string[], Count, Count, Count];

function volumeOf(row: VolumeRow, meanBytes?: number): EventVolume {
  const [account, region, sort, service, readOnly, types, events, bytes, first] = row;
  return {
    account,
    region,
    category: sort,
    service,
    readOnly: readOnly ?? undefined,
    resourceTypes: types.filter((type) => type !== ""),
    events: Number(events),
    bytes: meanBytes === undefined ? Number(bytes) : Math.round(Number(events) * meanBytes),
    firstEventAt: Number(first),
  };
}

/** Folders of digests begin otherwise; prefix, organization, account, kind, region (`cloudtrail/object-key.ts`). */
const folders = "'^(?:(.*)/)?AWSLogs/(?:o-[a-z0-9]+/)?([0-9]{12})/(CloudTrail[A-Za-z-]*)/([a-z0-9-]+)/'";

/** Counts log files by where they were delivered to. */
export async function logFileVolumes(
  engine: Engine,
  request: VolumeRequest,
  signal?: AbortSignal,
): Promise<LogFileVolume[]> {
  if (request.accounts.length === 0) return [];
  const [from, to] = [request.from, request.to].map((at) => `toDateTime(${Math.trunc(at / 1000)}, 'UTC')`);
  const sql = `SELECT parts[1] AS place, parts[2] AS account, parts[4] AS of_region, count(), sum(size)
FROM (SELECT extractGroups(name, ${folders}) AS parts, size FROM ${logFilesTable} FINAL
  WHERE delivered_at >= ${from} AND delivered_at < ${to} AND kind != 'skipped')
WHERE length(parts) = 4 AND parts[3] != 'CloudTrail-Digest' AND ${ofAccounts("parts[2]", request)}
GROUP BY place, account, of_region ORDER BY place, account, of_region`;
  const rows = parseRows<[string, string, string, Count, Count]>(await engine.query(sql, { ...json, signal }));
  return rows.map(([place, account, region, files, bytes]) => ({
    place,
    account,
    region,
    files: Number(files),
    bytes: Number(bytes),
  }));
}

function ofAccounts(column: string, { accounts }: VolumeRequest): string {
  return `${column} IN (${accounts.map((account) => quote(account)).join(", ")})`;
}
