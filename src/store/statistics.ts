import type { Engine } from "./engine/engine.ts";
import { database, eventsTable, logFilesTable } from "./schema.ts";
import { parseRows } from "./rows.ts";

export interface StoreStatistics {
  readonly events: number;
  readonly logFiles: number;
  readonly duplicates: number;
  readonly rejected: number;
  /** Of the events, with their indexes. */
  readonly bytesOnDisk: number;
  readonly firstEventAt: number | undefined;
  readonly lastEventAt: number | undefined;
  readonly accounts: readonly { readonly account: string; readonly events: number }[];
}

const accountsMax = 1_000;

export async function readStatistics(engine: Engine): Promise<StoreStatistics> {
  const json = { format: "JSONCompactEachRow" };
  const [totals, disk, files, accounts] = await Promise.all([
    engine.query(
      `SELECT count(), toUnixTimestamp64Milli(min(event_time)), toUnixTimestamp64Milli(max(event_time)) FROM ${eventsTable}`,
      json,
    ),
    engine.query(
      `SELECT sum(bytes_on_disk) FROM system.parts WHERE active AND database = '${database}' AND table = 'events'`,
      json,
    ),
    engine.query(
      `SELECT count(), sum(duplicates), sum(rejected) FROM ${logFilesTable} FINAL WHERE kind != 'skipped'`,
      json,
    ),
    engine.query(
      `SELECT account_id, count() AS events FROM ${eventsTable} GROUP BY account_id ORDER BY events DESC LIMIT ${accountsMax}`,
      json,
    ),
  ]);
  const [events = 0, first, last] = numbers(totals);
  const [logFiles = 0, duplicates = 0, rejected = 0] = numbers(files);
  return {
    events,
    logFiles,
    duplicates,
    rejected,
    bytesOnDisk: numbers(disk)[0] ?? 0,
    firstEventAt: events === 0 ? undefined : first,
    lastEventAt: events === 0 ? undefined : last,
    accounts: parseRows<[string, string]>(accounts).map(([account, count]) => ({
      account,
      events: Number(count),
    })),
  };
}

function numbers(rows: Buffer): number[] {
  return (parseRows<(string | number)[]>(rows)[0] ?? []).map(Number);
}
